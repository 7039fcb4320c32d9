import { and, eq, inArray, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/mysql-core'
import {
  courses,
  disputes,
  invoices,
  orders,
  payments,
  purchases,
  refundRequests,
  refunds,
  users,
} from '../../db/schema'
import { notFound } from '../../errors'
import { refundablePaise } from '../../rules/purchases/refund'
import type { Services } from '../../services'
import { findOrderTraces } from './order-traces'

export type OrderRecord = Awaited<ReturnType<typeof findOrderRecord>>

/** All that is known of an order and its money; AppError `not_found`. */
export async function findOrderRecord({ db }: Pick<Services, 'db'>, orderId: string) {
  const [row] = await db
    .select({
      order: orders,
      buyer: { id: users.id, name: users.name, email: users.email, phoneNumber: users.phoneNumber },
      course: { id: courses.id, title: courses.title, slug: courses.slug },
      purchase: purchases,
    })
    .from(orders)
    .innerJoin(users, eq(users.id, orders.userId))
    .innerJoin(courses, eq(courses.id, orders.courseId))
    .leftJoin(purchases, and(eq(purchases.userId, orders.userId), eq(purchases.courseId, orders.courseId)))
    .where(eq(orders.id, orderId))
  if (!row) throw notFound('order')
  const paid = await db.select().from(payments).where(eq(payments.orderId, orderId)).orderBy(payments.paidAt)
  const paymentIds = paid.map(({ id }) => id)
  const money = await findMoney({ db }, orderId, paymentIds)
  const traces = await findOrderTraces({ db }, { ...row.order, paymentIds })
  const payment = paid.find(({ id }) => id === row.order.paymentId) ?? null
  const mine = <T extends { paymentId: string }>(list: T[]) =>
    list.filter(({ paymentId }) => paymentId === payment?.id)
  return {
    ...row,
    payments: paid,
    ...money,
    ...traces,
    /** The last moment at which somebody told of it. */
    heardAt: latest([row.order.createdAt, ...paid.map(({ updatedAt }) => updatedAt)]),
    hasAccess: row.purchase !== null && row.purchase.revokedAt === null,
    /** What may be refunded of the payment that opened the course. */
    refundablePaise: payment
      ? refundablePaise(payment.amountPaise, mine(money.refunds), mine(money.requests))
      : 0,
  }
}

const latest = (times: Date[]) => new Date(Math.max(...times.map((time) => time.getTime())))

async function findMoney({ db }: Pick<Services, 'db'>, orderId: string, paymentIds: string[]) {
  const asker = alias(users, 'asker')
  const decider = alias(users, 'decider')
  const ofPayments = paymentIds.length > 0
  const [returned, requests, disputed, issued] = await Promise.all([
    db
      .select()
      .from(refunds)
      .where(
        or(eq(refunds.orderId, orderId), ofPayments ? inArray(refunds.paymentId, paymentIds) : undefined),
      ),
    ofPayments
      ? db
          .select({
            id: refundRequests.id,
            paymentId: refundRequests.paymentId,
            amountPaise: refundRequests.amountPaise,
            state: refundRequests.state,
            reason: refundRequests.reason,
            answer: refundRequests.answer,
            refundId: refundRequests.refundId,
            createdAt: refundRequests.createdAt,
            updatedAt: refundRequests.updatedAt,
            decidedAt: refundRequests.decidedAt,
            requestedBy: asker.name,
            decidedBy: decider.name,
          })
          .from(refundRequests)
          .leftJoin(asker, eq(asker.id, refundRequests.requestedBy))
          .leftJoin(decider, eq(decider.id, refundRequests.decidedBy))
          .where(inArray(refundRequests.paymentId, paymentIds))
      : [],
    ofPayments ? db.select().from(disputes).where(inArray(disputes.paymentId, paymentIds)) : [],
    db.select().from(invoices).where(eq(invoices.orderId, orderId)),
  ])
  return { refunds: returned, requests, disputes: disputed, invoices: issued }
}
