import { transact } from '../../db/connect'
import type { Payment } from '../../ports/payments/payments'
import type { Limit } from '../../rules/limits'
import { hourSeconds } from '../../rules/time'
import { required, type Services, type TxNow } from '../../services'
import { addJobOnce } from '../job'
import { countUp } from '../limit'
import { findOrder, findOrderByReference, type Order, recordDecline } from './order'
import { recordRefund, recordRefunds } from './refund'
import { settlePayment } from './settlement'

export type PaymentServices = Pick<Services, 'db' | 'payments' | 'now'>

/** AppError `upstream` while the payment service does not answer. */
export async function syncOrder(services: PaymentServices, order: Order): Promise<void> {
  const payments = required(services.payments, 'Buying')
  if (!order.vendorOrderId) return
  const known = await payments.listPayments(order.vendorOrderId)
  const isAuthorized = ({ state }: Payment) => state === 'authorized'
  // What is paid comes first: an order takes one payment, and capturing another is refused.
  for (const payment of [...known.filter((one) => !isAuthorized(one)), ...known.filter(isAuthorized)])
    await recordPayment(services, order, payment)
}

export async function recordPayment(
  services: PaymentServices,
  order: Order,
  payment: Payment,
): Promise<void> {
  const payments = required(services.payments, 'Buying')
  if (payment.vendorOrderId !== order.vendorOrderId) return
  if (payment.state === 'failed') return recordDecline(services, order.id, payment.error)
  const isDue = payment.state === 'authorized' && payment.amountPaise === order.amountPaise
  // A payment too many is not captured, and the payment service refunds it.
  if (isDue && (await findOrder(services, order.id)).paymentId) return
  const captured = isDue ? await payments.capture(payment.id, payment.amountPaise) : payment
  // Read before anything is granted: a settled order is not synced again.
  const refunds = captured.refundedPaise > 0 ? await payments.listRefunds(captured.id) : []
  await transact(services.db, async (db) => {
    const tx = { db, now: services.now }
    await settlePayment(tx, order.id, captured)
    for (const refund of refunds) await recordRefund(tx, order.id, refund)
  })
}

/** AppError `upstream` while the payment service does not answer. */
export async function syncRefunds(services: PaymentServices, order: Order): Promise<void> {
  const payments = required(services.payments, 'Buying')
  const payment = order.paymentId ? await payments.findPayment(order.paymentId) : null
  if (!payment || payment.refundedPaise === 0) return
  await recordRefunds(services, order.id, await payments.listRefunds(payment.id))
}

/** Anybody who knows an order may cause this, so one job that is about to run is enough. */
export const queueOrderSync = (services: TxNow, orderId: string): Promise<void> =>
  addJobOnce(services, 'check-order', { orderId, once: 'yes' })

const recoveriesOfUser: Limit = {
  kind: 'recovery-of-person',
  most: 30,
  windowSeconds: hourSeconds,
  message: 'You have checked your payments often.',
}

/**
 * `reference` as in `findOrderByReference`; AppError `limited` after 30 times an hour, `upstream`
 * while the payment service does not answer.
 */
export async function recoverOrder(
  services: Pick<Services, 'db' | 'payments' | 'now' | 'config'>,
  userId: string,
  reference: string,
): Promise<Order | null> {
  await countUp(services, recoveriesOfUser, userId)
  const payments = required(services.payments, 'Buying')
  let order = await findOrderByReference(services, userId, reference)
  if (!order && payments.isPaymentId(reference)) {
    const payment = await payments.findPayment(reference)
    if (payment?.vendorOrderId) order = await findOrderByReference(services, userId, payment.vendorOrderId)
  }
  if (order) await syncOrder(services, order)
  return order
}
