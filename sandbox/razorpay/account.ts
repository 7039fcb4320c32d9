import type { Store } from '../store'
import {
  type BankPayment,
  type BankRefund,
  type Books,
  DECLINED,
  epochSeconds,
  type Notes,
  type Order,
  type PaymentError,
  Refused,
  type Settings,
  TIMED_OUT,
  vendorId,
} from './entities'
import { count, newPayment, setError } from './payment'

export type Outcome = 'paid' | 'declined' | 'late'
export type Attempt = { payment: BankPayment; error: PaymentError | null }
export type Announce = (
  event: string,
  about: { payment?: BankPayment; order?: Order; refund?: BankRefund },
) => void

export type Bank = ReturnType<typeof openBank>

/** The books and the rules about money: what may follow what, and which webhook tells of it. */
export function openBank(store: Store<Books>, settings: Settings, announce: Announce) {
  const { state } = store
  const timers = new Map<string, NodeJS.Timeout>()

  const orderOf = (id: string) => found(state.orders, id)
  const paymentOf = (id: string) => found(state.payments, id)
  const refundOf = (id: string) => found(state.refunds, id)

  function openOrder(order: {
    amount: number
    currency: string
    receipt: string | null
    notes: Notes
    unique: boolean
  }) {
    const same =
      order.unique && state.orders.find(({ receipt }) => receipt !== null && receipt === order.receipt)
    if (same) return same
    const { amount, currency, receipt, notes } = order
    const opened: Order = {
      id: vendorId('order_'),
      entity: 'order',
      amount,
      amount_paid: 0,
      amount_due: amount,
      currency,
      receipt,
      offer_id: null,
      status: 'created',
      attempts: 0,
      notes,
      created_at: epochSeconds(),
    }
    state.orders.push(opened)
    store.save()
    return opened
  }

  /** The payer's side: one attempt at this order. Refuses when it is paid or about to be. */
  function pay(orderId: string, outcome: Outcome, description: string | null = null): Attempt {
    const order = orderOf(orderId)
    const authorized = state.payments.some((one) => one.order_id === orderId && one.status === 'authorized')
    if (order.status === 'paid' || authorized) throw new Refused('Payment already done for this order.')
    const payment = newPayment(order, description)
    state.payments.push(payment)
    order.attempts += 1
    order.status = 'attempted'
    if (outcome === 'paid') {
      authorize(payment)
      return { payment, error: null }
    }
    const error = outcome === 'late' ? TIMED_OUT : DECLINED
    fail(payment, error)
    if (outcome === 'late') {
      const late = { paymentId: payment.id, at: Date.now() + settings.delaySeconds * 1000 }
      state.late.push(late)
      awaitBank(late)
    }
    store.save()
    return { payment, error }
  }

  function fail(payment: BankPayment, error: PaymentError) {
    payment.status = 'failed'
    setError(payment, error)
    announce('payment.failed', { payment })
  }

  function authorize(payment: BankPayment) {
    payment.status = 'authorized'
    payment.acquirer_data.rrn = String(payment.created_at).padStart(12, '0')
    setError(payment, null)
    announce('payment.authorized', { payment })
    // One order takes one payment: a second one stays authorised, and the real bank gives it back after some days.
    if (settings.capture === 'automatic' && orderOf(payment.order_id).status !== 'paid') take(payment)
    store.save()
  }

  function take(payment: BankPayment) {
    const order = orderOf(payment.order_id)
    payment.status = 'captured'
    payment.captured = true
    payment.fee = Math.round(payment.amount * 0.0236)
    payment.tax = Math.round(payment.amount * 0.0036)
    order.status = 'paid'
    order.amount_paid = payment.amount
    order.amount_due = 0
    announce('payment.captured', { payment })
    announce('order.paid', { payment, order })
    store.save()
  }

  function capture(paymentId: string, amount: number) {
    const payment = paymentOf(paymentId)
    if (payment.captured) throw new Refused('This payment has already been captured')
    if (payment.status !== 'authorized')
      throw new Refused('Only payments which have been authorized and not yet captured can be captured')
    if (amount !== payment.amount)
      throw new Refused('Capture amount must be equal to the amount authorized', 'amount')
    if (orderOf(payment.order_id).status === 'paid') throw new Refused('Payment already done for this order.')
    take(payment)
    return payment
  }

  function refund(
    paymentId: string,
    give: { amount?: number; notes?: Notes; speed?: string; receipt?: string | null },
  ) {
    const payment = paymentOf(paymentId)
    if (payment.status === 'refunded') throw new Refused('The payment has been fully refunded already')
    if (payment.status !== 'captured')
      throw new Refused('The payment status should be captured for action to be taken')
    const left = payment.amount - payment.amount_refunded
    const amount = give.amount ?? left
    if (amount > left)
      throw new Refused('The total refund amount is greater than the refund payment amount', 'amount')
    const refund: BankRefund = {
      id: vendorId('rfnd_'),
      entity: 'refund',
      amount,
      currency: payment.currency,
      payment_id: payment.id,
      notes: give.notes ?? [],
      receipt: give.receipt ?? null,
      acquirer_data: { arn: null },
      created_at: epochSeconds(),
      batch_id: null,
      status: 'pending',
      speed_processed: 'normal',
      speed_requested: give.speed ?? 'normal',
    }
    state.refunds.push(refund)
    count(payment, amount)
    announce('refund.created', { refund, payment })
    // A bank's no comes later than the answer, so the answer is still pending.
    const answer = settings.refunds === 'failed' ? { ...refund } : refund
    if (settings.refunds !== 'pending') settle(refund.id, settings.refunds)
    store.save()
    return answer
  }

  /** The bank's last word on a pending refund. */
  function settle(refundId: string, word: 'processed' | 'failed') {
    const refund = refundOf(refundId)
    if (refund.status !== 'pending') throw new Refused(`The refund is ${refund.status} already`)
    const payment = paymentOf(refund.payment_id)
    refund.status = word
    if (word === 'processed') refund.acquirer_data.arn = String(refund.created_at).padStart(12, '1')
    else count(payment, -refund.amount)
    announce(`refund.${word}`, { refund, payment })
    store.save()
    return refund
  }

  function awaitBank({ paymentId, at }: Books['late'][number]) {
    const answer = () => {
      timers.delete(paymentId)
      state.late = state.late.filter((one) => one.paymentId !== paymentId)
      authorize(paymentOf(paymentId))
    }
    timers.set(paymentId, setTimeout(answer, Math.max(0, at - Date.now())).unref())
  }

  for (const late of state.late) awaitBank(late)

  return {
    openOrder,
    pay,
    capture,
    refund,
    settle,
    order: orderOf,
    payment: paymentOf,
    refundById: refundOf,
    paymentsOf: (orderId: string) =>
      state.payments.filter((one) => one.order_id === orderOf(orderId).id).reverse(),
    refundsOf: (paymentId: string) =>
      state.refunds.filter((one) => one.payment_id === paymentOf(paymentId).id).reverse(),
    close() {
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}

function found<T extends { id: string }>(list: T[], id: string): T {
  const entity = list.find((one) => one.id === id)
  if (!entity) throw new Refused('The id provided does not exist')
  return entity
}
