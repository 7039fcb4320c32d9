import { eq } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { users } from '../../db/schema'
import { logSecurity } from '../../log'
import type { Services } from '../../services'
import { checkFailedSignIns, clearFailedSignIns, countFailedSignIn } from './failed-sign-ins'
import { findKnownDevice } from './known-device'
import { hashPassword, isOutdated, isPassword, nobodysPassword } from './password'
import { type Admission, admit } from './second-step'
import type { Client } from './session'

type Parts = Pick<Services, 'db' | 'now' | 'config'>

/** `wrong-credentials` tells neither which of the two is wrong nor whether the address is known. */
export type SignInResult<R extends string = never> =
  | Admission
  | { refusal: 'wrong-credentials' | 'suspended' | R }

/** Runs under the user's lock, before a second step, too; after a refusal nobody is admitted. */
type BeforeSession<R extends string> = (tx: Transaction, userId: string) => Promise<R | null>

/** `email` is lower-cased; AppError `limited` after too many failures. */
export async function signIn<R extends string = never>(
  services: Parts,
  { email, password }: { email: string; password: string },
  client: Client,
  beforeSession?: BeforeSession<R>,
): Promise<SignInResult<R>> {
  const ownedBy = await findKnownDevice(services, email, client)
  const attempt = { email, ip: client.ip, ownedBy }
  // Once more when the stored hash changed meanwhile, perhaps to the same password's newer hash.
  for (let time = 1; time <= 2; time += 1) {
    await checkFailedSignIns(services, attempt)
    const [user] = await services.db
      .select({ id: users.id, passwordHash: users.passwordHash })
      .from(users)
      .where(eq(users.email, email))
    const isRight = await isPassword(password, user?.passwordHash ?? nobodysPassword)
    if (!user?.passwordHash || !isRight) {
      logSecurity('refuse-sign-in', { by: null, on: user && `user ${user.id}` })
      await countFailedSignIn(services, attempt)
      return { refusal: 'wrong-credentials' }
    }
    // Of many guesses sent at once, the right one meets what the wrong ones have counted.
    await checkFailedSignIns(services, attempt)
    const renewedHash = isOutdated(user.passwordHash) ? await hashPassword(password) : null
    const checked = { id: user.id, passwordHash: user.passwordHash, renewedHash }
    const result = await openCheckedSession(services, checked, client, beforeSession)
    if (!result) continue
    if (!('refusal' in result)) await clearFailedSignIns(services, attempt)
    return result
  }
  return { refusal: 'wrong-credentials' }
}

/**
 * Null when the checked hash is not the stored one any more: without the lock the old password
 * could open a session just after a change has ended them all.
 */
const openCheckedSession = <R extends string>(
  { db, now }: Parts,
  checked: { id: string; passwordHash: string; renewedHash: string | null },
  client: Client,
  beforeSession?: BeforeSession<R>,
): Promise<SignInResult<R> | null> =>
  transact(db, async (tx) => {
    const { id, renewedHash } = checked
    const [user] = await tx
      .select({ email: users.email, passwordHash: users.passwordHash, suspendedAt: users.suspendedAt })
      .from(users)
      .where(eq(users.id, id))
      .for('update')
    if (user?.passwordHash !== checked.passwordHash) return null
    if (user.suspendedAt) return { refusal: 'suspended' }
    const refusal = await beforeSession?.(tx, id)
    if (refusal) return { refusal }
    if (renewedHash) await tx.update(users).set({ passwordHash: renewedHash }).where(eq(users.id, id))
    return admit({ db: tx, now }, { id, email: user.email }, client)
  })
