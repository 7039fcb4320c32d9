import { describe, expect, it } from 'vitest'
import { moneyLines } from './money-lines'

const at = new Date('2026-11-25T10:00:00Z')
const payment = (id: string, amountPaise: number, given: object = {}) => ({
  ...{ id, amountPaise, currency: 'INR', method: 'upi', outcome: 'granted', paidAt: at },
  ...given,
})
const lines = (of: Parameters<typeof moneyLines>[1], amountPaise = 50_000) =>
  moneyLines({ amountPaise }, of).map(({ kind, amount, detail }) => [kind, amount, detail])

describe('the money of an order', () => {
  it('is one line where the price was paid, and none where nothing was', () => {
    const none = { refunds: [], disputes: [] }
    expect(lines({ ...none, payments: [payment('a', 50_000)] })).toEqual([['paid', 50_000, 'upi']])
    expect(lines({ ...none, payments: [payment('a', 50_000, { outcome: null })] })).toEqual([])
  })

  it('tells an offer and a fee apart from the price', () => {
    const of = (amountPaise: number, given = {}) =>
      lines({ payments: [payment('a', amountPaise, given)], refunds: [], disputes: [] })
    expect(of(45_000)).toEqual([
      ['price', 50_000, null],
      ['offer', -5_000, null],
      ['paid', 45_000, 'upi'],
    ])
    expect(of(51_180)[1]).toEqual(['fee', 1_180, null])
    expect(of(1_000, { currency: 'USD' })).toEqual([['paid', 1_000, 'upi']])
  })

  it('shows every refund with its payment, of a second payment too, and disputes', () => {
    const back = (paymentId: string, amountPaise: number, state: 'pending' | 'processed' | 'failed') => ({
      ...{ paymentId, amountPaise, state, createdAt: at },
    })
    const dispute = { paymentId: 'a', amountPaise: 50_000, deductedPaise: 0, status: 'open', currency: 'INR' }
    expect(
      lines({
        payments: [payment('a', 50_000), payment('b', 50_000, { outcome: 'returning', method: null })],
        refunds: [back('a', 10_000, 'processed'), back('b', 50_000, 'pending')],
        disputes: [{ ...dispute, createdAt: at }],
      }),
    ).toEqual([
      ['paid', 50_000, 'upi'],
      ['refund', -10_000, 'processed'],
      ['dispute', -50_000, 'open'],
      ['paid-again', 50_000, null],
      ['refund', -50_000, 'pending'],
    ])
  })
})
