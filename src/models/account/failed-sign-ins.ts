import { type Limit, networkOf } from '../../rules/limits'
import { hourSeconds, minuteSeconds } from '../../rules/time'
import type { Services } from '../../services'
import { countUp, forgetCount, refuseOverLimit } from '../limit'

type Parts = Pick<Services, 'db' | 'now' | 'config'>

export interface SignInAttempt {
  email: string
  ip: string
}

const message = 'Signing in has failed too many times.'

const perAccount = ({ config }: Parts): Limit => ({
  kind: 'failed-sign-in-of-account',
  most: config.LIMIT_FAILED_SIGN_INS_PER_ACCOUNT,
  windowSeconds: 15 * minuteSeconds,
  hasGrowingPauses: true,
  message,
})

const perNetwork = ({ config }: Parts): Limit => ({
  kind: 'failed-sign-in-of-network',
  most: config.LIMIT_FAILED_SIGN_INS_PER_HOUR,
  windowSeconds: hourSeconds,
  message,
})

/** AppError `limited` while this account or network has failed too often. */
export async function checkFailedSignIns(services: Parts, attempt: SignInAttempt): Promise<void> {
  await refuseOverLimit(services, perAccount(services), attempt.email)
  await refuseOverLimit(services, perNetwork(services), networkOf(attempt.ip))
}

/** AppError `limited` when the attempts of the account or the network are used up. */
export async function countFailedSignIn(services: Parts, attempt: SignInAttempt): Promise<void> {
  const counts = await Promise.allSettled([
    countUp(services, perAccount(services), attempt.email),
    countUp(services, perNetwork(services), networkOf(attempt.ip)),
  ])
  for (const count of counts) if (count.status === 'rejected') throw count.reason
}

/** Those of the network stay, or one account of one's own would allow guessing at all others. */
export const clearFailedSignIns = (services: Parts, email: string): Promise<void> =>
  forgetCount(services, perAccount(services), email)
