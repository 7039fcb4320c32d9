import { and, eq } from 'drizzle-orm'
import { users } from '../db/schema'
import type { Services } from '../services'
import { hashPassword, isOutdated, isPassword, nobodysPassword } from './password'
import { type Browser, replaceSession } from './session'
import { countFailure, forgetFailures, refuseAfterFailures } from './sign-in-limit'

/** `mismatch` says neither which of the two was wrong nor whether the address is known. */
export type SignInResult = { token: string } | { refusal: 'mismatch' | 'suspended' }

/** Signs in with a password and gives the session's token. `email` is lower-cased. AppError `limited` after too many failures. */
export async function signIn(
  services: Pick<Services, 'db' | 'now' | 'config'>,
  { email, password }: { email: string; password: string },
  browser: Browser,
): Promise<SignInResult> {
  const attempt = { email, address: browser.address }
  await refuseAfterFailures(services, attempt)
  const [person] = await services.db
    .select({ id: users.id, passwordHash: users.passwordHash, suspendedAt: users.suspendedAt })
    .from(users)
    .where(eq(users.email, email))
  const isRight = await isPassword(password, person?.passwordHash ?? nobodysPassword)
  if (!person?.passwordHash || !isRight) {
    await countFailure(services, attempt)
    return { refusal: 'mismatch' }
  }
  // Of many guesses sent at once all pass the first question; the right one meets what the wrong ones left.
  await refuseAfterFailures(services, attempt)
  if (person.suspendedAt) return { refusal: 'suspended' }
  await forgetFailures(services, email)
  await renewHash(services, person.id, password, person.passwordHash)
  return { token: await replaceSession(services, person.id, browser) }
}

/** Keeps the password under today's parameters, unless it was changed meanwhile. */
async function renewHash(
  { db }: Pick<Services, 'db'>,
  userId: string,
  password: string,
  passwordHash: string,
): Promise<void> {
  if (!isOutdated(passwordHash)) return
  await db
    .update(users)
    .set({ passwordHash: await hashPassword(password) })
    .where(and(eq(users.id, userId), eq(users.passwordHash, passwordHash)))
}
