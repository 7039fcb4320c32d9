import { and, eq, gt } from 'drizzle-orm'
import { sessions, users } from '../../db/schema'
import { AppError } from '../../errors'
import type { Services } from '../../services'
import { countFailure, forgetFailures, refuseAfterFailures } from './failed-sign-ins'
import { isPassword } from './password'
import type { Browser, User } from './session'

type Parts = Pick<Services, 'db' | 'now' | 'config'>
export type Asker = Pick<User, 'id' | 'sessionId'>

/** How long after signing in somebody without a password may do what otherwise asks for it. */
export const freshSeconds = 15 * 60

export interface OwnAccount {
  email: string
  phoneNumber: string | null
  passwordHash: string | null
  /** Signed in only minutes ago: all there is to ask of somebody without a password. */
  isFresh: boolean
}

/** The account behind a session. AppError `unauthenticated` when it ended meanwhile. */
export async function findOwnAccount(
  { db, now }: Pick<Parts, 'db' | 'now'>,
  { id, sessionId }: Asker,
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
  return { ...account, isFresh: now().getTime() - signedInAt.getTime() < freshSeconds * 1000 }
}

/** Whether this is the account's password. Wrong ones count as failed sign-ins; AppError `limited` after too many. */
export async function provePassword(
  services: Parts,
  { email, passwordHash }: { email: string; passwordHash: string },
  password: string,
  { address }: Pick<Browser, 'address'>,
): Promise<boolean> {
  const attempt = { email, address }
  await refuseAfterFailures(services, attempt)
  if (!(await isPassword(password, passwordHash))) {
    await countFailure(services, attempt)
    return false
  }
  // As for signing in: of many guesses sent at once the right one meets what the wrong ones left.
  await refuseAfterFailures(services, attempt)
  await forgetFailures(services, email)
  return true
}
