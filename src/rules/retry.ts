import { hourSeconds } from './time'

const firstGaps = [10, 20, 30, 45, 60, 60, 60]
const laterGaps = [120, 300, 600, 1800, hourSeconds]

/** `attempts` counts from 1; at most a minute at first, then up to an hour. */
export function retryGapSeconds(attempts: number): number {
  const gaps = [...firstGaps, ...laterGaps]
  return gaps[Math.min(attempts, gaps.length) - 1] ?? hourSeconds
}
