import { asc, count, eq, notInArray, sql } from 'drizzle-orm'
import { courses, disputes, orders, payments, refundRequests, users } from '../../db/schema'
import { endedDisputes } from '../../rules/purchases/dispute'
import type { Services } from '../../services'
import { listRefusedRefunds } from '../purchases/refused-refund'
import { findWebhookSilence } from '../purchases/webhook-silence'

const maxListed = 20

/** What waits for a person. */
export async function findDesk(services: Pick<Services, 'db'>) {
  const { db } = services
  const isOpen = notInArray(disputes.status, endedDisputes)
  const [held, openDisputes, requests, refused, silence] = await Promise.all([
    db
      .select({
        n: count(),
        currency: payments.currency,
        amountPaise: sql`sum(${payments.amountPaise})`.mapWith(Number),
      })
      .from(payments)
      .where(eq(payments.outcome, 'held'))
      .groupBy(payments.currency)
      .orderBy(payments.currency),
    db
      .select({
        id: disputes.id,
        amountPaise: disputes.amountPaise,
        currency: disputes.currency,
        respondBy: disputes.respondBy,
      })
      .from(disputes)
      .where(isOpen)
      .orderBy(asc(sql`${disputes.respondBy} is null`), asc(disputes.respondBy))
      .limit(maxListed),
    db
      .select({
        id: refundRequests.id,
        amountPaise: refundRequests.amountPaise,
        reason: refundRequests.reason,
        createdAt: refundRequests.createdAt,
        orderId: orders.id,
        buyer: users.name,
        course: courses.title,
      })
      .from(refundRequests)
      .innerJoin(payments, eq(payments.id, refundRequests.paymentId))
      .innerJoin(orders, eq(orders.id, payments.orderId))
      .innerJoin(users, eq(users.id, orders.userId))
      .innerJoin(courses, eq(courses.id, orders.courseId))
      .where(eq(refundRequests.state, 'asked'))
      .orderBy(asc(refundRequests.createdAt))
      .limit(maxListed),
    listRefusedRefunds(services),
    findWebhookSilence(services),
  ])
  return { held, disputes: openDisputes, requests, refused, silence }
}
