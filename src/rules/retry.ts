import { hourSeconds, later, minuteSeconds } from './time'

const firstGaps = [10, 20, 30, 45, 60, 60, 60]
const laterGaps = [120, 300, 600, 1800, hourSeconds]

/** `attempts` counts from 1; at most a minute at first, then up to an hour. */
export function retryGapSeconds(attempts: number): number {
  const gaps = [...firstGaps, ...laterGaps]
  return gaps[Math.min(attempts, gaps.length) - 1] ?? hourSeconds
}

export interface Tried {
  attempts: number
  /** Since when it should have been done. */
  dueAt: Date
  lifetimeSeconds: number | null
}

interface Failed extends Tried {
  /** Whoever was asked will not do this, however often. */
  isRefused: boolean
  /** The lane rests, so that only one of its jobs asks at a time, and this one need not hold back. */
  isResting: boolean
}

/** What has no lifetime is never over. */
export const isOver = ({ dueAt, lifetimeSeconds }: Pick<Tried, 'dueAt' | 'lifetimeSeconds'>, at: Date) =>
  lifetimeSeconds !== null && at > later(dueAt, lifetimeSeconds)

/** When to try again; null when it is given up. */
export function nextTry(failed: Failed, now: Date): Date | null {
  if (failed.isRefused && failed.lifetimeSeconds !== null) return null
  const gap = retryGapSeconds(failed.attempts)
  const at = later(now, failed.isResting ? Math.min(gap, minuteSeconds) : gap)
  return isOver(failed, at) ? null : at
}
