import { eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { sessions, users } from '../../db/schema'
import { grantSeconds, linkSeconds } from '../../rules/account/otp'
import type { DbNow, Services } from '../../services'
import { addJob } from '../job'
import { forgetFailures } from './failed-sign-ins'
import { hashPassword } from './password'
import { type CodeAsker, guessCode, voidCode } from './password-reset-code'
import { forgetRequests } from './password-reset-request'
import { type Browser, replaceSession } from './session'
import { findToken, openToken, spendToken, voidTokens } from './verification-token'
import { proveAddress } from './verified-email'

/** A person to whom a mail about a new password may go; null when nobody has this address. */
export async function findResetPerson(
  { db }: Pick<Services, 'db'>,
  email: string,
): Promise<{ name: string; email: string } | null> {
  const [person] = await db
    .select({ name: users.name, email: users.email })
    .from(users)
    .where(eq(users.email, email))
  return person ?? null
}

/** A token for the link that stands beside the code; lives a quarter of an hour. */
export const openResetLink = (services: DbNow, email: string): Promise<string> =>
  openToken(services, 'reset-link', email, linkSeconds)

export const findResetLink = (services: DbNow, token: string): Promise<string | null> =>
  findToken(services, 'reset-link', token)

/** Trades the right code for the right to choose a new password, a secret that lives ten minutes; null for a wrong code. */
export async function grantByCode(
  services: DbNow & Pick<Services, 'otp' | 'config'>,
  asker: CodeAsker,
  code: string,
): Promise<string | null> {
  if (!(await guessCode(services, asker, code))) return null
  return openToken(services, 'reset-grant', asker.email, grantSeconds)
}

/** Trades a link's token for the same right; null when the link is unknown, used or over. */
export async function grantByLink({ db, now }: DbNow, token: string): Promise<string | null> {
  return transact(db, async (tx) => {
    const part = { db: tx, now }
    const email = await findToken(part, 'reset-link', token)
    if (!email || !(await spendToken(part, 'reset-link', token))) return null
    return openToken(part, 'reset-grant', email, grantSeconds)
  })
}

/** Whose password this grant may change; null when it is unknown, used or over. */
export const findGrant = (services: DbNow, grant: string): Promise<string | null> =>
  findToken(services, 'reset-grant', grant)

export type ResetResult = { token: string } | { refusal: 'no grant' | 'suspended' }

/**
 * Sets a new password by a grant and gives the token of a new session; every other session of the person ends, and with it every
 * other way to reset. A `suspended` person has the new password and no session. The mail that tells the owner goes out as a job.
 */
export async function changePassword(
  services: DbNow & Pick<Services, 'otp' | 'config'>,
  { grant, password }: { grant: string; password: string },
  browser: Browser,
): Promise<ResetResult> {
  const passwordHash = await hashPassword(password)
  const changed = await transact(services.db, async (tx) => {
    const part = { db: tx, now: services.now }
    const email = await findToken(part, 'reset-grant', grant)
    if (!email) return null
    const [person] = await tx
      .select({
        id: users.id,
        email: users.email,
        suspendedAt: users.suspendedAt,
        emailVerifiedAt: users.emailVerifiedAt,
      })
      .from(users)
      .where(eq(users.email, email))
      .for('update')
    if (!(await spendToken(part, 'reset-grant', grant)) || !person) return null
    await proveAddress(part, person, 'reset')
    await tx.update(users).set({ passwordHash }).where(eq(users.id, person.id))
    await tx.delete(sessions).where(eq(sessions.userId, person.id))
    await voidTokens(part, ['reset-grant', 'reset-link'], email)
    await addJob(part, 'mail-password-changed', { email })
    const token = person.suspendedAt ? null : await replaceSession(part, person.id, browser)
    return { email, token }
  })
  if (!changed) return { refusal: 'no grant' }
  await voidCode(services, changed.email)
  await forgetRequests(services, changed.email)
  await forgetFailures(services, changed.email)
  return changed.token ? { token: changed.token } : { refusal: 'suspended' }
}
