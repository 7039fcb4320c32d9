import { and, eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { courses, orders, payments, refundRequests, users } from '../../db/schema'
import { notFound } from '../../errors'
import { isId } from '../../ids'
import type { DbNow, MoneyServices, Services } from '../../services'
import { recordAudit } from '../audit'
import { addJobOnce } from '../job'
import { lockPayment } from './payment'
import { type Approval, approveRefund, type RefundRequest } from './refund-request'

export type { RefundRequest }

/** Of this order; AppError `not_found`. */
export async function findAskedRefund(
  { db }: Pick<Services, 'db'>,
  orderId: string,
  requestId: string,
): Promise<RefundRequest> {
  if (!isId(requestId)) throw notFound('refund request')
  const [row] = await db
    .select({ request: refundRequests })
    .from(refundRequests)
    .innerJoin(payments, eq(payments.id, refundRequests.paymentId))
    .where(and(eq(refundRequests.id, requestId), eq(payments.orderId, orderId)))
  if (!row) throw notFound('refund request')
  return row.request
}

/** As much as was asked for; of two who decide the first one counts. */
export const approveAskedRefund = (
  services: MoneyServices,
  actorId: string,
  { id: requestId, paymentId, amountPaise }: RefundRequest,
  reason: string,
): Promise<Approval> =>
  transact(services.db, async (db) => {
    const tx = { db, now: services.now, config: services.config }
    const wanted = { paymentId, amountPaise, reason, requestId, decidedBy: actorId }
    const approval = await approveRefund(tx, wanted)
    if ('refused' in approval) return approval
    const subject = { type: 'payment' as const, id: paymentId }
    await recordAudit(tx, { actorId, action: 'approve-refund', subject, reason })
    return approval
  })

/** The buyer gets the reason by mail. */
export const declineAskedRefund = (
  services: DbNow,
  actorId: string,
  { id: requestId, paymentId }: RefundRequest,
  reason: string,
): Promise<'declined' | 'decided already'> =>
  transact(services.db, async (db) => {
    const tx = { db, now: services.now }
    await lockPayment(db, paymentId)
    const at = tx.now()
    const [declined] = await db
      .update(refundRequests)
      .set({ state: 'declined', decidedBy: actorId, decidedAt: at, answer: reason, updatedAt: at })
      .where(and(eq(refundRequests.id, requestId), eq(refundRequests.state, 'asked')))
    if (declined.affectedRows === 0) return 'decided already'
    await addJobOnce(tx, 'mail-refund-declined', { requestId })
    const subject = { type: 'payment' as const, id: paymentId }
    await recordAudit(tx, { actorId, action: 'decline-refund', subject, reason })
    return 'declined'
  })

/** What its email says; null unless it is declined. */
export async function findDeclinedRefund({ db }: Pick<Services, 'db'>, requestId: string) {
  const [row] = await db
    .select({
      buyer: { name: users.name, email: users.email },
      course: { title: courses.title },
      orderId: orders.id,
      amountPaise: refundRequests.amountPaise,
      answer: refundRequests.answer,
    })
    .from(refundRequests)
    .innerJoin(payments, eq(payments.id, refundRequests.paymentId))
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .innerJoin(users, eq(users.id, orders.userId))
    .innerJoin(courses, eq(courses.id, orders.courseId))
    .where(and(eq(refundRequests.id, requestId), eq(refundRequests.state, 'declined')))
  return row ?? null
}
