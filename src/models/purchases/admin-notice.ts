import { and, eq, isNull, or } from 'drizzle-orm'
import { courses, disputes, orders, payments, refundRequests, users } from '../../db/schema'
import type { JobKind } from '../../rules/job-kinds'
import { isOpenDispute } from '../../rules/purchases/dispute'
import type { Services, TxNow } from '../../services'
import { addJob, type JobPayload } from '../job'

/** One email each, so that a mailbox that is full keeps nobody else from knowing. */
export async function queueAdminEmails(tx: TxNow, kind: JobKind, payload: JobPayload): Promise<void> {
  const admins = await tx.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), isNull(users.suspendedAt)))
  for (const { id } of admins) await addJob(tx, kind, { ...payload, userId: id })
}

/** To administrators and the instructor of the course, each once. */
export async function queueRefundRequestEmails(tx: TxNow, courseId: string, requestId: string) {
  const recipients = await tx.db
    .select({ id: users.id })
    .from(users)
    .leftJoin(courses, and(eq(courses.ownerId, users.id), eq(courses.id, courseId)))
    .where(and(or(eq(users.role, 'admin'), eq(courses.id, courseId)), isNull(users.suspendedAt)))
  for (const { id } of recipients) await addJob(tx, 'mail-refund-request', { requestId, userId: id })
}

interface ToWhom {
  requestId: string
  userId: string
}

/** Null once it is decided, or there is nobody to tell any more; `isAdmin` is what they may see. */
export async function findRefundRequestEmail({ db }: Pick<Services, 'db'>, { requestId, userId }: ToWhom) {
  const request = await findRequest({ db }, requestId)
  if (request?.state !== 'asked' || !request.orderId) return null
  const [recipient] = await db
    .select({ name: users.name, email: users.email, role: users.role })
    .from(users)
    .where(and(eq(users.id, userId), isNull(users.suspendedAt)))
  const isAdmin = recipient?.role === 'admin'
  if (!recipient || !(isAdmin || request.ownerId === userId)) return null
  return { recipient, isAdmin, request: { ...request, orderId: request.orderId } }
}

/** Null once somebody has decided, or there is nobody to tell any more. */
export async function findRefusedRefundEmail({ db }: Pick<Services, 'db'>, { requestId, userId }: ToWhom) {
  const request = await findRequest({ db }, requestId)
  const admin = await findAdmin({ db }, userId)
  return request?.state === 'refused' && admin ? { admin, request } : null
}

async function findRequest({ db }: Pick<Services, 'db'>, requestId: string) {
  const [request] = await db
    .select({
      amountPaise: refundRequests.amountPaise,
      reason: refundRequests.reason,
      state: refundRequests.state,
      answer: refundRequests.answer,
      paymentId: payments.id,
      currency: payments.currency,
      orderId: payments.orderId,
      buyer: users.name,
      course: courses.title,
      ownerId: courses.ownerId,
    })
    .from(refundRequests)
    .innerJoin(payments, eq(payments.id, refundRequests.paymentId))
    .leftJoin(orders, eq(orders.id, payments.orderId))
    .leftJoin(users, eq(users.id, orders.userId))
    .leftJoin(courses, eq(courses.id, orders.courseId))
    .where(eq(refundRequests.id, requestId))
  return request ?? null
}

/** Null when there is no such payment, or nobody to tell any more. */
export async function findHeldPaymentEmail(
  { db }: Pick<Services, 'db'>,
  { paymentId, userId }: { paymentId: string; userId: string },
) {
  const [payment] = await db
    .select({
      id: payments.id,
      amountPaise: payments.amountPaise,
      currency: payments.currency,
      outcome: payments.outcome,
      heldReason: payments.heldReason,
      buyer: users.name,
      course: courses.title,
    })
    .from(payments)
    .leftJoin(orders, eq(orders.id, payments.orderId))
    .leftJoin(users, eq(users.id, orders.userId))
    .leftJoin(courses, eq(courses.id, orders.courseId))
    .where(eq(payments.id, paymentId))
  const admin = await findAdmin({ db }, userId)
  if (payment?.outcome !== 'held' || !admin) return null
  return { admin, payment, buyer: payment.buyer, course: payment.course }
}

/** Null when there is no such dispute, or nobody to tell any more. */
export async function findDisputeEmail(
  { db }: Pick<Services, 'db'>,
  { disputeId, userId }: { disputeId: string; userId: string },
) {
  const [dispute] = await db
    .select({
      id: disputes.id,
      paymentId: disputes.paymentId,
      amountPaise: disputes.amountPaise,
      currency: disputes.currency,
      status: disputes.status,
      reasonCode: disputes.reasonCode,
      respondBy: disputes.respondBy,
      buyer: users.name,
      course: courses.title,
    })
    .from(disputes)
    .leftJoin(payments, eq(payments.id, disputes.paymentId))
    .leftJoin(orders, eq(orders.id, payments.orderId))
    .leftJoin(users, eq(users.id, orders.userId))
    .leftJoin(courses, eq(courses.id, orders.courseId))
    .where(eq(disputes.id, disputeId))
  const admin = await findAdmin({ db }, userId)
  if (!dispute || !isOpenDispute(dispute.status) || !admin) return null
  return { admin, dispute, buyer: dispute.buyer, course: dispute.course }
}

async function findAdmin({ db }: Pick<Services, 'db'>, userId: string) {
  const [admin] = await db
    .select({ name: users.name, email: users.email })
    .from(users)
    .where(and(eq(users.id, userId), eq(users.role, 'admin'), isNull(users.suspendedAt)))
  return admin ?? null
}
