import { transact } from '../../db/connect'
import { type LinkConfirmation, methodOfLink } from '../../rules/account/email-verification'
import { grantSeconds } from '../../rules/account/otp'
import type { DbNow, Services } from '../../services'
import { nameFirstAdmin } from './first-admin'
import type { Admission } from './second-step'
import { type Client, type CurrentUser, isSessionOpen } from './session'
import { signIn } from './sign-in'
import { findVerificationAccount } from './verification-link'
import { consumeToken, createToken } from './verification-token'
import { lockUser, markEmailVerified, type VerifiableUser } from './verified-email'

export interface VerificationRequest {
  token: string
  choice: LinkConfirmation['choice']
  password: string | undefined
  user: CurrentUser | null
}

/** `admission` leads on into the account, `grant` is the right to choose a new password. */
export type VerificationResult =
  | { email: string; admission?: Admission; grant?: string }
  | { refusal: 'expired' | 'session-ended' | 'wrong-credentials' | 'suspended' }

/** Uses up every link to the address; AppError `limited` after too many wrong passwords. */
export async function verifyEmail(
  services: Pick<Services, 'db' | 'now' | 'config'>,
  request: VerificationRequest,
  client: Client,
): Promise<VerificationResult> {
  const result = await verify(services, request, client)
  if ('email' in result) await nameFirstAdmin(services, result.email)
  return result
}

async function verify(
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
  return 'refusal' in result ? result : { email, admission: result }
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
