import { expect, it } from 'vitest'
import { learntSentence, openOrderLine } from './open-order'

const heardAt = new Date('2026-11-22T08:35:00Z')
const nextAt = new Date('2026-11-22T09:05:00Z')
const open = { lastError: null, vendorOrderId: 'order_1', heardAt, nextAt }
const say = (given: { lastError?: string; vendorOrderId?: null }) =>
  openOrderLine({ ...open, ...given }, 'Asia/Kolkata')

it('An open order never says that nobody paid: it says what was heard, and when it is asked', () => {
  expect(say({})).toBe(
    'No payment reported as of 22 November 2026, 2:05 pm. Next check: 22 November 2026, 2:35 pm.',
  )
  expect(openOrderLine({ ...open, nextAt: null }, 'Asia/Kolkata')).not.toContain('Next')
  expect(say({ lastError: 'No balance.' })).toMatch(/^Declined: No balance\. Next check/)
  expect(say({ vendorOrderId: null })).toMatch(/^Not open at Razorpay yet/)
})

it('Asking says what was learnt', () => {
  const nothing = { isPaid: false, isHeld: false, lastError: null, tries: 0 }
  expect(learntSentence(nothing)).toBe('Razorpay has no payment for this order.')
  expect(learntSentence({ ...nothing, isPaid: true })).toContain('has the money')
  expect(learntSentence({ ...nothing, isHeld: true })).toContain('on hold here')
  expect(learntSentence({ ...nothing, tries: 1, lastError: 'No balance.' })).toContain('No balance.')
})
