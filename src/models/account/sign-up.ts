import { eq } from 'drizzle-orm'
import { isDuplicate, transact } from '../../db/connect'
import { users } from '../../db/schema'
import { newId } from '../../ids'
import { type Limit, networkOf } from '../../rules/limits'
import type { Services } from '../../services'
import { addJob } from '../job'
import { countUp } from '../limit'
import { hashPassword } from './password'
import { type Browser, replaceSession } from './session'

/** Counts a new account; AppError `limited` when this network asks too often. */
export const countSignUp = (
  services: Pick<Services, 'db' | 'now' | 'config'>,
  { address }: Pick<Browser, 'address'>,
): Promise<void> => countUp(services, perNetwork(services), networkOf(address))

export type SignUpResult = { token: string } | { refusal: 'taken' }

const perNetwork = ({ config }: Pick<Services, 'config'>): Limit => ({
  kind: 'sign-up-of-network',
  most: config.LIMIT_SIGN_UPS_PER_HOUR,
  windowSeconds: 3600,
  message: 'Too many accounts were asked for from your network.',
})

/**
 * Makes an account whose address is not yet verified and gives the token of its first session. `email` is lower-cased.
 * AppError `limited` when this network asks too often; asking for a taken address counts, because the answer tells that it is.
 */
export async function signUp(
  services: Pick<Services, 'db' | 'now' | 'config'>,
  { name, email, password }: { name: string; email: string; password: string },
  browser: Browser,
): Promise<SignUpResult> {
  await countSignUp(services, browser)
  const [taken] = await services.db.select({ id: users.id }).from(users).where(eq(users.email, email))
  if (taken) return { refusal: 'taken' }
  const passwordHash = await hashPassword(password)
  const id = newId()
  const { now } = services
  try {
    const token = await transact(services.db, async (tx) => {
      await tx.insert(users).values({ id, name, email, passwordHash, createdAt: now() })
      await addJob({ db: tx, now }, 'mail-verify-address', { userId: id })
      return replaceSession({ db: tx, now }, id, browser)
    })
    return { token }
  } catch (error) {
    if (isDuplicate(error)) return { refusal: 'taken' }
    throw error
  }
}
