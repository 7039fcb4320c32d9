import { and, eq, gt, isNull } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { sessions, users } from '../../db/schema'
import { type LinkConfirmation, methodOfLink } from '../../rules/account/email-verification'
import { grantSeconds } from '../../rules/account/otp'
import type { Limit } from '../../rules/limits'
import type { DbNow, Services, TxNow } from '../../services'
import { addJob } from '../job'
import { countUp } from '../limit'
import type { Client, CurrentUser } from './session'
import { signIn } from './sign-in'
import { consumeToken, createToken, findToken } from './verification-token'
import { lockUser, markEmailVerified, type VerifiableUser } from './verified-email'

const linkSeconds = 24 * 3600

const perAccount = ({ config }: Pick<Services, 'config'>): Limit => ({
  kind: 'verification-mail-of-account',
  most: config.LIMIT_VERIFICATION_MAILS_PER_HOUR,
  windowSeconds: 3600,
  message: 'You have asked for this email too many times.',
})

/** Sends another link; earlier ones stay valid. AppError `limited` after too many an hour. */
export async function requestVerificationEmail(
  services: Pick<Services, 'db' | 'now' | 'config'>,
  userId: string,
): Promise<void> {
  await countUp(services, perAccount(services), userId)
  await addJob(services, 'mail-verify-address', { userId })
}

/** The user if their email address is not verified yet; else null. */
export async function findUnverifiedUser(
  { db }: Pick<Services, 'db'>,
  userId: string,
): Promise<{ name: string; email: string } | null> {
  const [user] = await db
    .select({ name: users.name, email: users.email })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.emailVerifiedAt)))
  return user ?? null
}

/** A token for a link that verifies this address within a day. */
export const createVerificationToken = (services: DbNow, email: string): Promise<string> =>
  createToken(services, 'verify-address', email, linkSeconds)

export interface VerificationAccount extends VerifiableUser {
  hasPassword: boolean
}

/** The account of a verification link; null when the link is unknown, used or expired. */
export async function findVerificationAccount(
  services: DbNow,
  token: string,
): Promise<VerificationAccount | null> {
  const email = await findToken(services, 'verify-address', token)
  if (!email) return null
  const [user] = await services.db
    .select({
      id: users.id,
      email: users.email,
      emailVerifiedAt: users.emailVerifiedAt,
      passwordHash: users.passwordHash,
    })
    .from(users)
    .where(eq(users.email, email))
  if (!user) return null
  const { passwordHash, ...account } = user
  return { ...account, hasPassword: passwordHash !== null }
}

/** What was sent from the page that the link opens, and who is signed in there. */
export interface VerificationRequest {
  token: string
  choice: LinkConfirmation['choice']
  password: string | undefined
  user: CurrentUser | null
}

/** `session` is the token of a new session, `grant` the right to choose a new password. */
export type VerificationResult =
  | { email: string; session?: string; grant?: string }
  | { refusal: 'expired' | 'session-ended' | 'wrong-credentials' | 'suspended' }

/**
 * Verifies an email address by the mailed link, once, by the method that the rule finds; every
 * other link to the address is used up. AppError `limited` after too many wrong passwords.
 */
export async function verifyEmail(
  services: Pick<Services, 'db' | 'now' | 'config'>,
  request: VerificationRequest,
  client: Client,
): Promise<VerificationResult> {
  const { token, password } = request
  const account = await findVerificationAccount(services, token)
  if (!account) return { refusal: 'expired' }
  if (methodFor(account, request) !== 'link-with-password' || password === undefined)
    return verifyByLink(services, account, request)
  const { email } = account
  const result = await signIn(services, { email, password }, client, async (tx, userId) => {
    const user = await lockUser(tx, userId)
    const inTx = { db: tx, now: services.now }
    if (!user || !(await consumeToken(inTx, 'verify-address', token))) return 'expired'
    await markEmailVerified(inTx, user, 'link-with-password')
    return null
  })
  return 'token' in result ? { email, session: result.token } : result
}

const verifyByLink = (
  { db, now }: DbNow,
  { id }: VerifiableUser,
  request: VerificationRequest,
): Promise<VerificationResult> =>
  transact(db, async (tx) => {
    const inTx = { db: tx, now }
    const user = await lockUser(tx, id)
    if (!user) return { refusal: 'expired' }
    const current = request.user && (await isSessionOpen(inTx, request.user)) ? request.user : null
    const method = methodFor(user, { ...request, user: current, password: undefined })
    if (method === 'session-ended') return { refusal: 'session-ended' }
    if (!(await consumeToken(inTx, 'verify-address', request.token))) return { refusal: 'expired' }
    const { email } = user
    if (method === 'already-verified') return { email }
    await markEmailVerified(inTx, user, method, current?.sessionId)
    return method === 'link-alone'
      ? { email, grant: await createToken(inTx, 'reset-grant', email, grantSeconds) }
      : { email }
  })

const methodFor = (account: VerifiableUser, { choice, password, user }: VerificationRequest) =>
  methodOfLink({
    wasVerified: account.emailVerifiedAt !== null,
    isSignedIn: user?.id === account.id,
    choice,
    hasTypedPassword: password !== undefined,
  })

/** Asked under the lock, so that nobody can end the session meanwhile. */
async function isSessionOpen({ db, now }: TxNow, { id, sessionId }: CurrentUser): Promise<boolean> {
  const isTheirs = and(eq(sessions.id, sessionId), eq(sessions.userId, id))
  const [session] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(isTheirs, gt(sessions.expiresAt, now())))
  return session !== undefined
}
