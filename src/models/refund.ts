import { eq } from 'drizzle-orm'
import { transact } from '../db/connect'
import { refunds } from '../db/schema'
import { notFound } from '../errors'
import { required, type Services } from '../services'
import { noteRefundIn } from './settlement'

export async function findRefund(services: Pick<Services, 'db'>, refundId: string) {
  const [refund] = await services.db.select().from(refunds).where(eq(refunds.id, refundId))
  if (!refund) throw notFound('refund')
  return refund
}

/** Sends a payment back whole, once however often it is asked. Refuses with `upstream` while the bank does not answer. */
export async function refundDuplicatePayment(
  services: Pick<Services, 'db' | 'payments' | 'now'>,
  payment: { orderId: string; paymentId: string; amountPaise: number },
): Promise<void> {
  const payments = required(services.payments, 'Buying')
  const given = await payments.listRefunds(payment.paymentId)
  const refund =
    given.find((known) => known.state !== 'failed' && known.amountPaise === payment.amountPaise) ??
    (await payments.refund({
      paymentId: payment.paymentId,
      amountPaise: payment.amountPaise,
      // A refund that failed needs a key of its own to be tried again.
      key: `too-many-${payment.paymentId}-${given.length}`,
      notes: { order: payment.orderId, reason: 'The course was owned already' },
    }))
  await transact(services.db, (tx) => noteRefundIn(tx, services, payment.orderId, refund))
}
