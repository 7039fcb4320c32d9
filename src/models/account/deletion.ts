import { eq, sql } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { accounts, courses, passwordResetRequests, sessions, userProgress, users } from '../../db/schema'
import { formerEmail, isFormer } from '../../rules/account/former-account'
import { isLastAdmin } from '../../rules/account/roles'
import type { Services } from '../../services'
import { lockAdmins } from '../admin/role'
import { addJob } from '../job'
import {
  countCoursesOf,
  countCoursesToHandOver,
  findSuccessorAdmin,
  handOverCourses,
} from '../teach/course-owner'
import { removeUnsoldVideos } from '../teach/video/video'
import { forgetFailures } from './failed-sign-ins'
import { type Asker, findOwnAccount, provePassword } from './own-account'
import { voidCode } from './password-reset-code'
import type { Browser } from './session'
import { voidTokens } from './verification-token'

/** Why a person cannot leave now: nobody would look after the site, or after courses that are on sale or owned. */
export type Obstacle = 'last admin' | 'no heir'
/** `mismatch`: what was typed is not what proves it. `stale`: without a password only a fresh session may do this. */
export type Departure = 'gone' | Obstacle | 'mismatch' | 'stale'

/**
 * Deletes an account for good: everything that tells who it was goes; purchases, orders and refunds stay on a row without a name,
 * because the books need them; courses go to an administrator. Proved by the password, without one by the typed e-mail address and a
 * fresh session. AppError `limited` after too many wrong passwords, as for sign-in.
 */
export async function deleteAccount(
  services: Pick<Services, 'db' | 'now' | 'config' | 'otp'>,
  asker: Asker,
  typed: { password: string; email: string },
  browser: Browser,
): Promise<Departure> {
  const account = await findOwnAccount(services, asker)
  const { email, passwordHash, isFresh } = account
  if (passwordHash !== null) {
    if (!(await provePassword(services, { email, passwordHash }, typed.password, browser))) return 'mismatch'
  } else {
    if (!isFresh) return 'stale'
    if (typed.email !== email) return 'mismatch'
  }
  const departure = await transact(services.db, (tx) => depart(tx, services, asker.id, passwordHash))
  if (departure === 'gone') {
    await voidCode(services, email)
    await forgetFailures(services, email)
  }
  return departure
}

async function depart(
  tx: Transaction,
  { now }: Pick<Services, 'now'>,
  userId: string,
  provedHash: string | null,
): Promise<Departure> {
  const admins = await lockAdmins(tx)
  const [person] = await tx.select().from(users).where(eq(users.id, userId)).for('update')
  if (!person || isFormer(person.email)) return 'gone'
  if (person.passwordHash !== provedHash) return 'mismatch'
  if (isLastAdmin(userId, admins)) return 'last admin'
  if (!(await leaveCourses(tx, { now }, userId))) return 'no heir'
  const part = { db: tx, now }
  await tx.delete(sessions).where(eq(sessions.userId, userId))
  await tx.delete(accounts).where(eq(accounts.userId, userId))
  await tx.delete(userProgress).where(eq(userProgress.userId, userId))
  await tx.delete(passwordResetRequests).where(eq(passwordResetRequests.email, person.email))
  await voidTokens(part, ['verify-address', 'reset-link', 'reset-grant'], person.email)
  if (person.imageKey) await addJob(part, 'delete-file', { fileKey: person.imageKey })
  await tx
    .update(users)
    .set({
      name: 'Deleted account',
      email: formerEmail(userId),
      passwordHash: null,
      phoneNumber: null,
      emailVerifiedAt: null,
      imageKey: null,
      role: 'student',
      suspendedAt: now(),
      teachingRequestedAt: null,
    })
    .where(eq(users.id, userId))
  return 'gone'
}

/** Gives false when nobody can take over courses that somebody counts on; others are then put away. */
async function leaveCourses(tx: Transaction, clock: Pick<Services, 'now'>, userId: string): Promise<boolean> {
  if ((await countCoursesToHandOver({ db: tx }, userId)) === 0) return true
  const heir = await findSuccessorAdmin({ db: tx }, userId)
  if (heir) {
    await handOverCourses(tx, userId, heir)
    return true
  }
  if ((await countCoursesOf({ db: tx }, userId)).needed > 0) return false
  await tx
    .update(courses)
    .set({
      isPublished: false,
      archivedAt: sql`coalesce(${courses.archivedAt}, ${sql.param(clock.now(), courses.archivedAt)})`,
    })
    .where(eq(courses.ownerId, userId))
  await removeUnsoldVideos(tx, clock, userId)
  return true
}

/** What leaving would mean, said before: how many courses go to an administrator, and what stands in the way. */
export async function foreseeDeparture(
  { db }: Pick<Services, 'db'>,
  { id, role }: { id: string; role: string },
): Promise<{ courses: number; obstacle: Obstacle | null }> {
  const heir = await findSuccessorAdmin({ db }, id)
  const { total, needed } = await countCoursesOf({ db }, id)
  if (role === 'admin' && heir === null) return { courses: total, obstacle: 'last admin' }
  return { courses: total, obstacle: needed > 0 && heir === null ? 'no heir' : null }
}
