import { describe, expect, it } from 'vitest'
import { daySeconds, later } from '../time'
import { hasEnded, isOlderNews, outcomeAfter, outcomeOf, quoteSeconds } from './outcome'

const opened = new Date('2026-11-01T10:00:00Z')
const order = { amountPaise: 49_900, paymentId: null, createdAt: opened }
const payment = { id: 'pay_A', amountPaise: 49_900, currency: 'INR', paidAt: later(opened, 60) }
const paid = { state: 'paid', amountPaise: 49_900, duePaise: 0, currency: 'INR' }
const buyer = { ownsCourse: false, hasLeft: false }
const usual = { order, payment, verdict: undefined, buyer, pricePaiseToday: 49_900 }

describe('a captured payment', () => {
  it('of exactly the amount grants the course, whatever else is known of the order', () => {
    expect(outcomeOf(usual)).toEqual({ outcome: 'granted' })
    expect(outcomeOf({ ...usual, verdict: { ...paid, state: 'created' } })).toEqual({ outcome: 'granted' })
    expect(outcomeOf({ ...usual, order: { ...order, paymentId: 'pay_A' } })).toEqual({ outcome: 'granted' })
  })
  it.each([
    ['an offer', { amountPaise: 44_910 }],
    ['a fee that the buyer bears', { amountPaise: 51_078 }],
    ['another currency', { amountPaise: 599, currency: 'USD' }],
  ])('with %s waits for the verdict on its order, and grants when that is paid', (_, change) => {
    const other = { ...usual, payment: { ...payment, ...change } }
    expect(outcomeOf(other)).toEqual({ outcome: 'ask' })
    expect(outcomeOf({ ...other, verdict: paid })).toEqual({ outcome: 'granted' })
  })
  it.each([
    null,
    { ...paid, state: 'attempted' },
    { ...paid, duePaise: 1 },
    { ...paid, amountPaise: 49_899 },
    { ...paid, currency: 'USD' },
  ])('of another amount is held while the verdict is %o', (verdict) => {
    const other = { ...usual, payment: { ...payment, amountPaise: 100 } }
    expect(outcomeOf({ ...other, verdict })).toMatchObject({ outcome: 'held' })
  })
  it('of an order that is paid goes back, whatever its amount', () => {
    const second = { ...usual, order: { ...order, paymentId: 'pay_B' } }
    expect(outcomeOf(second).outcome).toBe('returning')
    expect(outcomeOf({ ...second, payment: { ...payment, amountPaise: 1 } }).outcome).toBe('returning')
  })
  it('goes back to who owns the course or has left', () => {
    expect(outcomeOf({ ...usual, buyer: { ...buyer, ownsCourse: true } }).outcome).toBe('returning')
    expect(outcomeOf({ ...usual, buyer: { ...buyer, hasLeft: true } }).outcome).toBe('returning')
  })
})

describe('a quote', () => {
  const paidAfter = (seconds: number, pricePaiseToday: number | null) =>
    outcomeOf({ ...usual, payment: { ...payment, paidAt: later(opened, seconds) }, pricePaiseToday }).outcome
  it('holds five days, also when the price has risen or the course is off sale', () => {
    expect(quoteSeconds).toBe(5 * daySeconds)
    expect(paidAfter(quoteSeconds, 500_000)).toBe('granted')
    expect(paidAfter(quoteSeconds, null)).toBe('granted')
  })
  it('is over then: a lower amount than today’s price goes back', () => {
    expect(paidAfter(quoteSeconds + 1, 49_901)).toBe('returning')
    expect(paidAfter(quoteSeconds + 1, null)).toBe('returning')
    expect(paidAfter(quoteSeconds + 1, 49_900)).toBe('granted')
    expect(paidAfter(quoteSeconds + 1, 100)).toBe('granted')
  })
})

describe('what came back', () => {
  const money = { amountPaise: 1_000, refundedPaise: 0, isLost: false }
  it('changes the outcome when it is everything that was paid', () => {
    expect(outcomeAfter('granted', money)).toBe('granted')
    expect(outcomeAfter('granted', { ...money, refundedPaise: 999 })).toBe('granted')
    expect(outcomeAfter('granted', { ...money, refundedPaise: 1_000 })).toBe('returned')
    expect(outcomeAfter('returning', { ...money, refundedPaise: 1_000 })).toBe('returned')
    expect(outcomeAfter('held', { ...money, isLost: true })).toBe('lost')
  })
  it('ends access, as taking the course back does', () => {
    const kept = { takenBackAt: null }
    expect((['granted', 'returned', 'lost', null] as const).map((one) => hasEnded(kept, one))).toEqual([
      false,
      true,
      true,
      false,
    ])
    expect(hasEnded({ takenBackAt: opened }, 'granted')).toBe(true)
  })
})

describe('news', () => {
  it('is older when it tells of an earlier step', () => {
    expect(isOlderNews('captured', 'authorized')).toBe(true)
    expect(isOlderNews('captured', 'failed')).toBe(true)
    expect(isOlderNews('failed', 'authorized')).toBe(false)
    expect(isOlderNews('captured', 'captured')).toBe(false)
    expect(isOlderNews('captured', 'something new')).toBe(true)
  })
})
