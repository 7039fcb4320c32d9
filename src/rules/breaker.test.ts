import { describe, expect, it } from 'vitest'
import { afterOutage, type Breaker } from './breaker'
import { later } from './time'

const start = new Date('2026-03-01T10:00:00Z')
const secondsAfter = (date: Date | null | undefined) =>
  date ? (date.getTime() - start.getTime()) / 1000 : null

/** When the lane asks, in seconds, if nobody ever answers and `first` jobs have failed at once. */
function asked(until: number, outage: { retryAfterSeconds?: number } = {}): number[] {
  let breaker: Breaker | null = null
  for (const _ of [1, 2, 3]) breaker = afterOutage(breaker, { ...outage, isProbe: false }, start)
  const times: number[] = []
  for (;;) {
    const at: Date | null | undefined = breaker?.restsUntil
    const seconds = secondsAfter(at) ?? Number.POSITIVE_INFINITY
    if (!at || seconds > until) return times
    times.push(seconds)
    breaker = afterOutage(breaker, { ...outage, isProbe: true }, at)
  }
}

describe('a lane that finds nobody there', () => {
  it('rests after three in a row, and before that goes on', () => {
    const first = afterOutage(null, { isProbe: false }, start)
    expect(first).toMatchObject({ failures: 1, failingSince: start, restsUntil: null })
    const second = afterOutage(first, { isProbe: false }, later(start, 1))
    expect(second.restsUntil).toBeNull()
    const third = afterOutage(second, { isProbe: false }, later(start, 2))
    expect(third).toMatchObject({ failures: 3, rests: 1, failingSince: start })
    expect(secondsAfter(third.restsUntil)).toBe(12)
  })

  it('asks again within 15 s, and at least once a minute in the first five minutes', () => {
    const times = [0, ...asked(330)]
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    expect(gaps[0]).toBeLessThanOrEqual(15)
    expect(gaps).toEqual(gaps.toSorted((one, other) => one - other))
    expect(Math.max(...gaps)).toBe(60)
  })

  it('hears how long the vendor wants to be left alone: at once, a minute at first, ten later', () => {
    const busy = afterOutage(null, { isProbe: false, retryAfterSeconds: 25 }, start)
    expect(secondsAfter(busy.restsUntil)).toBe(25)
    expect(asked(900, { retryAfterSeconds: 5000 })).toEqual([60, 120, 180, 240, 300, 900])
    expect(asked(30, { retryAfterSeconds: 1 })[0]).toBe(10)
  })

  it('learns nothing from jobs that began before it rested', () => {
    const resting = afterOutage(null, { isProbe: false, retryAfterSeconds: 30 }, start)
    const late = afterOutage(resting, { isProbe: false }, later(start, 5))
    expect(late).toEqual({ ...resting, failures: 2 })
  })
})
