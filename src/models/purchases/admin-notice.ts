import { and, eq, isNull } from 'drizzle-orm'
import { courses, disputes, orders, payments, users } from '../../db/schema'
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
