import { describe, expect, it } from 'vitest'
import { laterRefundState, refundablePaise, refundedPaise } from './refund'

const refund = (id: string, amountPaise: number, state: 'pending' | 'processed' | 'failed') => ({
  id,
  amountPaise,
  state,
})
const request = (amountPaise: number, state: string, refundId: string | null = null) => ({
  amountPaise,
  state,
  refundId,
})

describe('refunds', () => {
  it('move on in whatever order they are told', () => {
    expect(laterRefundState('pending', 'processed')).toBe('processed')
    expect(laterRefundState('processed', 'pending')).toBe('processed')
    expect(laterRefundState('processed', 'failed')).toBe('failed')
    expect(laterRefundState('failed', 'processed')).toBe('failed')
  })
  it('are back once they are processed', () => {
    expect(refundedPaise([])).toBe(0)
    const parts = [refund('a', 100, 'processed'), refund('b', 200, 'pending'), refund('c', 400, 'failed')]
    expect(refundedPaise(parts)).toBe(100)
  })
})

describe('what is left to refund', () => {
  it('leaves out what is back, on its way or asked for', () => {
    const known = [refund('a', 100, 'processed'), refund('b', 200, 'pending'), refund('c', 5_000, 'failed')]
    expect(refundablePaise(1_000, known, [request(300, 'approved')])).toBe(400)
  })
  it('counts a refund of ours once, and what was declined or refused not at all', () => {
    const requests = [
      request(200, 'sent', 'b'),
      request(1, 'asked'),
      request(2, 'declined'),
      request(4, 'refused'),
    ]
    expect(refundablePaise(1_000, [refund('b', 200, 'pending')], requests)).toBe(800)
  })
  it('is never below nothing', () => {
    expect(refundablePaise(100, [refund('a', 100, 'processed')], [request(100, 'approved')])).toBe(0)
  })
})
