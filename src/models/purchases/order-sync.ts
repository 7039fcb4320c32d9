import { and, eq, isNull, lte, sql } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { jobs, orders } from '../../db/schema'
import { AppError } from '../../errors'
import type { Payment, PaymentEvent } from '../../ports/payments/payments'
import { withoutPerson } from '../../redaction'
import { type DbNow, required, type Services } from '../../services'
import { addJob } from '../job'
import { receiveOnce } from '../webhook-event'
import { findOrder, noteRefusal, type Order } from './order'
import { noteRefundIn, settle } from './settlement'

type Bank = Pick<Services, 'db' | 'payments' | 'now'>

/** Asks the bank about an order and believes it: takes what is authorised, settles what is paid, notes refusals and refunds. Refuses with `upstream` while it does not answer. */
export async function askBank(services: Bank, order: Order): Promise<void> {
  const payments = required(services.payments, 'Buying')
  if (!order.razorpayOrderId) return
  const known = await payments.listPayments(order.razorpayOrderId)
  const isToTake = ({ state }: Payment) => state === 'authorized'
  // What is paid comes first: an order takes one payment, so the bank refuses to take another.
  for (const payment of [...known.filter((one) => !isToTake(one)), ...known.filter(isToTake)])
    await believe(services, order, payment)
}

/** Takes in a receipt that a browser brought. Refuses a forged one with `invalid`; while the bank does not answer, a job asks it again. */
export async function bringReceipt(
  services: Bank,
  order: Order,
  receipt: { paymentId: string; signature: string },
): Promise<void> {
  const payments = required(services.payments, 'Buying')
  const isGenuine =
    order.razorpayOrderId !== null &&
    (await payments.isReceiptGenuine({ vendorOrderId: order.razorpayOrderId, ...receipt }))
  if (!isGenuine)
    throw new AppError('invalid', 'This receipt was not signed by the bank. Nothing has changed.')
  try {
    const payment = await payments.findPayment(receipt.paymentId)
    if (payment) await believe(services, order, payment)
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    await askBankSoon(services, order.id)
  }
}

const soonMs = 60_000

/** Has a job ask the bank about an order at once. Anybody who knows an order may cause this, so one that is about to ask is enough. */
export async function askBankSoon(services: DbNow, orderId: string): Promise<void> {
  const soon = new Date(services.now().getTime() + soonMs)
  const [waiting] = await services.db
    .select({ id: jobs.id })
    .from(jobs)
    .where(
      and(
        eq(jobs.kind, 'check-order'),
        lte(jobs.runAt, soon),
        isNull(jobs.lockedUntil),
        sql`json_value(${jobs.payload}, '$.orderId') = ${orderId}`,
        sql`json_value(${jobs.payload}, '$.once') = 'yes'`,
      ),
    )
    .limit(1)
  if (!waiting) await addJob(services, 'check-order', { orderId, once: 'yes' })
}

async function believe(services: Bank, order: Order, payment: Payment): Promise<void> {
  const payments = required(services.payments, 'Buying')
  if (payment.vendorOrderId !== order.razorpayOrderId) return
  if (payment.state === 'failed') {
    await noteRefusal(services, order.id, payment.error ?? 'The bank declined the payment.')
    return
  }
  const isDue = payment.state === 'authorized' && payment.amountPaise === order.amountPaise
  // Not taken, a payment too many goes back by itself.
  if (isDue && (await findOrder(services, order.id)).paymentId) return
  const taken = isDue ? await payments.capture(payment.id, payment.amountPaise) : payment
  // Read before anything is granted: a settled order is not asked about again.
  const given = taken.refundedPaise > 0 ? await payments.listRefunds(taken.id) : []
  await transact(services.db, async (tx) => {
    await settle(tx, services, order.id, taken)
    for (const refund of given) await noteRefundIn(tx, services, order.id, refund)
  })
}

/** Asks the bank whether a settled payment went back meanwhile, and follows what it says. Refuses with `upstream` while it does not answer. */
export async function askAboutRefunds(services: Bank, order: Order): Promise<void> {
  const payments = required(services.payments, 'Buying')
  const payment = order.paymentId ? await payments.findPayment(order.paymentId) : null
  if (!payment || payment.refundedPaise === 0) return
  for (const refund of await payments.listRefunds(payment.id))
    await transact(services.db, (tx) => noteRefundIn(tx, services, order.id, refund))
}

/** Takes in a webhook whose signature was right; gives what came of it, in words. */
export const receivePaymentEvent = (services: Bank, event: PaymentEvent, payload: unknown): Promise<string> =>
  receiveOnce(
    services,
    { source: 'razorpay', id: event.id, type: event.type, payload: withoutPerson(payload) },
    async (tx) => {
      if (event.about === 'other') return 'nothing to do'
      if (event.about === 'refund') {
        const order = await orderOf(tx, event.payment, event.refund.paymentId)
        if (!order) return 'unknown order'
        await noteRefundIn(tx, services, order.id, event.refund)
        return `refund ${event.refund.state}`
      }
      const order = await orderOf(tx, event.payment, event.payment.id)
      if (!order) return 'unknown order'
      if (event.payment.state === 'failed') {
        await noteRefusal(
          { db: tx, now: services.now },
          order.id,
          event.payment.error ?? 'The bank declined the payment.',
        )
        return 'refused by the bank'
      }
      if (event.payment.state === 'authorized') {
        await addJob({ db: tx, now: services.now }, 'check-order', { orderId: order.id, once: 'yes' })
        return 'authorised: the bank is asked'
      }
      return settle(tx, services, order.id, event.payment)
    },
  )

async function orderOf(
  tx: Transaction,
  payment: Payment | null,
  paymentId: string,
): Promise<Order | undefined> {
  const isOf = payment?.vendorOrderId
    ? eq(orders.razorpayOrderId, payment.vendorOrderId)
    : eq(orders.paymentId, paymentId)
  const [order] = await tx.select().from(orders).where(isOf)
  return order
}
