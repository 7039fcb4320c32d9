import { eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { orders } from '../../db/schema'
import type { Payment } from '../../ports/payments/payments'
import type { Limit } from '../../rules/limits'
import { isCaptured, isExact } from '../../rules/purchases/outcome'
import { hourSeconds } from '../../rules/time'
import { type MoneyServices, required, type Services } from '../../services'
import { countUp } from '../limit'
import { rebuildOrderOf } from './lost-order'
import { findOrder, findOrderByReference, type Order } from './order'
import { recordRefund } from './refund'
import { settlePayment } from './settlement'
import { expectWebhook } from './webhook-silence'

export type PaymentServices = Pick<Services, 'db' | 'payments' | 'now' | 'config'>

/** AppError `upstream` while the payment service does not answer. */
export async function syncOrder(services: PaymentServices, order: Order): Promise<void> {
  const payments = required(services.payments, 'Buying')
  if (!order.vendorOrderId) return
  const known = await payments.listPayments(order.vendorOrderId)
  const isAuthorized = ({ state }: Payment) => state === 'authorized'
  // What is paid comes first: an order takes one payment, and capturing another is refused.
  for (const payment of [...known.filter((one) => !isAuthorized(one)), ...known.filter(isAuthorized)])
    await recordPayment(services, order, payment)
  await services.db.update(orders).set({ checkedAt: services.now() }).where(eq(orders.id, order.id))
}

export async function recordPayment(
  services: PaymentServices,
  order: Order,
  payment: Payment,
): Promise<void> {
  const payments = required(services.payments, 'Buying')
  if (payment.vendorOrderId !== order.vendorOrderId) return
  const captured = await captureDue(services, order, payment)
  const isTold = isCaptured(captured.vendorStatus)
  const verdict =
    isTold && order.vendorOrderId && !isExact(order, captured)
      ? await payments.findOrder(order.vendorOrderId)
      : undefined
  // Read before anything is granted: a settled order is not synced again.
  const refunds = isTold && captured.refundedPaise > 0 ? await payments.listRefunds(captured.id) : []
  await transact(services.db, async (db) => {
    const tx = { ...services, db }
    await expectWebhook(tx, captured)
    await settlePayment(tx, captured, verdict)
    for (const refund of refunds) await recordRefund(tx, refund)
  })
}

/** Whatever a list tells of: a payment of an order of ours, of one that was lost, or of none. */
export async function recordToldPayment(services: PaymentServices, payment: Payment): Promise<void> {
  const order = (await findToldOrder(services, payment)) ?? (await findLostOrder(services, payment))
  if (order) return recordPayment(services, order, payment)
  await transact(services.db, (db) => settlePayment({ ...services, db }, payment))
}

async function findToldOrder(
  { db }: PaymentServices,
  { vendorOrderId }: Payment,
): Promise<Order | undefined> {
  if (!vendorOrderId) return undefined
  const [order] = await db.select().from(orders).where(eq(orders.vendorOrderId, vendorOrderId))
  return order
}

/** After a restore; one of another site has a buyer and a course that are not here. */
async function findLostOrder(services: PaymentServices, payment: Payment): Promise<Order | undefined> {
  const { id, vendorOrderId, vendorStatus, state, createdAt } = payment
  if (!isCaptured(vendorStatus) && state !== 'authorized') return undefined
  const paidAt = createdAt ?? services.now()
  const lost = await rebuildOrderOf(services, { id, vendorOrderId, paidAt })
  return lost === 'attached' ? findToldOrder(services, payment) : undefined
}

/** A payment too many is not captured, and the payment service refunds it. */
async function captureDue(services: PaymentServices, order: Order, payment: Payment): Promise<Payment> {
  if (payment.state !== 'authorized' || payment.currency !== 'INR') return payment
  if ((await findOrder(services, order.id)).paymentId) return payment
  return required(services.payments, 'Buying').capture(payment.id, payment.amountPaise)
}

const recoveriesOfUser: Limit = {
  kind: 'recovery-of-person',
  most: 30,
  windowSeconds: hourSeconds,
  message: 'You have checked your payments often.',
}

/** AppError `limited` after 30 times an hour. */
export const countRecovery = (services: MoneyServices, userId: string) =>
  countUp(services, recoveriesOfUser, userId)

/**
 * `reference` as in `findOrderByReference`; AppError `limited` after 30 times an hour, `upstream`
 * while the payment service does not answer.
 */
export async function recoverOrder(
  services: PaymentServices,
  userId: string,
  reference: string,
): Promise<Order | null> {
  await countRecovery(services, userId)
  const payments = required(services.payments, 'Buying')
  let order = await findOrderByReference(services, userId, reference)
  if (!order && payments.isPaymentId(reference)) {
    const payment = await payments.findPayment(reference)
    if (payment?.vendorOrderId) order = await findOrderByReference(services, userId, payment.vendorOrderId)
  }
  if (order) await syncOrder(services, order)
  return order
}
