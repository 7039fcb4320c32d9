import type { PurchaseStatus } from '../../src/models/purchases/purchase-history'
import { rupees } from '../../src/rules/format'
import type { Step } from '../parts/progress'

export function headline({ order, hasAccess, refunds }: PurchaseStatus): string {
  if (order.state === 'open')
    return order.lastError ? 'The payment did not go through' : 'Waiting for your payment'
  if (order.state === 'abandoned') return 'This order was not paid'
  if (order.state === 'duplicate') return 'You already own this course, so you get this payment back'
  if (hasAccess) return 'You are in'
  return refunds.length > 0 ? 'This purchase was refunded' : 'Payment received'
}

export function steps({ order, hasAccess, refunds }: PurchaseStatus): Step[] {
  const isPaid = order.paymentId !== null
  const payment = paymentStep(order)
  if (order.state === 'duplicate') {
    const refund = refunds.find(({ state }) => state !== 'failed')
    return [
      payment,
      { title: 'Refund started', text: refund?.id, state: refund ? 'done' : 'current' },
      {
        title: 'Refund completed',
        text: 'Your bank usually takes five to seven working days to show it.',
        state: refund?.state === 'processed' ? 'done' : 'waiting',
      },
    ]
  }
  if (isPaid && !hasAccess && refunds.length > 0) {
    return [payment, { title: 'Refunded', text: 'Your access to the course has ended.', state: 'done' }]
  }
  return [
    { title: 'Order placed', state: 'done' },
    payment,
    { title: 'You are in', state: hasAccess && isPaid ? 'done' : 'waiting' },
  ]
}

function paymentStep({ paymentId, amountPaise, state, lastError }: PurchaseStatus['order']): Step {
  if (paymentId) return { title: 'Payment received', text: rupees(amountPaise), state: 'done' }
  if (lastError) return { title: 'Payment failed', text: lastError, state: 'failed' }
  if (state === 'abandoned') return { title: 'Not paid', state: 'failed' }
  return { title: 'Waiting for your payment', text: 'This page updates by itself.', state: 'current' }
}
