import { eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { sessions, users } from '../../db/schema'
import { logSecurity } from '../../log'
import type { Services } from '../../services'
import { addJob } from '../job'
import { forgetDevices } from './known-device'
import { confirmPassword, findOwnAccount } from './own-account'
import { hashPassword } from './password'
import { securityEvent } from './security-event'
import { type Client, type CurrentUser, replaceSession } from './session'
import { deleteTokens } from './verification-token'

export type PasswordChange =
  | { token: string; isFirst: boolean }
  | { refusal: 'wrong-password' | 'sign-in-again' }

/** Ends all other sessions and reset links; AppError `limited` after too many wrong passwords. */
export async function changePassword(
  services: Pick<Services, 'db' | 'now' | 'config'>,
  user: CurrentUser,
  { currentPassword, password }: { currentPassword: string; password: string },
  client: Client,
): Promise<PasswordChange> {
  const { email, passwordHash: confirmed, isFresh } = await findOwnAccount(services, user)
  if (confirmed === null) {
    if (!isFresh) return { refusal: 'sign-in-again' }
  } else {
    const account = { email, passwordHash: confirmed, sessionId: user.sessionId }
    if (!(await confirmPassword(services, account, currentPassword, client)))
      return { refusal: 'wrong-password' }
  }
  const passwordHash = await hashPassword(password)
  const change = await transact(services.db, async (tx): Promise<PasswordChange> => {
    const inTx = { db: tx, now: services.now }
    const [account] = await tx
      .select({ passwordHash: users.passwordHash, email: users.email })
      .from(users)
      .where(eq(users.id, user.id))
      .for('update')
    // Of two changes at once, the second was confirmed with a password that has been replaced.
    if (account?.passwordHash !== confirmed) return { refusal: 'wrong-password' }
    await tx.update(users).set({ passwordHash }).where(eq(users.id, user.id))
    await tx.delete(sessions).where(eq(sessions.userId, user.id))
    await forgetDevices(inTx, user.id)
    await deleteTokens(inTx, ['reset-grant', 'reset-link', 'second-step'], account.email)
    await addJob(inTx, 'mail-password-changed', { email: account.email, ...securityEvent(inTx, client) })
    return { token: await replaceSession(inTx, user.id, client, 'silent'), isFirst: confirmed === null }
  })
  if ('token' in change) logSecurity('change-password', { by: user.id })
  return change
}
