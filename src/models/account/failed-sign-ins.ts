import { type Limit, networkOf } from '../../rules/limits'
import { hourSeconds, minuteSeconds } from '../../rules/time'
import type { Services } from '../../services'
import { countUp, forgetCount, refuseOverLimit } from '../limit'

type Parts = Pick<Services, 'db' | 'now' | 'config'>

export interface SignInAttempt {
  email: string
  ip: string
  /** Id of the known device or the open session, whose count strangers cannot use up; null for them. */
  ownedBy: string | null
}

const message = 'Signing in has failed too many times.'

const perPerson = ({ config }: Parts, kind: string): Limit => ({
  kind,
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

type Owner = Pick<SignInAttempt, 'email' | 'ownedBy'>

const countOf = (services: Parts, { email, ownedBy }: Owner): [Limit, subject: string] =>
  ownedBy === null
    ? [perPerson(services, 'failed-sign-in-of-account'), email]
    : [perPerson(services, 'failed-sign-in-of-browser'), ownedBy]

const countsOf = (services: Parts, attempt: SignInAttempt): [Limit, subject: string][] => [
  countOf(services, attempt),
  [perNetwork(services), networkOf(attempt.ip)],
]

/** AppError `limited` while this browser, all strangers together or the network failed too often. */
export async function checkFailedSignIns(services: Parts, attempt: SignInAttempt): Promise<void> {
  for (const [limit, subject] of countsOf(services, attempt)) await refuseOverLimit(services, limit, subject)
}

/** AppError `limited` when one of their attempts are used up. */
export async function countFailedSignIn(services: Parts, attempt: SignInAttempt): Promise<void> {
  const counted = countsOf(services, attempt).map(([limit, subject]) => countUp(services, limit, subject))
  for (const count of await Promise.allSettled(counted)) if (count.status === 'rejected') throw count.reason
}

/** Those of the network stay, or one account of one's own would allow guessing at all others. */
export const clearFailedSignIns = (services: Parts, owner: Owner): Promise<void> =>
  forgetCount(services, ...countOf(services, owner))
