import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/connect'
import { orders, users } from '../../db/schema'
import type { Payment } from '../../ports/payments/payments'
import { isFormer } from '../../rules/account/former-account'
import { paysFor } from '../../rules/purchases/purchase'
import { daySeconds, later } from '../../rules/time'
import { addJob } from '../job'
import { lockOrder } from './order'
import { grantCourse, type InTransaction, ownsCourse } from './purchase'
import { queueRefund, updateAccess } from './refund'

type Settlement = 'granted' | 'already settled' | 'refund queued' | 'does not pay this order'

/** Receipt, callback, webhook and job all end here, in the transaction that keeps their cause. */
export async function settlePayment(
  tx: InTransaction,
  orderId: string,
  payment: Payment,
): Promise<Settlement> {
  const order = await lockOrder(tx.db, orderId)
  if (!order || !paysFor(order, payment)) return 'does not pay this order'
  if (order.paymentId === payment.id) return 'already settled'
  if (order.paymentId) {
    await queueRefund(tx, order, payment)
    return 'refund queued'
  }
  const isTooMuch = (await ownsCourse(tx.db, order)) || (await hasLeft(tx.db, order.userId))
  const now = tx.now()
  await tx.db
    .update(orders)
    .set({
      state: isTooMuch ? 'duplicate' : 'paid',
      paymentId: payment.id,
      paidAt: now,
      openKey: null,
      lastError: null,
      updatedAt: now,
    })
    .where(eq(orders.id, order.id))
  if (isTooMuch) {
    await queueRefund(tx, order, payment)
    return 'refund queued'
  }
  await grantCourse(tx, {
    userId: order.userId,
    courseId: order.courseId,
    orderId: order.id,
    paymentId: payment.id,
    pricePaise: order.amountPaise,
  })
  await addJob(tx, 'mail-receipt', { orderId: order.id })
  await addJob(tx, 'check-refunds', { orderId: order.id }, later(now, daySeconds))
  await updateAccess(tx, order)
  return 'granted'
}

/** Who deleted their account while the payment was under way gets the money back. */
async function hasLeft(db: Transaction, userId: string): Promise<boolean> {
  const [buyer] = await db.select({ email: users.email }).from(users).where(eq(users.id, userId))
  return buyer !== undefined && isFormer(buyer.email)
}
