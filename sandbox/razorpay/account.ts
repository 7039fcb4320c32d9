import type { Store } from '../store'
import { feeOf } from './amounts'
import { openDisputes } from './disputes'
import { type Announce, type Payment, type Records, type Settings, secondsAt } from './entities'
import { type NewOrder, newOrder, newPayment, type Payer, setError } from './payment'
import { openRefunds } from './refunds'
import { DECLINED, found, type PaymentError, PENDING, Refused, TIMED_OUT } from './refusal'

export const outcomes = ['paid', 'declined', 'late', 'pending'] as const
export type Outcome = (typeof outcomes)[number]
export type Attempt = { payment: Payment; error: PaymentError | null }

export type Account = ReturnType<typeof openAccount>

/**
 * A merchant's account: its orders and payments, what may follow what, and which webhook tells of
 * it.
 */
export function openAccount(store: Store<Records>, settings: Settings, announce: Announce) {
  const { state } = store
  const timers = new Map<string, NodeJS.Timeout>()

  const orderOf = (id: string) => found(state.orders, id)
  const paymentOf = (id: string) => found(state.payments, id)

  function openOrder({ unique, ...order }: NewOrder & { unique: boolean }) {
    const same = unique && state.orders.find(({ receipt }) => receipt !== null && receipt === order.receipt)
    if (same) return same
    const opened = newOrder(order, secondsAt(settings))
    state.orders.push(opened)
    store.save()
    return opened
  }

  /** The payer's side: one attempt at this order. Refuses when it is paid or about to be. */
  function pay(orderId: string, outcome: Outcome, payer: Partial<Payer> = {}): Attempt {
    const order = orderOf(orderId)
    const authorized = state.payments.some((one) => one.order_id === orderId && one.status === 'authorized')
    if (order.status === 'paid' || authorized) throw new Refused('Payment already done for this order.')
    const payment = newPayment(order, payer, settings)
    state.payments.push(payment)
    order.attempts += 1
    order.status = 'attempted'
    if (outcome === 'paid') {
      authorize(payment)
      return { payment, error: null }
    }
    const error = { late: TIMED_OUT, declined: DECLINED, pending: PENDING }[outcome]
    if (outcome === 'pending') {
      payment.status = 'pending'
      announce('payment.pending', { payment })
    } else fail(payment, error)
    if (outcome !== 'declined') {
      const late = { paymentId: payment.id, at: Date.now() + settings.delaySeconds * 1000 }
      state.late.push(late)
      confirmLater(late)
    }
    store.save()
    return { payment, error }
  }

  function fail(payment: Payment, error: PaymentError) {
    payment.status = 'failed'
    setError(payment, error)
    announce('payment.failed', { payment })
  }

  function authorize(payment: Payment) {
    payment.status = 'authorized'
    payment.acquirer_data.rrn = String(payment.created_at).padStart(12, '0')
    setError(payment, null)
    announce('payment.authorized', { payment })
    // One order takes one payment: a second one stays authorised, and Razorpay refunds it after
    // some days.
    if (settings.capture === 'automatic' && orderOf(payment.order_id).status !== 'paid') captureNow(payment)
    store.save()
  }

  function captureNow(payment: Payment) {
    const order = orderOf(payment.order_id)
    payment.status = 'captured'
    payment.captured = true
    Object.assign(payment, feeOf(payment))
    announce('payment.captured', { payment })
    // Offers and fees are between the payer and Razorpay: the order is paid in full. Money in
    // another currency does not pay an order in rupees.
    if (payment.currency === order.currency) {
      order.status = 'paid'
      order.amount_paid = order.amount
      order.amount_due = 0
      announce('order.paid', { payment, order })
    }
    store.save()
  }

  function capture(paymentId: string, amount: number, currency: string) {
    const payment = paymentOf(paymentId)
    if (payment.captured) throw new Refused('This payment has already been captured')
    if (payment.status !== 'authorized')
      throw new Refused('Only payments which have been authorized and not yet captured can be captured')
    if (currency !== payment.currency) throw new Refused('Currency does not match the payment', 'currency')
    if (amount !== payment.amount)
      throw new Refused('Capture amount must be equal to the amount authorized', 'amount')
    if (orderOf(payment.order_id).status === 'paid') throw new Refused('Payment already done for this order.')
    captureNow(payment)
    return payment
  }

  function confirmLater({ paymentId, at }: Records['late'][number]) {
    const confirm = () => {
      timers.delete(paymentId)
      state.late = state.late.filter((one) => one.paymentId !== paymentId)
      authorize(paymentOf(paymentId))
    }
    timers.set(paymentId, setTimeout(confirm, Math.max(0, at - Date.now())).unref())
  }

  for (const late of state.late) confirmLater(late)

  return {
    openOrder,
    pay,
    capture,
    ...openRefunds(store, settings, announce),
    ...openDisputes(store, settings, announce),
    order: orderOf,
    payment: paymentOf,
    paymentsOf: (orderId: string) =>
      state.payments.filter((one) => one.order_id === orderOf(orderId).id).reverse(),
    close() {
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
