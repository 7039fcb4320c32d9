import { describe, expect, it } from 'vitest'
import { isFullyRefunded, laterRefundState, nextCheckSeconds, paysFor, refusalToSell } from './purchase'

const course = { isPublished: true, archivedAt: null, pricePaise: 49_900, ownerId: 'instructor' }

describe('selling', () => {
  it('sells what is published, priced and not owned', () => {
    expect(refusalToSell(course, { id: 'asha', owns: false })).toBeNull()
    expect(refusalToSell({ ...course, pricePaise: 0 }, { id: 'asha', owns: false })).toBeNull()
  })
  it('sells nobody what they have already, their own course included', () => {
    expect(refusalToSell(course, { id: 'asha', owns: true })).toBe('has access')
    expect(refusalToSell(course, { id: 'instructor', owns: false })).toBe('has access')
  })
  it('does not sell drafts, archived courses and courses without a price', () => {
    for (const change of [{ isPublished: false }, { archivedAt: new Date() }, { pricePaise: null }]) {
      expect(refusalToSell({ ...course, ...change }, { id: 'asha', owns: false })).toBe('not on sale')
    }
  })
})

describe('a payment', () => {
  const order = { razorpayOrderId: 'order_A', amountPaise: 49_900 }
  const payment = { vendorOrderId: 'order_A', amountPaise: 49_900, currency: 'INR', state: 'captured' }
  it('pays its own order with the exact amount', () => {
    expect(paysFor(order, payment)).toBe(true)
    expect(paysFor(order, { ...payment, state: 'refunded' })).toBe(true)
  })
  it.each([
    { vendorOrderId: 'order_a' },
    { vendorOrderId: null },
    { amountPaise: 49_899 },
    { currency: 'USD' },
    { state: 'authorized' },
    { state: 'failed' },
  ])('does not pay with %o', (change) => {
    expect(paysFor(order, { ...payment, ...change })).toBe(false)
  })
  it('never pays an order that the bank does not know', () => {
    expect(paysFor({ ...order, razorpayOrderId: null }, { ...payment, vendorOrderId: null })).toBe(false)
  })
})

describe('refunds', () => {
  it('move on in whatever order they are heard', () => {
    expect(laterRefundState('pending', 'processed')).toBe('processed')
    expect(laterRefundState('processed', 'pending')).toBe('processed')
    expect(laterRefundState('processed', 'failed')).toBe('failed')
    expect(laterRefundState('failed', 'processed')).toBe('failed')
  })
  it('end access only when everything has gone back', () => {
    expect(isFullyRefunded(500, [{ amountPaise: 499, state: 'processed' }])).toBe(false)
    expect(isFullyRefunded(500, [{ amountPaise: 500, state: 'pending' }])).toBe(false)
    const halves = [
      { amountPaise: 250, state: 'processed' as const },
      { amountPaise: 250, state: 'processed' as const },
    ]
    expect(isFullyRefunded(500, halves)).toBe(true)
  })
})

describe('asking the bank', () => {
  it('begins after a minute, grows, and ends after five days', () => {
    expect(nextCheckSeconds(0, 0)).toBe(60)
    expect(nextCheckSeconds(1, 60)).toBe(120)
    expect(nextCheckSeconds(30, 3600)).toBe(3600)
    expect(nextCheckSeconds(60, 2 * 86_400)).toBe(6 * 3600)
    expect(nextCheckSeconds(90, 6 * 86_400)).toBeNull()
  })
})
