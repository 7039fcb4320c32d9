import { and, eq, isNull } from 'drizzle-orm'
import { users } from '../../db/schema'
import type { Limit } from '../../rules/limits'
import { daySeconds, hourSeconds } from '../../rules/time'
import type { DbNow, Services } from '../../services'
import { addJob } from '../job'
import { countUp } from '../limit'
import { createToken, findToken } from './verification-token'
import type { VerifiableUser } from './verified-email'

const perAccount = ({ config }: Pick<Services, 'config'>): Limit => ({
  kind: 'verification-mail-of-account',
  most: config.LIMIT_VERIFICATION_MAILS_PER_HOUR,
  windowSeconds: hourSeconds,
  message: 'You have asked for this email too many times.',
})

/** Earlier links stay valid; AppError `limited` after too many an hour. */
export async function requestVerificationEmail(
  services: Pick<Services, 'db' | 'now' | 'config'>,
  userId: string,
): Promise<void> {
  await countUp(services, perAccount(services), userId)
  await addJob(services, 'mail-verify-address', { userId })
}

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

export const createVerificationToken = (services: DbNow, email: string): Promise<string> =>
  createToken(services, 'verify-address', email, daySeconds)

export interface VerificationAccount extends VerifiableUser {
  hasPassword: boolean
}

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
