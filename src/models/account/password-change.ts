import { eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { sessions, users } from '../../db/schema'
import type { Services } from '../../services'
import { addJob } from '../job'
import { type Asker, findOwnAccount, provePassword } from './own-account'
import { hashPassword } from './password'
import { type Browser, openSession } from './session'
import { voidTokens } from './verification-token'

/** `stale`: there is no password yet and the session is not fresh enough to set the first. */
export type PasswordChange = { token: string; isFirst: boolean } | { refusal: 'mismatch' | 'stale' }

/**
 * Sets another password, or the first one, and gives the token of a new session; every session of the person ends, with it every
 * link that resets, and the owner is told by mail. AppError `limited` after too many wrong passwords, as for sign-in.
 */
export async function changeOwnPassword(
  services: Pick<Services, 'db' | 'now' | 'config'>,
  asker: Asker,
  { currentPassword, password }: { currentPassword: string; password: string },
  browser: Browser,
): Promise<PasswordChange> {
  const { email, passwordHash: known, isFresh } = await findOwnAccount(services, asker)
  if (known === null) {
    if (!isFresh) return { refusal: 'stale' }
  } else if (!(await provePassword(services, { email, passwordHash: known }, currentPassword, browser))) {
    return { refusal: 'mismatch' }
  }
  const passwordHash = await hashPassword(password)
  return transact(services.db, async (tx) => {
    const part = { db: tx, now: services.now }
    const [person] = await tx
      .select({ passwordHash: users.passwordHash, email: users.email })
      .from(users)
      .where(eq(users.id, asker.id))
      .for('update')
    // Of two changes at once the second one was proved with a password that is none any more.
    if (person?.passwordHash !== known) return { refusal: 'mismatch' }
    await tx.update(users).set({ passwordHash }).where(eq(users.id, asker.id))
    await tx.delete(sessions).where(eq(sessions.userId, asker.id))
    await voidTokens(part, ['reset-grant', 'reset-link'], person.email)
    await addJob(part, 'mail-password-changed', { email: person.email })
    return { token: await openSession(part, asker.id, browser.device), isFirst: known === null }
  })
}
