import { and, count, desc, eq, exists, sql } from 'drizzle-orm'
import { courses, orders, payments, refundRequests, refunds, users } from '../../db/schema'
import { notFound } from '../../errors'
import { isId } from '../../ids'
import { refundablePaise } from '../../rules/purchases/refund'
import type { Services } from '../../services'
import type { Order } from '../purchases/order'

export type SaleList = Awaited<ReturnType<typeof listOwnSales>>
export type Sale = Awaited<ReturnType<typeof findSale>>

const maxListed = 50

/** A paid order of one of the instructor's courses; AppError `not_found`. */
export async function findOwnSale(
  { db }: Pick<Services, 'db'>,
  ownerId: string,
  orderId: string,
): Promise<Order> {
  if (!isId(orderId)) throw notFound('order')
  const [row] = await db
    .select({ order: orders })
    .from(orders)
    .innerJoin(courses, eq(courses.id, orders.courseId))
    .where(and(eq(orders.id, orderId), eq(courses.ownerId, ownerId), eq(orders.state, 'paid')))
  if (!row) throw notFound('order')
  return row.order
}

const isAsked = eq(refundRequests.state, 'asked')

/** Requests of buyers that wait for a person. */
export async function countRefundRequests({ db }: Pick<Services, 'db'>, ownerId: string): Promise<number> {
  const [row] = await db
    .select({ n: count() })
    .from(refundRequests)
    .innerJoin(orders, eq(orders.paymentId, refundRequests.paymentId))
    .innerJoin(courses, eq(courses.id, orders.courseId))
    .where(and(eq(courses.ownerId, ownerId), isAsked))
  return row?.n ?? 0
}

/** Those with a request that waits first, then the newest, 50 at most. */
export async function listOwnSales({ db }: Pick<Services, 'db'>, ownerId: string) {
  const asked = sql`${exists(
    db
      .select({ one: sql`1` })
      .from(refundRequests)
      .where(and(eq(refundRequests.paymentId, orders.paymentId), isAsked)),
  )}`
  const list = await db
    .select({
      id: orders.id,
      amountPaise: orders.amountPaise,
      paidAt: orders.paidAt,
      outcome: payments.outcome,
      buyer: users.name,
      course: courses.title,
      isAsked: asked.mapWith(Boolean),
    })
    .from(orders)
    .innerJoin(courses, eq(courses.id, orders.courseId))
    .innerJoin(users, eq(users.id, orders.userId))
    .leftJoin(payments, eq(payments.id, orders.paymentId))
    .where(and(eq(courses.ownerId, ownerId), eq(orders.state, 'paid')))
    .orderBy(desc(asked), desc(orders.id))
    .limit(maxListed + 1)
  return { list: list.slice(0, maxListed), more: list.length > maxListed }
}

/** Of an order that `findOwnSale` has found. */
export async function findSale({ db }: Pick<Services, 'db'>, order: Order) {
  const paymentId = order.paymentId ?? ''
  const [[row], made, requests] = await Promise.all([
    db
      .select({ buyer: { name: users.name }, course: { title: courses.title }, payment: payments })
      .from(orders)
      .innerJoin(courses, eq(courses.id, orders.courseId))
      .innerJoin(users, eq(users.id, orders.userId))
      .leftJoin(payments, eq(payments.id, orders.paymentId))
      .where(eq(orders.id, order.id)),
    db.select().from(refunds).where(eq(refunds.paymentId, paymentId)).orderBy(refunds.createdAt),
    db
      .select()
      .from(refundRequests)
      .where(eq(refundRequests.paymentId, paymentId))
      .orderBy(refundRequests.createdAt),
  ])
  if (!row) throw notFound('order')
  const leftPaise = row.payment ? refundablePaise(row.payment.amountPaise, made, requests) : 0
  return { ...row, order, refunds: made, requests, leftPaise }
}
