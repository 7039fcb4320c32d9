import { describe, expect, it } from 'vitest'
import { later } from '../time'
import { type OrderRows, orderStory } from './order-story'

const start = new Date('2026-11-22T08:00:00.500Z')
const past = (seconds: number) => later(start, seconds)

const order = {
  ...{ id: 'o', amountPaise: 49_900, state: 'open', vendorOrderId: 'order_1', paymentId: null },
  ...{ createdAt: start, shownAt: null, paidAt: null, updatedAt: start },
}
const payment = {
  ...{ id: 'pay_1', amountPaise: 49_900, feePaise: null, currency: 'INR', method: 'upi' },
  ...{ vendorStatus: 'captured', outcome: 'granted', heldReason: null, error: null },
  ...{ paidAt: past(-0.5), createdAt: past(60), updatedAt: past(60) },
}
const nothing: OrderRows = {
  ...{ order, buyer: { name: 'Ravi' }, course: { title: 'Queues' }, purchase: null },
  ...{ payments: [], refunds: [], requests: [], disputes: [] },
  ...{ invoices: [], webhooks: [], jobs: [], acts: [] },
}
const tell = (given: Partial<OrderRows>) => orderStory({ ...nothing, ...given }).map(({ text }) => text)
const paid = { ...order, state: 'paid', paidAt: past(61) }
const request = {
  ...{ amountPaise: 10_000, state: 'sent', reason: 'Too fast', answer: null },
  ...{
    requestedBy: 'Ravi',
    decidedBy: 'Leela',
    createdAt: past(100),
    decidedAt: past(200),
    updatedAt: past(300),
  },
}

describe('the story of an order', () => {
  it('begins with who wanted what, also when the vendor’s clock says that the payment was before', () => {
    expect(tell({ order: paid, payments: [{ ...payment, feePaise: 1_178 }] })).toEqual([
      'Ravi started buying “Queues” for ₹499.',
      '₹499 by UPI (pay_1) was paid. Razorpay kept ₹11.78 of it.',
      'The course was opened.',
      'The receipt was emailed.',
    ])
    expect(tell({ order: { ...order, vendorOrderId: null } })).toContain(
      'Razorpay has not opened the order yet.',
    )
    expect(tell({ order: { ...order, state: 'abandoned' } }).at(-1)).toContain('not paid within five days')
  })

  it('tells what became of money that opened no course', () => {
    const held = { ...payment, outcome: 'held', heldReason: 'USD 5.00 paid.' }
    expect(tell({ payments: [held] }).at(-1)).toBe(
      'The payment is on hold until somebody decides. USD 5.00 paid.',
    )
    expect(tell({ payments: [{ ...payment, outcome: 'lost' }] }).at(-1)).toContain('lost in a dispute')
    expect(tell({ payments: [{ ...payment, vendorStatus: 'failed', error: 'No balance' }] }).at(-1)).toBe(
      'A payment of ₹499 by UPI (pay_1) was declined: No balance.',
    )
    expect(tell({ payments: [{ ...payment, vendorStatus: 'authorized', outcome: null }] }).at(-1)).toContain(
      'at Razorpay it is authorized',
    )
  })

  it('tells when the checkout was first opened', () => {
    expect(tell({ order: { ...order, shownAt: past(1) } })).toEqual([
      'Ravi started buying “Queues” for ₹499.',
      'The checkout was opened.',
    ])
  })

  it('tells whether the receipt has left', () => {
    const mail = (lastError: string | null) =>
      tell({ order: paid, jobs: [{ kind: 'mail-receipt', lastError }] }).at(-1)
    expect(mail(null)).toBe('The receipt is waiting to be emailed.')
    expect(mail('connection refused')).toBe('The receipt could not be emailed yet: connection refused.')
    expect(mail('AppError [upstream]: Nobody answers. < Error: connect')).toBe(
      'The receipt could not be emailed yet: Nobody answers.',
    )
  })

  it('tells who asked for money back, who decided, and what became of it', () => {
    expect(tell({ requests: [request] }).slice(1)).toEqual([
      'Ravi asked for ₹100 back: Too fast.',
      'Leela approved the refund of ₹100.',
    ])
    const said = (given: Partial<typeof request> & { answer?: string | null; state: string }) =>
      tell({ requests: [{ ...request, ...given } as typeof request] }).at(-1)
    expect(said({ state: 'asked' })).toBe('The request is waiting for a decision.')
    expect(said({ state: 'declined', answer: 'Too late' as never })).toBe('Leela declined it. Too late.')
    expect(said({ state: 'refused', answer: 'No such payment.' as never })).toBe(
      'It did not go through. No such payment.',
    )
    const act = { action: 'request-refund', actor: 'Ravi', reason: 'Too fast', at: past(100) }
    expect(tell({ requests: [request], acts: [act] })).toEqual(tell({ requests: [request] }))
    const refund = { id: 'rfnd_1', amountPaise: 10_000, createdAt: past(201), updatedAt: past(300) }
    expect(tell({ refunds: [{ ...refund, state: 'processed' }] }).at(-1)).toBe('₹100 was refunded.')
    expect(tell({ refunds: [{ ...refund, state: 'failed' }] }).at(-1)).toBe('The refund failed.')
  })

  it('tells of disputes and of what administrators did', () => {
    const dispute = {
      ...{ id: 'disp_1', amountPaise: 49_900, currency: 'INR', status: 'open', reasonCode: 'fraud_claim' },
      ...{ createdAt: past(400), updatedAt: past(500) },
    }
    expect(tell({ disputes: [dispute] }).at(-1)).toBe('The buyer’s bank disputed ₹499 (disp_1): fraud claim.')
    expect(tell({ disputes: [{ ...dispute, status: 'lost' }] }).at(-1)).toBe('The dispute ended: lost.')
    const act = { action: 'give-course', actor: 'Leela', reason: 'By phone', at: past(600) }
    expect(tell({ acts: [act] }).at(-1)).toBe('Leela gave the course: By phone.')
    expect(tell({ acts: [{ ...act, actor: null, action: 'x-y', reason: null }] }).at(-1)).toBe(
      'This site x y.',
    )
  })
})
