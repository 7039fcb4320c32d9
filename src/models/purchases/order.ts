import { and, eq, isNull, notExists, or, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/connect'
import { courses, orders, payments, users } from '../../db/schema'
import { notFound } from '../../errors'
import { isId } from '../../ids'
import type { DbNow, Services, TxNow } from '../../services'
import { lockBuyer } from './purchase'

export type Order = typeof orders.$inferSelect

/** For machines that prove themselves by a signature; AppError `not_found`. */
export async function findOrder({ db }: Pick<Services, 'db'>, orderId: string): Promise<Order> {
  if (!isId(orderId)) throw notFound('order')
  const [order] = await db.select().from(orders).where(eq(orders.id, orderId))
  if (!order) throw notFound('order')
  return order
}

export async function findOwnOrder(
  services: Pick<Services, 'db'>,
  userId: string,
  orderId: string,
): Promise<Order> {
  const order = await findOrder(services, orderId)
  if (order.userId !== userId) throw notFound('order')
  return order
}

/** `reference` is our id, the payment service's, or that of its payment. */
export async function findOrderByReference(
  { db }: Pick<Services, 'db'>,
  userId: string,
  reference: string,
): Promise<Order | null> {
  if (!/^[\w-]+$/.test(reference)) return null
  const isMeant = or(
    eq(orders.id, reference),
    eq(orders.vendorOrderId, reference),
    eq(orders.paymentId, reference),
  )
  const [order] = await db
    .select()
    .from(orders)
    .where(and(eq(orders.userId, userId), isMeant))
  return order ?? null
}

export async function findOrderForEmail({ db }: Pick<Services, 'db'>, orderId: string) {
  const [row] = await db
    .select({
      order: orders,
      buyer: { name: users.name, email: users.email },
      course: { title: courses.title, slug: courses.slug },
    })
    .from(orders)
    .innerJoin(users, eq(users.id, orders.userId))
    .innerJoin(courses, eq(courses.id, orders.courseId))
    .where(eq(orders.id, orderId))
  if (!row) throw notFound('order')
  return row
}

export type LockedOrder = Order & NonNullable<Awaited<ReturnType<typeof lockBuyer>>>

/** The buyer, the course and then the order; undefined when there is no such order. */
export async function lockOrder(db: Transaction, orderId: string): Promise<LockedOrder | undefined> {
  const [found] = await db
    .select({ userId: orders.userId, courseId: orders.courseId })
    .from(orders)
    .where(eq(orders.id, orderId))
  if (!found) return undefined
  const locked = await lockBuyer(db, found)
  const [order] = await db.select().from(orders).where(eq(orders.id, orderId)).for('update')
  return locked && order && { ...order, ...locked }
}

/** Once for each order: the first time its buyer sees what there is to pay. */
export async function noteShown({ db, now }: DbNow, { id, shownAt }: Order): Promise<void> {
  if (shownAt) return
  await db
    .update(orders)
    .set({ shownAt: now() })
    .where(and(eq(orders.id, id), isNull(orders.shownAt)))
}

export async function recordDecline(
  { db, now }: TxNow,
  orderId: string,
  error: string | null,
): Promise<void> {
  const lastError = (error ?? 'The payment was declined.').slice(0, 500)
  await db
    .update(orders)
    .set({ lastError, updatedAt: now() })
    .where(and(eq(orders.id, orderId), eq(orders.state, 'open')))
}

/** A payment that comes all the same still counts; one that is held keeps its order open. */
export async function abandonOrder({ db, now }: TxNow, orderId: string): Promise<void> {
  const held = db
    .select({ one: sql`1` })
    .from(payments)
    .where(and(eq(payments.orderId, orderId), eq(payments.outcome, 'held')))
  await db
    .update(orders)
    .set({ state: 'abandoned', openKey: null, updatedAt: now() })
    .where(and(eq(orders.id, orderId), eq(orders.state, 'open'), notExists(held)))
}
