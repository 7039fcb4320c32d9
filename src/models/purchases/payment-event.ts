import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/connect'
import { orders } from '../../db/schema'
import type { Payment, PaymentEvent } from '../../ports/payments/payments'
import { withoutPerson } from '../../redaction'
import type { DbNow } from '../../services'
import { receiveOnce } from '../webhook-event'
import { type Order, recordDecline } from './order'
import { queueOrderSync } from './order-sync'
import type { InTransaction } from './purchase'
import { recordRefund } from './refund'
import { settlePayment } from './settlement'

export const applyPaymentEvent = (services: DbNow, event: PaymentEvent, payload: unknown): Promise<string> =>
  receiveOnce(
    services,
    { source: 'razorpay', id: event.id, type: event.type, payload: withoutPerson(payload) },
    (db) => apply({ db, now: services.now }, event),
  )

async function apply(tx: InTransaction, event: PaymentEvent): Promise<string> {
  if (event.about === 'other') return 'nothing to do'
  if (event.about === 'unreadable') return `not understood: ${event.problem}`
  if (event.about === 'dispute') return 'nothing to do'
  if (event.about === 'payment' && event.payment.state === 'unknown')
    return `not understood: payment ${event.payment.vendorStatus}`
  const paymentId = event.about === 'refund' ? event.refund.paymentId : event.payment.id
  const order = await findOrderOf(tx.db, event.payment, paymentId)
  if (!order) return 'unknown order'
  if (event.about === 'refund') {
    await recordRefund(tx, order.id, event.refund)
    return `refund ${event.refund.state}`
  }
  const { payment } = event
  if (payment.state === 'failed') {
    await recordDecline(tx, order.id, payment.error)
    return 'payment declined'
  }
  if (payment.state === 'authorized') {
    await queueOrderSync(tx, order.id)
    return 'payment authorised, order sync queued'
  }
  return settlePayment(tx, order.id, payment)
}

async function findOrderOf(
  db: Transaction,
  payment: Payment | null,
  paymentId: string,
): Promise<Order | undefined> {
  const isMeant = payment?.vendorOrderId
    ? eq(orders.vendorOrderId, payment.vendorOrderId)
    : eq(orders.paymentId, paymentId)
  const [order] = await db.select().from(orders).where(isMeant)
  return order
}
