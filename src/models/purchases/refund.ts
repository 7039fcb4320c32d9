import { eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { purchases, refunds } from '../../db/schema'
import { notFound } from '../../errors'
import type { Payment, Refund } from '../../ports/payments/payments'
import { isFullyRefunded, laterRefundState } from '../../rules/purchases/purchase'
import { daySeconds, later } from '../../rules/time'
import { type DbNow, required, type Services } from '../../services'
import { addJob } from '../job'
import { lockOrder, type Order } from './order'
import { countStudents, type InTransaction } from './purchase'

export async function findRefund({ db }: Pick<Services, 'db'>, refundId: string) {
  const [refund] = await db.select().from(refunds).where(eq(refunds.id, refundId))
  if (!refund) throw notFound('refund')
  return refund
}

/** Access follows the sum of all; a failed one of a payment too many is tried again a day later. */
export async function recordRefund(tx: InTransaction, orderId: string, refund: Refund): Promise<void> {
  const order = await lockOrder(tx.db, orderId)
  if (!order) return
  const now = tx.now()
  const [known] = await tx.db.select().from(refunds).where(eq(refunds.id, refund.id))
  const state = known ? laterRefundState(known.state, refund.state) : refund.state
  if (known) await tx.db.update(refunds).set({ state, updatedAt: now }).where(eq(refunds.id, refund.id))
  else {
    const { id, paymentId, amountPaise } = refund
    await tx.db
      .insert(refunds)
      .values({ id, orderId, paymentId, amountPaise, state, createdAt: now, updatedAt: now })
  }
  const hasFailed = state === 'failed' && known?.state !== 'failed'
  if (!known || hasFailed) await addJob(tx, 'mail-refund', { refundId: refund.id })
  const isTooMuch = order.state === 'duplicate' || (order.paymentId && refund.paymentId !== order.paymentId)
  if (hasFailed && isTooMuch) {
    const payment = { id: refund.paymentId, amountPaise: order.amountPaise }
    await queueRefund(tx, order, payment, later(now, daySeconds))
  }
  await updateAccess(tx, order)
}

export const recordRefunds = (services: DbNow, orderId: string, list: Refund[]): Promise<void> =>
  transact(services.db, async (db) => {
    for (const refund of list) await recordRefund({ db, now: services.now }, orderId, refund)
  })

export async function updateAccess({ db, now }: InTransaction, order: Order): Promise<void> {
  const [purchase] = await db.select().from(purchases).where(eq(purchases.orderId, order.id)).for('update')
  if (!purchase) return
  const known = await db.select().from(refunds).where(eq(refunds.orderId, order.id))
  const isRevoked = isFullyRefunded(
    order.amountPaise,
    known.filter((refund) => refund.paymentId === purchase.paymentId),
  )
  if (isRevoked === (purchase.revokedAt !== null)) return
  await db
    .update(purchases)
    .set({ revokedAt: isRevoked ? now() : null })
    .where(eq(purchases.id, purchase.id))
  await countStudents(db, order.courseId, isRevoked ? -1 : 1)
}

export const queueRefund = (
  tx: InTransaction,
  order: Pick<Order, 'id'>,
  payment: Pick<Payment, 'id' | 'amountPaise'>,
  runAt?: Date,
) =>
  addJob(
    tx,
    'refund-duplicate',
    { orderId: order.id, paymentId: payment.id, amountPaise: String(payment.amountPaise) },
    runAt,
  )

/** Once however often it is asked; true when all the money is back; AppError `upstream`. */
export async function refundDuplicatePayment(
  services: Pick<Services, 'db' | 'payments' | 'now'>,
  payment: { orderId: string; paymentId: string; amountPaise: number },
): Promise<boolean> {
  const payments = required(services.payments, 'Buying')
  const known = await payments.listRefunds(payment.paymentId)
  const valid = known.filter(({ state }) => state !== 'failed')
  const leftPaise = valid.reduce((rest, { amountPaise }) => rest - amountPaise, payment.amountPaise)
  const added: Refund[] = []
  if (leftPaise > 0) {
    const refund = await payments.refund({
      paymentId: payment.paymentId,
      amountPaise: leftPaise,
      // A refund that failed needs a key of its own to be tried again.
      key: `too-many-${payment.paymentId}-${known.length}`,
      notes: { order: payment.orderId, reason: 'The course was owned already' },
    })
    added.push(refund)
  }
  await recordRefunds(services, payment.orderId, [...known, ...added])
  return [...valid, ...added].every(({ state }) => state === 'processed')
}
