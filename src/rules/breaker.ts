import { later, minuteSeconds } from './time'

/** What is known of a lane that has failed and not succeeded since. */
export interface Breaker {
  /** One after the other. */
  failures: number
  rests: number
  failingSince: Date
  /** Null while it is only shaky. */
  restsUntil: Date | null
}

export interface Outage {
  retryAfterSeconds?: number
  /** It was the one job that is let through after a rest. */
  isProbe: boolean
}

/** So many in a row are bad luck. */
const tolerated = 2
const gaps = [10, 20, 30, 45, 60]
const patienceSeconds = 5 * minuteSeconds
const longestSeconds = { atFirst: minuteSeconds, later: 10 * minuteSeconds }

/** What a vendor asks for is heard, within bounds: it may be back long before. */
function restSeconds(rests: number, ageSeconds: number, retryAfterSeconds = 0): number {
  const gap = gaps[Math.min(rests, gaps.length) - 1] ?? minuteSeconds
  const longest = ageSeconds < patienceSeconds ? longestSeconds.atFirst : longestSeconds.later
  return Math.min(Math.max(gap, retryAfterSeconds), longest)
}

/** After one more job has found nobody there. */
export function afterOutage(breaker: Breaker | null, outage: Outage, now: Date): Breaker {
  const before = breaker ?? { failures: 0, rests: 0, failingSince: now, restsUntil: null }
  const failures = before.failures + 1
  const isResting = before.restsUntil !== null && before.restsUntil > now
  // It began before the rest, so it tells nothing new.
  if (isResting && !outage.isProbe) return { ...before, failures }
  const { retryAfterSeconds } = outage
  if (failures <= tolerated && !before.restsUntil && !retryAfterSeconds) return { ...before, failures }
  const rests = before.rests + 1
  const ageSeconds = (now.getTime() - before.failingSince.getTime()) / 1000
  const restsUntil = later(now, restSeconds(rests, ageSeconds, retryAfterSeconds))
  return { ...before, failures, rests, restsUntil }
}
