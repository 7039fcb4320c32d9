import { eq, sql } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import {
  accounts,
  courses,
  knownDevices,
  orders,
  passwordResetRequests,
  sessions,
  userProgress,
  users,
} from '../../db/schema'
import { formerEmail, isFormer } from '../../rules/account/former-account'
import { isLastAdmin } from '../../rules/account/roles'
import type { Services } from '../../services'
import { lockAdmins } from '../admin/role'
import { recordAudit } from '../audit'
import { addJob, forgetDeadJobsTo } from '../job'
import {
  countCoursesOf,
  countCoursesToHandOver,
  findSuccessorAdmin,
  handOverCourses,
} from '../teach/course-owner'
import { removeUnsoldVideos } from '../teach/video/video'
import { clearFailedSignIns } from './failed-sign-ins'
import { confirmPassword, findOwnAccount } from './own-account'
import { revokeCode } from './password-reset-code'
import type { Client, CurrentUser } from './session'
import { removeTwoFactor } from './two-factor'
import { deleteTokens } from './verification-token'

export type DeletionObstacle = 'last-admin' | 'no-successor'
/** `sign-in-again`: without a password only a recent sign-in may do this. */
export type DeletionResult = 'deleted' | DeletionObstacle | 'wrong-password' | 'wrong-email' | 'sign-in-again'

/** Orders stay, because the books need them; AppError `limited` after too many wrong passwords. */
export async function deleteAccount(
  services: Pick<Services, 'db' | 'now' | 'config' | 'otp'>,
  user: CurrentUser,
  typed: { password: string; email: string },
  client: Client,
): Promise<DeletionResult> {
  const { email, passwordHash, isFresh } = await findOwnAccount(services, user)
  if (passwordHash !== null) {
    const account = { email, passwordHash, sessionId: user.sessionId }
    if (!(await confirmPassword(services, account, typed.password, client))) return 'wrong-password'
  } else {
    if (!isFresh) return 'sign-in-again'
    if (typed.email !== email) return 'wrong-email'
  }
  const result = await transact(services.db, (tx) => deleteUser(tx, services, user.id, passwordHash))
  if (result === 'deleted') {
    await revokeCode(services, email)
    await clearFailedSignIns(services, { email, ownedBy: null })
  }
  return result
}

async function deleteUser(
  tx: Transaction,
  { now }: Pick<Services, 'now'>,
  userId: string,
  confirmedHash: string | null,
): Promise<DeletionResult> {
  const admins = await lockAdmins(tx)
  const [user] = await tx.select().from(users).where(eq(users.id, userId)).for('update')
  if (!user || isFormer(user.email)) return 'deleted'
  if (user.passwordHash !== confirmedHash) return 'wrong-password'
  if (isLastAdmin(userId, admins)) return 'last-admin'
  if (!(await leaveCourses(tx, { now }, userId))) return 'no-successor'
  const inTx = { db: tx, now }
  await tx.delete(sessions).where(eq(sessions.userId, userId))
  await tx.delete(accounts).where(eq(accounts.userId, userId))
  await tx.delete(knownDevices).where(eq(knownDevices.userId, userId))
  await tx.delete(userProgress).where(eq(userProgress.userId, userId))
  await tx.delete(passwordResetRequests).where(eq(passwordResetRequests.email, user.email))
  await removeTwoFactor(inTx, user)
  await deleteTokens(inTx, ['verify-address', 'reset-link', 'reset-grant'], user.email)
  await forgetDeadJobsTo(inTx, user.email)
  // The papers hold what they were issued with; nothing is issued any more.
  await tx
    .update(orders)
    .set({ billingName: null, billingGstin: null, billingState: null })
    .where(eq(orders.userId, userId))
  if (user.imageKey) await addJob(inTx, 'delete-file', { fileKey: user.imageKey })
  await tx
    .update(users)
    .set({
      name: 'Deleted account',
      email: formerEmail(userId),
      passwordHash: null,
      phoneNumber: null,
      emailVerifiedAt: null,
      emailRefusedAt: null,
      imageKey: null,
      role: 'student',
      adminSince: null,
      suspendedAt: now(),
      teachingRequestedAt: null,
    })
    .where(eq(users.id, userId))
  const subject = { type: 'user', id: userId } as const
  const details = { role: user.role }
  await recordAudit(inTx, { actorId: userId, action: 'delete-account', subject, details })
  return 'deleted'
}

async function leaveCourses(tx: Transaction, clock: Pick<Services, 'now'>, userId: string): Promise<boolean> {
  if ((await countCoursesToHandOver({ db: tx }, userId)) === 0) return true
  const successor = await findSuccessorAdmin({ db: tx }, userId)
  if (successor) {
    await handOverCourses(tx, userId, successor)
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

export async function previewDeletion(
  { db }: Pick<Services, 'db'>,
  { id, role }: { id: string; role: string },
): Promise<{ courses: number; obstacle: DeletionObstacle | null }> {
  const successor = await findSuccessorAdmin({ db }, id)
  const { total, needed } = await countCoursesOf({ db }, id)
  if (role === 'admin' && successor === null) return { courses: total, obstacle: 'last-admin' }
  return { courses: total, obstacle: needed > 0 && successor === null ? 'no-successor' : null }
}
