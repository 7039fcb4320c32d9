import { and, eq, gt } from 'drizzle-orm'
import { sessions, users } from '../../db/schema'
import { AppError } from '../../errors'
import { logSecurity } from '../../log'
import { isFormer } from '../../rules/account/former-account'
import { later, minuteSeconds } from '../../rules/time'
import type { DbNow, Services } from '../../services'
import { checkFailedSignIns, clearFailedSignIns, countFailedSignIn } from './failed-sign-ins'
import { isPassword } from './password'
import type { Client, CurrentUser } from './session'

const freshSeconds = 15 * minuteSeconds

export interface OwnAccount {
  email: string
  phoneNumber: string | null
  passwordHash: string | null
  /** Signed in within 15 minutes: all there is to ask of somebody without a password. */
  isFresh: boolean
}

/** AppError `unauthenticated` when the session has ended meanwhile. */
export async function findOwnAccount(
  { db, now }: DbNow,
  { id, sessionId }: CurrentUser,
): Promise<OwnAccount> {
  const [row] = await db
    .select({
      email: users.email,
      phoneNumber: users.phoneNumber,
      passwordHash: users.passwordHash,
      signedInAt: sessions.createdAt,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.id, sessionId), eq(users.id, id), gt(sessions.expiresAt, now())))
  if (!row) throw new AppError('unauthenticated', 'Sign in to continue.')
  const { signedInAt, ...account } = row
  return { ...account, isFresh: now() < later(signedInAt, freshSeconds) }
}

/** Null for an account that is deleted or was never there. */
export async function findEmailOfUser(
  { db }: Pick<Services, 'db'>,
  id: string,
): Promise<{ name: string; email: string } | null> {
  const [user] = await db.select({ name: users.name, email: users.email }).from(users).where(eq(users.id, id))
  return user && !isFormer(user.email) ? user : null
}

/** A wrong one counts as a failed sign-in of this session; AppError `limited` after too many. */
export async function confirmPassword(
  services: Pick<Services, 'db' | 'now' | 'config'>,
  account: { email: string; passwordHash: string; sessionId: string },
  password: string,
  { ip }: Pick<Client, 'ip'>,
): Promise<boolean> {
  const { email, passwordHash, sessionId } = account
  const attempt = { email, ip, ownedBy: sessionId }
  await checkFailedSignIns(services, attempt)
  if (!(await isPassword(password, passwordHash))) {
    logSecurity('refuse-confirmation', { by: null, on: `session ${sessionId}` })
    await countFailedSignIn(services, attempt)
    return false
  }
  // Of many guesses sent at once, the right one meets what the wrong ones have counted.
  await checkFailedSignIns(services, attempt)
  await clearFailedSignIns(services, attempt)
  return true
}
