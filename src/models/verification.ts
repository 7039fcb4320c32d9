import { and, eq, isNull } from 'drizzle-orm'
import { transact } from '../db/connect'
import { users } from '../db/schema'
import type { Limit } from '../rules/limits'
import type { Services } from '../services'
import { addJob } from './job'
import { countUp } from './limit'
import { findToken, openToken, spendToken, voidTokens } from './verification-token'

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
export const openVerification = (services: Pick<Services, 'db' | 'now'>, email: string): Promise<string> =>
  openToken(services, 'verify-address', email, linkSeconds)

/** The address that a link is about; null when the link is unknown, used or over. */
export const findVerification = (
  services: Pick<Services, 'db' | 'now'>,
  token: string,
): Promise<string | null> => findToken(services, 'verify-address', token)

/** Marks the address as verified and gives it; null when the link is worth nothing. Every other link to this address is used up with it. */
export async function verifyAddress(
  { db, now }: Pick<Services, 'db' | 'now'>,
  token: string,
): Promise<string | null> {
  return transact(db, async (tx) => {
    const part = { db: tx, now }
    const email = await findToken(part, 'verify-address', token)
    if (!email) return null
    const [person] = await tx.select({ id: users.id }).from(users).where(eq(users.email, email)).for('update')
    if (!(await spendToken(part, 'verify-address', token)) || !person) return null
    await tx
      .update(users)
      .set({ emailVerifiedAt: now() })
      .where(and(eq(users.id, person.id), isNull(users.emailVerifiedAt)))
    await voidTokens(part, ['verify-address'], email)
    return email
  })
}
