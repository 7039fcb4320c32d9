import { and, eq, gt, isNull } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { sessions, users } from '../../db/schema'
import { type LinkPress, wayOfLink } from '../../rules/account/email-verification'
import { grantSeconds } from '../../rules/account/otp'
import type { Limit } from '../../rules/limits'
import type { DbNow, Services, TxNow } from '../../services'
import { addJob } from '../job'
import { countUp } from '../limit'
import type { Asker } from './own-account'
import type { Browser } from './session'
import { signIn } from './sign-in'
import { findToken, openToken, spendToken } from './verification-token'
import { lockPerson, type Provable, proveAddress } from './verified-email'

const linkSeconds = 24 * 3600

const perAccount = ({ config }: Pick<Services, 'config'>): Limit => ({
  kind: 'verification-mail-of-account',
  most: config.LIMIT_VERIFICATION_MAILS_PER_HOUR,
  windowSeconds: 3600,
  message: 'You have asked for this mail too many times.',
})

/** Asks for another mail with a link; links sent before stay good. AppError `limited` after too many within an hour. */
export async function askForVerification(
  services: Pick<Services, 'db' | 'now' | 'config'>,
  userId: string,
): Promise<void> {
  await countUp(services, perAccount(services), userId)
  await addJob(services, 'mail-verify-address', { userId })
}

/** Who is to be asked for a verified address; null when there is nobody or nothing left to verify. */
export async function findUnverified(
  { db }: Pick<Services, 'db'>,
  userId: string,
): Promise<{ name: string; email: string } | null> {
  const [person] = await db
    .select({ name: users.name, email: users.email })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.emailVerifiedAt)))
  return person ?? null
}

/** A token for a link that verifies this address; lives a day. */
export const openVerification = (services: DbNow, email: string): Promise<string> =>
  openToken(services, 'verify-address', email, linkSeconds)

export interface Verification extends Provable {
  hasPassword: boolean
}

/** The account that a link is about; null when the link is unknown, used or over. */
export async function findVerification(services: DbNow, token: string): Promise<Verification | null> {
  const email = await findToken(services, 'verify-address', token)
  if (!email) return null
  const [person] = await services.db
    .select({
      id: users.id,
      email: users.email,
      emailVerifiedAt: users.emailVerifiedAt,
      passwordHash: users.passwordHash,
    })
    .from(users)
    .where(eq(users.email, email))
  if (!person) return null
  const { passwordHash, ...account } = person
  return { ...account, hasPassword: passwordHash !== null }
}

/** What was pressed on the page that the link opens, and by whom. */
export interface LinkPressed {
  token: string
  choice: LinkPress['choice']
  password: string | undefined
  /** Who is signed in in this browser. */
  asker: Asker | null
}

/** `session` is the token of a new one, `grant` the right to choose a new password; with neither nothing changes for this browser. */
export type VerificationResult =
  | { email: string; session?: string; grant?: string }
  | { refusal: 'dead' | 'ask' | 'mismatch' | 'suspended' }

/**
 * Proves an address by the mailed link, in the way that rules/address-proof finds; once, and every other link to this address is
 * used up with it. AppError `limited` after too many wrong passwords, as for sign-in.
 */
export async function verifyAddress(
  services: Pick<Services, 'db' | 'now' | 'config'>,
  pressed: LinkPressed,
  browser: Browser,
): Promise<VerificationResult> {
  const { token, password } = pressed
  const account = await findVerification(services, token)
  if (!account) return { refusal: 'dead' }
  if (wayFor(account, pressed) !== 'link-with-password' || password === undefined)
    return verifyByLink(services, account, pressed)
  const { email } = account
  const result = await signIn(services, { email, password }, browser, async (tx, userId) => {
    const person = await lockPerson(tx, userId)
    const part = { db: tx, now: services.now }
    if (!person || !(await spendToken(part, 'verify-address', token))) return 'dead'
    await proveAddress(part, person, 'link-with-password')
    return null
  })
  return 'token' in result ? { email, session: result.token } : result
}

const verifyByLink = (
  { db, now }: DbNow,
  { id }: Provable,
  pressed: LinkPressed,
): Promise<VerificationResult> =>
  transact(db, async (tx) => {
    const part = { db: tx, now }
    const person = await lockPerson(tx, id)
    if (!person) return { refusal: 'dead' }
    const asker = pressed.asker && (await isOpen(part, pressed.asker)) ? pressed.asker : null
    const way = wayFor(person, { ...pressed, asker, password: undefined })
    if (way === 'ask') return { refusal: 'ask' }
    if (!(await spendToken(part, 'verify-address', pressed.token))) return { refusal: 'dead' }
    const { email } = person
    if (way === 'nothing') return { email }
    await proveAddress(part, person, way, asker?.sessionId)
    return way === 'link-alone'
      ? { email, grant: await openToken(part, 'reset-grant', email, grantSeconds) }
      : { email }
  })

const wayFor = (person: Provable, { choice, password, asker }: LinkPressed) =>
  wayOfLink({
    wasVerified: person.emailVerifiedAt !== null,
    isSignedIn: asker?.id === person.id,
    choice,
    hasTypedPassword: password !== undefined,
  })

/** Whether the session stands still, now that nobody can end it meanwhile. */
async function isOpen({ db, now }: TxNow, { id, sessionId }: Asker): Promise<boolean> {
  const isTheirs = and(eq(sessions.id, sessionId), eq(sessions.userId, id))
  const [session] = await db
    .select({ id: sessions.id })
    .from(sessions)
    .where(and(isTheirs, gt(sessions.expiresAt, now())))
  return session !== undefined
}
