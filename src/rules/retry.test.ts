import { describe, expect, it } from 'vitest'
import { jobKinds } from './job-kinds'
import { isOver, nextTry, retryGapSeconds } from './retry'
import { daySeconds, hourSeconds, later, minuteSeconds } from './time'

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

const dueAt = new Date('2026-03-01T10:00:00Z')

/** Seconds after which a job is tried for the last time, if nobody is ever there. */
function lastTry(lifetimeSeconds: number | null, isResting: boolean, tries = 1000): number {
  let now = dueAt
  for (let attempts = 1; attempts < tries; attempts++) {
    const failed = { attempts, dueAt, lifetimeSeconds, isRefused: false, isResting }
    const next = nextTry(failed, now)
    if (!next) break
    now = next
  }
  return (now.getTime() - dueAt.getTime()) / 1000
}

describe('a job that fails', () => {
  it.each([
    ['mail-password-reset', 10 * minuteSeconds, minuteSeconds],
    ['mail-verify-address', daySeconds, hourSeconds],
    ['mail-receipt', 5 * daySeconds, hourSeconds],
    ['check-order', 5 * daySeconds, hourSeconds],
    ['delete-asset', 30 * daySeconds, hourSeconds],
  ] as const)('is tried for as long as it is of use: %s', (kind, lifetime, gap) => {
    const { lifetimeSeconds } = jobKinds[kind]
    expect(lifetimeSeconds).toBe(lifetime)
    const last = lastTry(lifetimeSeconds, gap === minuteSeconds)
    expect(last).toBeLessThanOrEqual(lifetime)
    expect(last).toBeGreaterThan(lifetime - gap)
  })

  it('holds back no longer than a minute while its lane rests', () => {
    const failed = { attempts: 40, dueAt, lifetimeSeconds: null, isRefused: false }
    expect(nextTry({ ...failed, isResting: true }, dueAt)).toEqual(later(dueAt, minuteSeconds))
    expect(nextTry({ ...failed, isResting: false }, dueAt)).toEqual(later(dueAt, hourSeconds))
  })

  it('ends when it is refused, unless it is never given up', () => {
    const refused = { attempts: 1, dueAt, isRefused: true, isResting: false }
    expect(nextTry({ ...refused, lifetimeSeconds: daySeconds }, dueAt)).toBeNull()
    expect(nextTry({ ...refused, lifetimeSeconds: null }, dueAt)).toEqual(later(dueAt, 10))
  })
})

it('What goes back to a buyer, and the books, are never given up', () => {
  for (const kind of ['send-refund', 'check-open-orders', 'reconcile-payments'] as const) {
    const { lifetimeSeconds } = jobKinds[kind]
    expect(isOver({ dueAt, lifetimeSeconds }, later(dueAt, 1000 * daySeconds))).toBe(false)
  }
})

it('Codes wait behind nothing else, and receipts before what nobody waits for', () => {
  const inLane = Object.entries(jobKinds).filter(([, { lane }]) => lane === 'codes')
  expect(inLane.map(([kind]) => kind)).toEqual(['mail-password-reset'])
  expect(jobKinds['mail-receipt'].priority).toBeLessThan(jobKinds['mail-course-suspended'].priority)
  expect(jobKinds['check-order'].priority).toBeLessThan(jobKinds['reconcile-payments'].priority)
  expect(jobKinds['check-upload'].priority).toBeLessThan(jobKinds['delete-asset'].priority)
})
