import { and, eq, ne } from 'drizzle-orm'
import type { Transaction } from '../../db/connect'
import { accounts, sessions, users } from '../../db/schema'
import { lossesOf, type ProofWay } from '../../rules/account/email-verification'
import type { TxNow } from '../../services'
import { voidTokens } from './verification-token'

export interface Provable {
  id: string
  email: string
  emailVerifiedAt: Date | null
}

/** Locks a person's row and gives what proving asks of it; null when there is no such person any more. */
export async function lockPerson(
  tx: Transaction,
  id: string,
): Promise<(Provable & { suspendedAt: Date | null }) | null> {
  const { email, emailVerifiedAt, suspendedAt } = users
  const [person] = await tx
    .select({ id: users.id, email, emailVerifiedAt, suspendedAt })
    .from(users)
    .where(eq(users.id, id))
    .for('update')
  return person ?? null
}

/**
 * Marks a person's address as proved in this way and takes what the account loses by it: every way in that somebody else may
 * have left there. `sessionId` is the session that may stay. Harmless for an address proved before; the caller holds the person's row.
 */
export async function proveAddress(
  part: TxNow,
  person: Provable,
  way: ProofWay,
  sessionId?: string,
): Promise<void> {
  const { db, now } = part
  await voidTokens(part, ['verify-address'], person.email)
  const losses = lossesOf(way, person.emailVerifiedAt !== null)
  if (!losses) return
  await db.update(users).set({ emailVerifiedAt: now() }).where(eq(users.id, person.id))
  await db.delete(accounts).where(eq(accounts.userId, person.id))
  const spared = losses.sessions === 'other' && sessionId ? ne(sessions.id, sessionId) : undefined
  await db.delete(sessions).where(and(eq(sessions.userId, person.id), spared))
  if (!losses.password) return
  await db.update(users).set({ passwordHash: null }).where(eq(users.id, person.id))
  await voidTokens(part, ['reset-link', 'reset-grant'], person.email)
}
