import { count, eq } from 'drizzle-orm'
import { isSame, seal, totpCode, unseal } from '../../crypto'
import type { Db, Transaction } from '../../db/connect'
import { recoveryCodes, twoFactors } from '../../db/schema'
import { stepsAround } from '../../rules/account/two-factor'
import type { Services } from '../../services'
import { deleteTokens } from './verification-token'

type AnyDb = { db: Db | Transaction }

export interface TwoFactor {
  since: Date
  recoveryCodesLeft: number
}

/** Null for who signs in with one factor. */
export async function findTwoFactor({ db }: AnyDb, userId: string): Promise<TwoFactor | null> {
  const [found] = await db
    .select({ since: twoFactors.createdAt })
    .from(twoFactors)
    .where(eq(twoFactors.userId, userId))
  return found ? { ...found, recoveryCodesLeft: await countRecoveryCodes({ db }, userId) } : null
}

export async function hasTwoFactor({ db }: AnyDb, userId: string): Promise<boolean> {
  const [found] = await db
    .select({ userId: twoFactors.userId })
    .from(twoFactors)
    .where(eq(twoFactors.userId, userId))
  return found !== undefined
}

export async function countRecoveryCodes({ db }: AnyDb, userId: string): Promise<number> {
  const [left] = await db.select({ n: count() }).from(recoveryCodes).where(eq(recoveryCodes.userId, userId))
  return left?.n ?? 0
}

/** Signing in that has begun ends, too. The caller holds the user's row; false when it was off. */
export async function removeTwoFactor(
  { db }: AnyDb,
  { id, email }: { id: string; email: string },
): Promise<boolean> {
  const [removed] = await db.delete(twoFactors).where(eq(twoFactors.userId, id))
  await db.delete(recoveryCodes).where(eq(recoveryCodes.userId, id))
  await deleteTokens({ db }, ['second-step'], email)
  return removed.affectedRows === 1
}

/** The step whose code this is, of those around now; compared in constant time, all of them. */
export async function stepOfCode(
  { now }: Pick<Services, 'now'>,
  secret: string,
  code: string,
): Promise<number | null> {
  let matching: number | null = null
  for (const step of stepsAround(now())) {
    if (isSame(await totpCode(secret, step), code)) matching = step
  }
  return matching
}

/** One person's secret opens as no other's. */
export const secretPurpose = (userId: string) => `two-factor secret of ${userId}`

export const sealSecret = ({ config }: Pick<Services, 'config'>, userId: string, secret: string) =>
  seal(config, secretPurpose(userId), secret)

/** `secret` is opened; null for who signs in with one factor. The row is locked. */
export async function lockTwoFactor(
  { db, config }: Pick<Services, 'config'> & { db: Transaction },
  userId: string,
): Promise<{ secret: string; lastStep: number } | null> {
  const isTheirs = eq(twoFactors.userId, userId)
  const [found] = await db.select().from(twoFactors).where(isTheirs).for('update')
  if (!found) return null
  const { text } = await unseal(config, secretPurpose(userId), found.secret)
  return { secret: text, lastStep: found.lastStep }
}
