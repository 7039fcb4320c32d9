import { eq } from 'drizzle-orm'
import { isDuplicate, transact } from '../../db/connect'
import { users } from '../../db/schema'
import { newId } from '../../ids'
import { type Limit, networkOf } from '../../rules/limits'
import { hourSeconds } from '../../rules/time'
import type { Services } from '../../services'
import { addJob } from '../job'
import { countUp } from '../limit'
import { hashPassword } from './password'
import { type Client, replaceSession } from './session'

type Parts = Pick<Services, 'db' | 'now' | 'config'>

const perNetwork = ({ config }: Parts): Limit => ({
  kind: 'sign-up-of-network',
  most: config.LIMIT_SIGN_UPS_PER_HOUR,
  windowSeconds: hourSeconds,
  message: 'Too many sign-ups from your network.',
})

/** AppError `limited` when this network creates too many accounts. */
export const countSignUp = (services: Parts, { ip }: Pick<Client, 'ip'>): Promise<void> =>
  countUp(services, perNetwork(services), networkOf(ip))

export type SignUpResult = { token: string } | { refusal: 'email-taken' }

/**
 * AppError `limited` when this network asks too often; a taken address counts, because the answer
 * tells that it is taken.
 */
export async function signUp(
  services: Parts,
  { name, email, password }: { name: string; email: string; password: string },
  client: Client,
): Promise<SignUpResult> {
  await countSignUp(services, client)
  const [taken] = await services.db.select({ id: users.id }).from(users).where(eq(users.email, email))
  if (taken) return { refusal: 'email-taken' }
  const passwordHash = await hashPassword(password)
  const id = newId()
  const { now } = services
  try {
    const token = await transact(services.db, async (tx) => {
      await tx.insert(users).values({ id, name, email, passwordHash, createdAt: now() })
      await addJob({ db: tx, now }, 'mail-verify-address', { userId: id })
      return replaceSession({ db: tx, now }, id, client)
    })
    return { token }
  } catch (error) {
    if (isDuplicate(error)) return { refusal: 'email-taken' }
    throw error
  }
}
