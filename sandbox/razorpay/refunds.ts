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

/** The refunds of a merchant's account. */
export function openRefunds(store: Store<Records>, settings: Settings, announce: Announce) {
  const { state } = store

  function refund(
    paymentId: string,
    wanted: { amount?: number; notes?: Notes; speed?: string; receipt?: string | null },
  ) {
    const payment = found(state.payments, paymentId)
    if (payment.status === 'refunded') throw new Refused('The payment has been fully refunded already')
    if (payment.status !== 'captured')
      throw new Refused('The payment status should be captured for action to be taken')
    const left = payment.amount - payment.amount_refunded
    const amount = wanted.amount ?? left
    if (amount > left)
      throw new Refused('The total refund amount is greater than the refund payment amount', 'amount')
    const refund: Refund = {
      id: vendorId('rfnd_'),
      entity: 'refund',
      amount,
      currency: payment.currency,
      payment_id: payment.id,
      notes: wanted.notes ?? [],
      receipt: wanted.receipt ?? null,
      acquirer_data: { arn: null },
      created_at: secondsAt(settings),
      batch_id: null,
      status: 'pending',
      speed_processed: 'normal',
      speed_requested: wanted.speed ?? 'normal',
    }
    state.refunds.push(refund)
    count(payment, amount)
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
    else count(payment, -refund.amount)
    announce(`refund.${outcome}`, { refund, payment })
    store.save()
    return refund
  }

  return {
    refund,
    settle,
    refundById: (id: string) => found(state.refunds, id),
    refundsOf: (paymentId: string) =>
      state.refunds.filter((one) => one.payment_id === found(state.payments, paymentId).id),
  }
}

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
