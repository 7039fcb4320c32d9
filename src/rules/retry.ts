const firstGaps = [10, 20, 30, 45, 60, 60, 60]
const laterGaps = [120, 300, 600, 1800, 3600]

/** Seconds to wait after the given number of failed attempts (1 or more): at most 60 in the first five minutes, then up to an hour. */
export function retryGapSeconds(attempts: number): number {
  const gaps = [...firstGaps, ...laterGaps]
  return gaps[Math.min(attempts, gaps.length) - 1] ?? 3600
}
