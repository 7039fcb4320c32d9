import { expect, it } from 'vitest'
import { restartGapMs } from './restart'

it('A process that dies once is replaced at once, one that keeps dying is given time', () => {
  expect([1, 2, 3, 8].map(restartGapMs)).toEqual([100, 200, 400, 12_800])
  for (const deaths of [10, 100, 10_000]) expect(restartGapMs(deaths)).toBe(30_000)
})
