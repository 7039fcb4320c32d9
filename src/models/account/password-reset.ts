import { eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { sessions, users } from '../../db/schema'
import { logSecurity } from '../../log'
import { grantSeconds, linkSeconds } from '../../rules/account/otp'
import type { DbNow, Services } from '../../services'
import { addJob } from '../job'
import { clearFailedSignIns } from './failed-sign-ins'
import { nameFirstAdmin } from './first-admin'
import { findKnownDevice, forgetDevices } from './known-device'
import { hashPassword } from './password'
import { claimCode, type Guessing, revokeCode } from './password-reset-code'
import { clearResetRequests } from './password-reset-request'
import { type Admission, admit } from './second-step'
import { securityEvent } from './security-event'
import type { Client } from './session'
import { consumeToken, createToken, deleteTokens, findToken } from './verification-token'
import { markEmailVerified } from './verified-email'

export async function findUserByEmail(
  { db }: Pick<Services, 'db'>,
  email: string,
): Promise<{ name: string; email: string } | null> {
  const [user] = await db
    .select({ name: users.name, email: users.email })
    .from(users)
    .where(eq(users.email, email))
  return user ?? null
}

export const createResetLink = (services: DbNow, email: string): Promise<string> =>
  createToken(services, 'reset-link', email, linkSeconds)

export const findResetLink = (services: DbNow, token: string): Promise<string | null> =>
  findToken(services, 'reset-link', token)

/** A grant to choose a new password within 10 minutes; null for a wrong code. */
export async function grantByCode(
  services: DbNow & Pick<Services, 'otp' | 'config'>,
  request: Guessing,
  code: string,
): Promise<string | null> {
  if (!(await claimCode(services, request, code))) return null
  return createToken(services, 'reset-grant', request.email, grantSeconds)
}

export async function grantByLink({ db, now }: DbNow, token: string): Promise<string | null> {
  return transact(db, async (tx) => {
    const inTx = { db: tx, now }
    const email = await findToken(inTx, 'reset-link', token)
    if (!email || !(await consumeToken(inTx, 'reset-link', token))) return null
    return createToken(inTx, 'reset-grant', email, grantSeconds)
  })
}

export const findGrant = (services: DbNow, grant: string): Promise<string | null> =>
  findToken(services, 'reset-grant', grant)

export type ResetResult = Admission | { refusal: 'no-grant' | 'suspended' }

/** Ends all sessions and other ways to reset; a `suspended` user is not admitted. */
export async function resetPassword(
  services: DbNow & Pick<Services, 'otp' | 'config'>,
  { grant, password }: { grant: string; password: string },
  client: Client,
): Promise<ResetResult> {
  const passwordHash = await hashPassword(password)
  const reset = await transact(services.db, async (tx) => {
    const inTx = { db: tx, now: services.now }
    const email = await findToken(inTx, 'reset-grant', grant)
    if (!email) return null
    const [user] = await tx
      .select({
        id: users.id,
        email: users.email,
        suspendedAt: users.suspendedAt,
        emailVerifiedAt: users.emailVerifiedAt,
      })
      .from(users)
      .where(eq(users.email, email))
      .for('update')
    if (!(await consumeToken(inTx, 'reset-grant', grant)) || !user) return null
    await markEmailVerified(inTx, user, 'reset')
    await tx.update(users).set({ passwordHash }).where(eq(users.id, user.id))
    await tx.delete(sessions).where(eq(sessions.userId, user.id))
    await forgetDevices(inTx, user.id)
    await deleteTokens(inTx, ['reset-grant', 'reset-link', 'second-step'], email)
    await addJob(inTx, 'mail-password-changed', { email, ...securityEvent(inTx, client) })
    const admission = user.suspendedAt ? null : await admit(inTx, user, client, 'silent')
    return { id: user.id, email, admission }
  })
  if (!reset) return { refusal: 'no-grant' }
  logSecurity('reset-password', { by: reset.id })
  await nameFirstAdmin(services, reset.email)
  await revokeCode(services, reset.email)
  await clearResetRequests(services, reset.email)
  const { email } = reset
  for (const ownedBy of [null, await findKnownDevice(services, email, client)])
    await clearFailedSignIns(services, { email, ownedBy })
  return reset.admission ?? { refusal: 'suspended' }
}
