import type { Store } from '../store'
import {
  type Announce,
  type Notes,
  type Payment,
  type Records,
  type Refund,
  type Settings,
  secondsAt,
  vendorId,
} from './entities'
import { found, Refused } from './refusal'

interface Wanted {
  amount?: number
  notes?: Notes
  speed?: Refund['speed_requested']
  receipt?: string | null
}

/** The refunds of a merchant's account. */
export function openRefunds(store: Store<Records>, settings: Settings, announce: Announce) {
  const { state } = store

  function refund(paymentId: string, wanted: Wanted) {
    const payment = found(state.payments, paymentId)
    const amount = wanted.amount ?? payment.amount - payment.amount_refunded
    refuseUnless(payment, amount, settings.balance)
    const refund = newRefund(payment, { ...wanted, amount }, secondsAt(settings))
    state.refunds.push(refund)
    move(payment, amount)
    announce('refund.created', { refund, payment })
    // A refund fails later than it is answered, so the answer is still pending.
    const answer = settings.refunds === 'failed' ? { ...refund } : refund
    if (settings.refunds !== 'pending') settle(refund.id, settings.refunds)
    store.save()
    return answer
  }

  /** How a pending refund ends. */
  function settle(refundId: string, outcome: 'processed' | 'failed') {
    const refund = found(state.refunds, refundId)
    if (refund.status !== 'pending') throw new Refused(`The refund is ${refund.status} already`)
    const payment = found(state.payments, refund.payment_id)
    refund.status = outcome
    if (outcome === 'processed') refund.acquirer_data.arn = String(refund.created_at).padStart(12, '1')
    else move(payment, -refund.amount)
    announce(`refund.${outcome}`, { refund, payment })
    store.save()
    return refund
  }

  function move(payment: Payment, amount: number) {
    count(payment, amount)
    if (settings.balance !== null) settings.balance -= amount
  }

  /** The bank cannot do it at once, so that an instant refund becomes a normal one. */
  function slowDown(refundId: string) {
    const refund = found(state.refunds, refundId)
    if (refund.speed_processed === 'normal') throw new Refused('The refund is a normal one')
    refund.speed_processed = 'normal'
    announce('refund.speed_changed', { refund, payment: found(state.payments, refund.payment_id) })
    store.save()
    return refund
  }

  return {
    refund,
    slowDown,
    settle,
    refundById: (id: string) => found(state.refunds, id),
    refundsOf: (paymentId: string) =>
      state.refunds.filter((one) => one.payment_id === found(state.payments, paymentId).id),
  }
}

function refuseUnless(payment: Payment, amount: number, balance: number | null) {
  if (payment.status === 'refunded') throw new Refused('The payment has been fully refunded already')
  if (payment.status !== 'captured')
    throw new Refused('The payment status should be captured for action to be taken')
  if (amount > payment.amount - payment.amount_refunded)
    throw new Refused('The total refund amount is greater than the refund payment amount', 'amount')
  if (balance !== null && amount > balance)
    throw new Refused(
      'Your account does not have enough balance to carry out the refund operation. You can add funds to your account from your Razorpay dashboard or capture new payments.',
    )
}

const newRefund = (
  payment: Payment,
  { amount, notes = [], receipt = null, speed = 'normal' }: Wanted & { amount: number },
  at: number,
): Refund => ({
  id: vendorId('rfnd_'),
  entity: 'refund',
  amount,
  currency: payment.currency,
  payment_id: payment.id,
  notes,
  receipt,
  acquirer_data: { arn: null },
  created_at: at,
  batch_id: null,
  status: 'pending',
  speed_processed: speed === 'optimum' ? 'instant' : 'normal',
  speed_requested: speed,
})

/**
 * Adds to what is refunded of a payment (or takes from it, below zero) and gives the payment the
 * state that follows.
 */
function count(payment: Payment, amount: number) {
  payment.amount_refunded += amount
  const full = payment.amount_refunded === payment.amount
  payment.refund_status = full ? 'full' : payment.amount_refunded > 0 ? 'partial' : null
  payment.status = full ? 'refunded' : 'captured'
}
