import { describe, expect, it } from 'vitest'
import { daySeconds } from '../time'
import { declineReason, isListed, mayPayNow, movingPayment, type PaidPart, standingOf } from './standing'

const now = new Date('2026-11-25T10:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const order = { state: 'open', vendorOrderId: 'order_A', lastError: null, createdAt: ago(5) }
const payment = (given: Partial<PaidPart>): PaidPart => ({
  ...{ id: 'pay_A', amountPaise: 500, vendorStatus: 'captured', outcome: null, error: null, paidAt: ago(1) },
  ...given,
})
const facts = { order, payments: [], refunds: [], disputes: [], hasAccess: false, isAsking: false }
const standing = (given: Partial<Parameters<typeof standingOf>[0]>) => standingOf({ ...facts, ...given }, now)
const granted = [payment({ outcome: 'granted' })]
const back = (amountPaise: number, state: 'pending' | 'processed' | 'failed') => ({
  ...{ paymentId: 'pay_A', amountPaise, state },
})

describe('an order that nobody has paid', () => {
  it('is not paid, never more than that', () => {
    expect(standing({})).toBe('not-paid')
    expect(standing({ order: { ...order, vendorOrderId: null } })).toBe('not-opened')
    expect(standing({ order: { ...order, state: 'abandoned' } })).toBe('expired')
    expect(standing({ order: { ...order, lastError: 'No.', createdAt: ago(5 * 24 * 60) } })).toBe('expired')
    expect(standing({ hasAccess: true })).toBe('owned')
  })

  it('is being checked while the answer is near, unless something better is known', () => {
    expect(standing({ isAsking: true })).toBe('checking')
    expect(standing({ isAsking: true, order: { ...order, state: 'abandoned' } })).toBe('checking')
    expect(standing({ isAsking: true, order: { ...order, lastError: 'No.' } })).toBe('declined')
    expect(standing({ isAsking: true, payments: [payment({ vendorStatus: 'authorized' })] })).toBe(
      'confirming',
    )
  })

  it('keeps the reason of the last decline', () => {
    const first = payment({ id: 'pay_1', vendorStatus: 'failed', error: 'Wrong PIN.', paidAt: ago(3) })
    const second = payment({ id: 'pay_2', vendorStatus: 'failed', error: 'No balance.' })
    expect(standing({ payments: [first, second] })).toBe('declined')
    expect(declineReason(order, [first, second])).toBe('No balance.')
    expect(declineReason({ lastError: 'Older.' }, [])).toBe('Older.')
    expect(declineReason(order, [{ ...first, error: null }])).toBe('The payment was declined.')
    expect(declineReason(order, [])).toBeNull()
  })

  it('is being confirmed while a bank may still say yes', () => {
    const begun = payment({ vendorStatus: 'created' })
    const failed = payment({ id: 'pay_B', vendorStatus: 'failed', error: 'No.' })
    expect(standing({ payments: [begun] })).toBe('confirming')
    expect(standing({ payments: [payment({ vendorStatus: 'pending', paidAt: ago(600) })] })).toBe(
      'confirming',
    )
    expect(movingPayment([{ ...begun, paidAt: ago(31) }], now)).toBeNull()
    expect(standing({ payments: [begun, failed] })).toBe('declined')
  })
})

describe('an order that is paid', () => {
  it('opens the course, also while a part goes back or a dispute is open', () => {
    expect(standing({ payments: granted, hasAccess: true })).toBe('in')
    expect(standing({ payments: granted, hasAccess: true, refunds: [back(100, 'processed')] })).toBe('in')
    const disputed = [{ paymentId: 'pay_A', status: 'under_review' }]
    expect(standing({ payments: granted, hasAccess: true, disputes: disputed })).toBe('disputed')
  })

  it('says what became of the money where it did not stay', () => {
    expect(standing({ payments: granted, hasAccess: true, refunds: [back(500, 'pending')] })).toBe(
      'returning',
    )
    expect(standing({ payments: granted, refunds: [back(500, 'processed')] })).toBe('returned')
    expect(standing({ payments: granted, refunds: [back(500, 'failed')] })).toBe('ended')
    expect(standing({ payments: granted, disputes: [{ paymentId: 'pay_A', status: 'lost' }] })).toBe('lost')
    for (const outcome of ['held', 'returning', 'returned', 'lost'] as const)
      expect(standing({ payments: [payment({ outcome })] })).toBe(outcome)
  })

  it('is told by the payment that opened the course, whatever became of a second one', () => {
    const payments = [payment({ id: 'pay_0', outcome: 'returning' }), ...granted]
    expect(standing({ payments, hasAccess: true })).toBe('in')
  })
})

describe('the form to pay', () => {
  const at = { moving: null, isOld: false, now }
  it('is there while nothing is under way, and not on old knowledge', () => {
    for (const one of ['not-paid', 'declined', 'checking'] as const) {
      expect(mayPayNow(one, at)).toBe(true)
      expect(mayPayNow(one, { ...at, isOld: true })).toBe(false)
    }
    for (const one of ['in', 'held', 'owned', 'expired', 'not-opened'] as const)
      expect(mayPayNow(one, at)).toBe(false)
  })

  it('comes back when a payment that was only begun takes long', () => {
    const confirming = (given: Partial<PaidPart>) =>
      mayPayNow('confirming', { ...at, moving: payment(given) })
    expect(confirming({ vendorStatus: 'created', paidAt: ago(1) })).toBe(false)
    expect(confirming({ vendorStatus: 'created', paidAt: ago(4) })).toBe(true)
    expect(confirming({ vendorStatus: 'authorized', paidAt: ago(40) })).toBe(false)
  })
})

it('An order that nobody paid is listed for a day, any other for good', () => {
  expect([
    isListed('not-paid', daySeconds - 1),
    isListed('not-paid', daySeconds),
    isListed('declined', daySeconds),
  ]).toEqual([true, false, false])
  expect([
    isListed('confirming', 9 * daySeconds),
    isListed('held', 9 * daySeconds),
    isListed('in', 9 * daySeconds),
  ]).toEqual([true, true, true])
})
