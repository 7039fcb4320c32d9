import { eq } from 'drizzle-orm'
import { payments } from '../../db/schema'
import type { PaymentEvent } from '../../ports/payments/payments'
import { withoutPerson } from '../../redaction'
import type { MoneyServices } from '../../services'
import { receiveOnce } from '../webhook-event'
import { recordDispute } from './dispute'
import { queueOrderSync } from './order-queue'
import type { InTransaction } from './purchase'
import { recordRefund } from './refund'
import { settlePayment } from './settlement'
import { noteWebhook } from './webhook-silence'

export const applyPaymentEvent = (
  services: MoneyServices,
  event: PaymentEvent,
  payload: unknown,
): Promise<string> =>
  receiveOnce(
    services,
    { source: 'razorpay', id: event.id, type: event.type, payload: withoutPerson(payload) },
    async (db) => {
      await noteWebhook({ ...services, db }, event)
      return applyPayment({ ...services, db }, event)
    },
  )

/** Harmless late or again; gives the outcome in words. */
export async function applyPayment(tx: InTransaction, event: PaymentEvent): Promise<string> {
  if (event.about === 'other') return 'nothing to do'
  if (event.about === 'unreadable') return `not understood: ${event.problem}`
  if (event.about === 'dispute') return `dispute ${await recordDispute(tx, event.dispute, event.payment)}`
  if (event.about === 'refund') {
    if (event.payment) await settlePayment(tx, event.payment)
    await recordRefund(tx, event.refund)
    return `refund ${event.refund.state}`
  }
  const { payment, order } = event
  const outcome = await settlePayment(tx, payment, order ?? undefined)
  if (payment.state === 'unknown') return `not understood: ${outcome}`
  if (payment.state !== 'authorized') return outcome
  const [open] = await tx.db
    .select({ id: payments.orderId })
    .from(payments)
    .where(eq(payments.id, payment.id))
    .for('update')
  if (open?.id) await queueOrderSync(tx, open.id)
  return `${outcome}, order sync queued`
}
