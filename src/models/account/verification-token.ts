import { and, eq, gt, inArray } from 'drizzle-orm'
import { hashOf, newSecret } from '../../crypto'
import { verificationTokens } from '../../db/schema'
import { later } from '../../rules/time'
import type { TxNow } from '../../services'

export type TokenPurpose = 'verify-address' | 'reset-link' | 'reset-grant' | 'second-step'

export async function createToken(
  { db, now }: TxNow,
  purpose: TokenPurpose,
  email: string,
  lifeSeconds: number,
): Promise<string> {
  const token = newSecret()
  const createdAt = now()
  await db.insert(verificationTokens).values({
    identifier: email,
    tokenHash: await hashOf(token),
    purpose,
    expiresAt: later(createdAt, lifeSeconds),
    createdAt,
  })
  return token
}

export async function findToken(
  { db, now }: TxNow,
  purpose: TokenPurpose,
  token: string,
): Promise<string | null> {
  const [row] = await db
    .select({ email: verificationTokens.identifier })
    .from(verificationTokens)
    .where(await isValid(now(), purpose, token))
  return row?.email ?? null
}

/** True for one of many who try at once. */
export async function consumeToken(
  { db, now }: TxNow,
  purpose: TokenPurpose,
  token: string,
): Promise<boolean> {
  const [consumed] = await db.delete(verificationTokens).where(await isValid(now(), purpose, token))
  return consumed.affectedRows === 1
}

export async function deleteTokens({ db }: Pick<TxNow, 'db'>, purposes: TokenPurpose[], email: string) {
  await db
    .delete(verificationTokens)
    .where(and(eq(verificationTokens.identifier, email), inArray(verificationTokens.purpose, purposes)))
}

const isValid = async (now: Date, purpose: TokenPurpose, token: string) =>
  and(
    eq(verificationTokens.tokenHash, await hashOf(token)),
    eq(verificationTokens.purpose, purpose),
    gt(verificationTokens.expiresAt, now),
  )
