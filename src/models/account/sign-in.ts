import { eq } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { users } from '../../db/schema'
import type { Services } from '../../services'
import { countFailure, forgetFailures, refuseAfterFailures } from './failed-sign-ins'
import { hashPassword, isOutdated, isPassword, nobodysPassword } from './password'
import { type Browser, replaceSession } from './session'

type Parts = Pick<Services, 'db' | 'now' | 'config'>

/** `mismatch` says neither which of the two was wrong nor whether the address is known. */
export type SignInResult<R extends string = never> =
  | { token: string }
  | { refusal: 'mismatch' | 'suspended' | R }

/** What the right password does beside signing in, in the same transaction and under the person's lock; gives why it cannot, and then nobody is signed in. */
type Deed<R extends string> = (tx: Transaction, userId: string) => Promise<R | null>

/** Signs in with a password and gives the session's token. `email` is lower-cased. AppError `limited` after too many failures. */
export async function signIn<R extends string = never>(
  services: Parts,
  { email, password }: { email: string; password: string },
  browser: Browser,
  deed?: Deed<R>,
): Promise<SignInResult<R>> {
  const attempt = { email, address: browser.address }
  // Once more when the stored hash changed meanwhile: to another password, or to the same one under today's parameters.
  for (let time = 1; time <= 2; time += 1) {
    await refuseAfterFailures(services, attempt)
    const [person] = await services.db
      .select({ id: users.id, passwordHash: users.passwordHash })
      .from(users)
      .where(eq(users.email, email))
    const isRight = await isPassword(password, person?.passwordHash ?? nobodysPassword)
    if (!person?.passwordHash || !isRight) {
      await countFailure(services, attempt)
      return { refusal: 'mismatch' }
    }
    // Of many guesses sent at once all pass the first question; the right one meets what the wrong ones left.
    await refuseAfterFailures(services, attempt)
    const renewed = isOutdated(person.passwordHash) ? await hashPassword(password) : null
    const proved = { id: person.id, checked: person.passwordHash, renewed, deed }
    const result = await enter(services, proved, browser)
    if (!result) continue
    if ('token' in result) await forgetFailures(services, email)
    return result
  }
  return { refusal: 'mismatch' }
}

/**
 * Opens the session if the hash that was checked is still the stored one; null when it is not. Who changes the password
 * ends all sessions, so without the lock one could be opened just after by the password that is none any more.
 */
const enter = <R extends string>(
  { db, now }: Parts,
  { id, checked, renewed, deed }: { id: string; checked: string; renewed: string | null; deed?: Deed<R> },
  browser: Browser,
): Promise<SignInResult<R> | null> =>
  transact(db, async (tx) => {
    const [person] = await tx
      .select({ passwordHash: users.passwordHash, suspendedAt: users.suspendedAt })
      .from(users)
      .where(eq(users.id, id))
      .for('update')
    if (person?.passwordHash !== checked) return null
    if (person.suspendedAt) return { refusal: 'suspended' }
    const refusal = await deed?.(tx, id)
    if (refusal) return { refusal }
    if (renewed) await tx.update(users).set({ passwordHash: renewed }).where(eq(users.id, id))
    return { token: await replaceSession({ db: tx, now }, id, browser) }
  })
