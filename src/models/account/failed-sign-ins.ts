import type { Limit } from '../../rules/limits'
import { networkOf } from '../../rules/limits'
import type { Services } from '../../services'
import { countUp, forgetCount, refuseOverLimit } from '../limit'

type Parts = Pick<Services, 'db' | 'now' | 'config'>

export interface SignInAttempt {
  /** As typed, lower-cased; whether somebody has it makes no difference here. */
  email: string
  /** The network address it comes from. */
  address: string
}

const message = 'Signing in has failed too many times.'

const perAccount = ({ config }: Parts): Limit => ({
  kind: 'failed-sign-in-of-account',
  most: config.LIMIT_FAILED_SIGN_INS_PER_ACCOUNT,
  windowSeconds: 15 * 60,
  hasGrowingPauses: true,
  message,
})

const perNetwork = ({ config }: Parts): Limit => ({
  kind: 'failed-sign-in-of-network',
  most: config.LIMIT_FAILED_SIGN_INS_PER_HOUR,
  windowSeconds: 3600,
  message,
})

/** Refuses with AppError `limited` while this account or network has failed too often. */
export async function refuseAfterFailures(services: Parts, attempt: SignInAttempt): Promise<void> {
  await refuseOverLimit(services, perAccount(services), attempt.email)
  await refuseOverLimit(services, perNetwork(services), networkOf(attempt.address))
}

/** Counts a failure for both; refuses with AppError `limited` when others running beside it used up the limit. */
export async function countFailure(services: Parts, attempt: SignInAttempt): Promise<void> {
  const counts = await Promise.allSettled([
    countUp(services, perAccount(services), attempt.email),
    countUp(services, perNetwork(services), networkOf(attempt.address)),
  ])
  for (const count of counts) if (count.status === 'rejected') throw count.reason
}

/** Who got in starts anew; the network does not, or one account of one's own would open all others. */
export const forgetFailures = (services: Parts, email: string): Promise<void> =>
  forgetCount(services, perAccount(services), email)
