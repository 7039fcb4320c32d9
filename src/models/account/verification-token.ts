import { and, eq, gt, inArray } from 'drizzle-orm'
import { hashOf, newSecret } from '../../crypto'
import { verificationTokens } from '../../db/schema'
import type { TxNow } from '../../services'

/** A link that verifies an address, a link that resets a password, and the right to choose a new one. */
export type TokenPurpose = 'verify-address' | 'reset-link' | 'reset-grant'

/** Makes a single-use token for an e-mail address and gives it; only its hash is kept. */
export async function openToken(
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
    expiresAt: new Date(createdAt.getTime() + lifeSeconds * 1000),
    createdAt,
  })
  return token
}

/** The e-mail address that this token is for; null when it is unknown, used, over, or for something else. */
export async function findToken(
  { db, now }: TxNow,
  purpose: TokenPurpose,
  token: string,
): Promise<string | null> {
  const [row] = await db
    .select({ email: verificationTokens.identifier })
    .from(verificationTokens)
    .where(await isLiving(now(), purpose, token))
  return row?.email ?? null
}

/** Uses the token up and tells whether it was there to be used: of many who try at once, one. */
export async function spendToken({ db, now }: TxNow, purpose: TokenPurpose, token: string): Promise<boolean> {
  const [spent] = await db.delete(verificationTokens).where(await isLiving(now(), purpose, token))
  return spent.affectedRows === 1
}

/** Makes every token of these purposes worthless for this address. */
export async function voidTokens({ db }: Pick<TxNow, 'db'>, purposes: TokenPurpose[], email: string) {
  await db
    .delete(verificationTokens)
    .where(and(eq(verificationTokens.identifier, email), inArray(verificationTokens.purpose, purposes)))
}

const isLiving = async (now: Date, purpose: TokenPurpose, token: string) =>
  and(
    eq(verificationTokens.tokenHash, await hashOf(token)),
    eq(verificationTokens.purpose, purpose),
    gt(verificationTokens.expiresAt, now),
  )
