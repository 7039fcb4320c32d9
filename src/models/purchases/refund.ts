import { eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { refunds } from '../../db/schema'
import { notFound } from '../../errors'
import type { Refund } from '../../ports/payments/payments'
import { required, type Services } from '../../services'
import { noteRefundIn } from './settlement'

export async function findRefund(services: Pick<Services, 'db'>, refundId: string) {
  const [refund] = await services.db.select().from(refunds).where(eq(refunds.id, refundId))
  if (!refund) throw notFound('refund')
  return refund
}

/** Sends back all that is left of a payment, once however often it is asked, and gives whether the bank has done it. Refuses with `upstream` while the bank does not answer. */
export async function refundDuplicatePayment(
  services: Pick<Services, 'db' | 'payments' | 'now'>,
  payment: { orderId: string; paymentId: string; amountPaise: number },
): Promise<boolean> {
  const payments = required(services.payments, 'Buying')
  const given = await payments.listRefunds(payment.paymentId)
  const standing = given.filter(({ state }) => state !== 'failed')
  const left = standing.reduce((rest, { amountPaise }) => rest - amountPaise, payment.amountPaise)
  const fresh: Refund[] = []
  if (left > 0) {
    const refund = await payments.refund({
      paymentId: payment.paymentId,
      amountPaise: left,
      // A refund that failed needs a key of its own to be tried again.
      key: `too-many-${payment.paymentId}-${given.length}`,
      notes: { order: payment.orderId, reason: 'The course was owned already' },
    })
    fresh.push(refund)
  }
  await transact(services.db, async (tx) => {
    for (const refund of [...given, ...fresh]) await noteRefundIn(tx, services, payment.orderId, refund)
  })
  return [...standing, ...fresh].every(({ state }) => state === 'processed')
}
