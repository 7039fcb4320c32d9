import { and, eq, gt } from 'drizzle-orm'
import { limits } from '../../db/schema'
import { later, minuteSeconds } from '../../rules/time'
import type { DbNow, Services } from '../../services'
import { confirmPassword, findOwnAccount } from './own-account'
import type { Client, CurrentUser } from './session'

const freshSeconds = 15 * minuteSeconds
const keyOf = (sessionId: string) => `confirmed:${sessionId}`

/** What a sensitive act needs: nothing for 15 minutes after signing in or typing the password. */
export type Confirmation = 'fresh' | 'password' | 'sign-in'

/** Who has no password signs in again instead. */
export async function neededConfirmation(services: DbNow, user: CurrentUser): Promise<Confirmation> {
  const { isFresh, passwordHash } = await findOwnAccount(services, user)
  if (isFresh) return 'fresh'
  const [confirmed] = await services.db
    .select({ endsAt: limits.endsAt })
    .from(limits)
    .where(and(eq(limits.key, keyOf(user.sessionId)), gt(limits.endsAt, services.now())))
  if (confirmed) return 'fresh'
  return passwordHash === null ? 'sign-in' : 'password'
}

/** A wrong one counts as a failed sign-in; AppError `limited` after too many. */
export async function confirmAgain(
  services: Pick<Services, 'db' | 'now' | 'config'>,
  user: CurrentUser,
  password: string,
  client: Client,
): Promise<'confirmed' | 'missing' | 'wrong' | 'sign-in'> {
  const needed = await neededConfirmation(services, user)
  if (needed === 'fresh') return 'confirmed'
  if (needed === 'sign-in') return 'sign-in'
  if (password === '') return 'missing'
  const { email, passwordHash } = await findOwnAccount(services, user)
  if (passwordHash === null) return 'sign-in'
  const account = { email, passwordHash, sessionId: user.sessionId }
  if (!(await confirmPassword(services, account, password, client))) return 'wrong'
  const endsAt = later(services.now(), freshSeconds)
  await services.db
    .insert(limits)
    .values({ key: keyOf(user.sessionId), count: 1, endsAt })
    .onDuplicateKeyUpdate({ set: { endsAt } })
  return 'confirmed'
}
