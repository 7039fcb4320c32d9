import { expect, it } from 'vitest'
import { retryGapSeconds } from './retry'
import { hourSeconds } from './time'

const gaps = Array.from({ length: 20 }, (_, index) => retryGapSeconds(index + 1))

it('retries within 15 seconds, then at least once a minute for about five minutes', () => {
  expect(gaps[0]).toBeLessThanOrEqual(15)
  const frequent = gaps.filter((gap) => gap <= 60)
  expect(frequent.reduce((sum, gap) => sum + gap, 0)).toBeGreaterThanOrEqual(280)
})

it('waits longer each time, and never longer than an hour', () => {
  expect(gaps).toEqual([...gaps].sort((one, other) => one - other))
  expect(gaps.at(-1)).toBe(hourSeconds)
})
