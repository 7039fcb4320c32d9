import type { Store } from '../store'
import { type Announce, type Payment, type Records, type Settings, secondsAt } from './entities'
import { type NewOrder, newOrder, newPayment, setError } from './payment'
import { openRefunds } from './refunds'
import { DECLINED, found, type PaymentError, Refused, TIMED_OUT } from './refusal'

export type Outcome = 'paid' | 'declined' | 'late'
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
  const refunds = openRefunds(store, settings, announce)

  function openOrder({ unique, ...order }: NewOrder & { unique: boolean }) {
    const same = unique && state.orders.find(({ receipt }) => receipt !== null && receipt === order.receipt)
    if (same) return same
    const opened = newOrder(order, secondsAt(settings))
    state.orders.push(opened)
    store.save()
    return opened
  }

  /** The payer's side: one attempt at this order. Refuses when it is paid or about to be. */
  function pay(orderId: string, outcome: Outcome, description: string | null = null): Attempt {
    const order = orderOf(orderId)
    const authorized = state.payments.some((one) => one.order_id === orderId && one.status === 'authorized')
    if (order.status === 'paid' || authorized) throw new Refused('Payment already done for this order.')
    const payment = newPayment(order, description, secondsAt(settings))
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
    ...refunds,
    order: orderOf,
    payment: paymentOf,
    dispute: (id: string) => found(state.disputes, id),
    paymentsOf: (orderId: string) =>
      state.payments.filter((one) => one.order_id === orderOf(orderId).id).reverse(),
    close() {
      for (const timer of timers.values()) clearTimeout(timer)
    },
  }
}
