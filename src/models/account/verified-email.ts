import { and, eq, ne } from 'drizzle-orm'
import type { Transaction } from '../../db/connect'
import { accounts, sessions, users } from '../../db/schema'
import { revokedBy, type VerificationMethod } from '../../rules/account/email-verification'
import type { TxNow } from '../../services'
import { forgetDevices } from './known-device'
import { removeTwoFactor } from './two-factor'
import { deleteTokens } from './verification-token'

export interface VerifiableUser {
  id: string
  email: string
  emailVerifiedAt: Date | null
}

export async function lockUser(
  tx: Transaction,
  id: string,
): Promise<(VerifiableUser & { suspendedAt: Date | null }) | null> {
  const { email, emailVerifiedAt, suspendedAt } = users
  const [user] = await tx
    .select({ id: users.id, email, emailVerifiedAt, suspendedAt })
    .from(users)
    .where(eq(users.id, id))
    .for('update')
  return user ?? null
}

/** Revokes every way in that somebody else may have left; the caller holds the user's row. */
export async function markEmailVerified(
  services: TxNow,
  user: VerifiableUser,
  method: VerificationMethod,
  sessionId?: string,
): Promise<void> {
  const { db, now } = services
  await deleteTokens(services, ['verify-address'], user.email)
  const revoked = revokedBy(method, user.emailVerifiedAt !== null)
  if (!revoked) return
  await db.update(users).set({ emailVerifiedAt: now() }).where(eq(users.id, user.id))
  await db.delete(accounts).where(eq(accounts.userId, user.id))
  const others = revoked.sessions === 'other' && sessionId ? ne(sessions.id, sessionId) : undefined
  await db.delete(sessions).where(and(eq(sessions.userId, user.id), others))
  await forgetDevices(services, user.id)
  if (!revoked.password) return
  await db.update(users).set({ passwordHash: null }).where(eq(users.id, user.id))
  await removeTwoFactor(services, user)
  await deleteTokens(services, ['reset-link', 'reset-grant'], user.email)
}
