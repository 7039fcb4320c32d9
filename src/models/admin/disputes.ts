import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm'
import {
  attachmentFetches,
  attachments,
  chapters,
  courses,
  disputes,
  invoices,
  jobs,
  muxData,
  orders,
  payments,
  purchases,
  sessions,
  userProgress,
  users,
} from '../../db/schema'
import { notFound } from '../../errors'
import { isOpenDispute } from '../../rules/purchases/dispute'
import type { Services } from '../../services'

export type DisputeRecord = Awaited<ReturnType<typeof findDisputeRecord>>
export type DisputeList = Awaited<ReturnType<typeof listDisputes>>
export type Evidence = Awaited<ReturnType<typeof findEvidence>>

const maxListed = 100

const columns = {
  dispute: disputes,
  order: {
    ...{ id: orders.id, userId: orders.userId, courseId: orders.courseId },
    ...{ createdAt: orders.createdAt, shownAt: orders.shownAt },
  },
  buyer: { name: users.name, email: users.email },
  course: { title: courses.title, slug: courses.slug },
}

/** Those that need an answer first, by when it has to be there. */
export async function listDisputes({ db }: Pick<Services, 'db'>) {
  const rows = await db
    .select(columns)
    .from(disputes)
    .leftJoin(payments, eq(payments.id, disputes.paymentId))
    .leftJoin(orders, eq(orders.id, payments.orderId))
    .leftJoin(users, eq(users.id, orders.userId))
    .leftJoin(courses, eq(courses.id, orders.courseId))
    .orderBy(desc(disputes.createdAt))
    .limit(maxListed)
  const open = rows.filter(({ dispute }) => isOpenDispute(dispute.status))
  const due = ({ dispute }: (typeof rows)[number]) => dispute.respondBy?.getTime() ?? Number.POSITIVE_INFINITY
  return {
    open: open.toSorted((one, other) => due(one) - due(other)),
    over: rows.filter(({ dispute }) => !isOpenDispute(dispute.status)),
  }
}

/** AppError `not_found`. */
export async function findDisputeRecord({ db }: Pick<Services, 'db'>, disputeId: string) {
  // The column is ASCII: anything else is no id.
  if (!/^[\w-]{1,64}$/.test(disputeId)) throw notFound('dispute')
  const [row] = await db
    .select({ ...columns, payment: payments })
    .from(disputes)
    .leftJoin(payments, eq(payments.id, disputes.paymentId))
    .leftJoin(orders, eq(orders.id, payments.orderId))
    .leftJoin(users, eq(users.id, orders.userId))
    .leftJoin(courses, eq(courses.id, orders.courseId))
    .where(eq(disputes.id, disputeId))
  if (!row) throw notFound('dispute')
  return row
}

/** What shows that the buyer has had what was paid for; null without an order of ours. */
export async function findEvidence({ db }: Pick<Services, 'db'>, { order }: DisputeRecord) {
  if (!order) return null
  const { userId, courseId } = order
  const [[account], signIns, lessons, files, [purchase], papers, [unsent]] = await Promise.all([
    db
      .select({
        createdAt: users.createdAt,
        emailVerifiedAt: users.emailVerifiedAt,
        phoneNumber: users.phoneNumber,
      })
      .from(users)
      .where(eq(users.id, userId)),
    db
      .select({ device: sessions.device, createdAt: sessions.createdAt, lastSeenAt: sessions.lastSeenAt })
      .from(sessions)
      .where(eq(sessions.userId, userId))
      .orderBy(asc(sessions.createdAt))
      .limit(maxListed),
    db
      .select({
        title: chapters.title,
        isCompleted: userProgress.isCompleted,
        positionSeconds: userProgress.positionSeconds,
        durationSeconds: muxData.durationSeconds,
        firstAt: userProgress.createdAt,
        lastAt: userProgress.updatedAt,
      })
      .from(chapters)
      .leftJoin(userProgress, and(eq(userProgress.chapterId, chapters.id), eq(userProgress.userId, userId)))
      .leftJoin(muxData, eq(muxData.chapterId, chapters.id))
      .where(eq(chapters.courseId, courseId))
      .orderBy(asc(chapters.position)),
    db
      .select({
        name: attachments.name,
        count: attachmentFetches.count,
        firstAt: attachmentFetches.createdAt,
        lastAt: attachmentFetches.lastAt,
      })
      .from(attachmentFetches)
      .innerJoin(attachments, eq(attachments.id, attachmentFetches.attachmentId))
      .where(and(eq(attachmentFetches.userId, userId), eq(attachments.courseId, courseId)))
      .orderBy(asc(attachmentFetches.createdAt)),
    db
      .select({ createdAt: purchases.createdAt, revokedAt: purchases.revokedAt })
      .from(purchases)
      .where(and(eq(purchases.userId, userId), eq(purchases.courseId, courseId))),
    db
      .select({ number: invoices.number, issuedAt: invoices.issuedAt, totalPaise: invoices.totalPaise })
      .from(invoices)
      .where(and(eq(invoices.orderId, order.id), inArray(invoices.kind, ['receipt', 'invoice']))),
    db
      .select({ id: jobs.id })
      .from(jobs)
      .where(
        and(
          eq(jobs.kind, 'mail-receipt'),
          sql`json_unquote(json_extract(${jobs.payload}, '$.orderId')) = ${order.id}`,
        ),
      )
      .limit(1),
  ])
  return { account, signIns, lessons, files, purchase, papers, isReceiptMailed: unsent === undefined }
}
