import { and, eq, isNull, or } from 'drizzle-orm'
import { isDuplicate, transact } from '../../db/connect'
import { courses, orders, users } from '../../db/schema'
import { notFound } from '../../errors'
import { isId, newId } from '../../ids'
import { nextCheckSeconds } from '../../rules/purchases/purchase'
import { type DbNow, required, type Services } from '../../services'
import { addJob } from '../job'

export type Order = typeof orders.$inferSelect

/** The order with which this student pays this course: an open one of the same price is used again, otherwise the amount is frozen now. Refuses with `upstream` while the bank does not answer; asking again then goes on where this stopped. */
export async function openOrder(
  services: Pick<Services, 'db' | 'payments' | 'now'>,
  userId: string,
  course: { id: string; title: string; pricePaise: number },
): Promise<Order & { razorpayOrderId: string }> {
  const payments = required(services.payments, 'Buying')
  const order = await freezeOrder(services, userId, course)
  if (order.razorpayOrderId) return { ...order, razorpayOrderId: order.razorpayOrderId }
  const opened = await payments.openOrder({
    receipt: order.id,
    amountPaise: order.amountPaise,
    notes: { order: order.id, course: course.title.slice(0, 250) },
  })
  const [kept] = await services.db
    .update(orders)
    .set({ razorpayOrderId: opened.id, updatedAt: services.now() })
    .where(and(eq(orders.id, order.id), isNull(orders.razorpayOrderId)))
  if (kept.affectedRows === 1) return { ...order, razorpayOrderId: opened.id }
  // Another tab was first. Only the number that is kept may be paid: nobody would know a payment of any other.
  const { razorpayOrderId } = await findOrder(services, order.id)
  return { ...order, razorpayOrderId: razorpayOrderId ?? opened.id }
}

async function freezeOrder(
  services: DbNow,
  userId: string,
  course: { id: string; pricePaise: number },
): Promise<Order> {
  const openKey = `${userId}:${course.id}:${course.pricePaise}`
  const find = async () => (await services.db.select().from(orders).where(eq(orders.openKey, openKey)))[0]
  const open = await find()
  if (open) return open
  const now = services.now()
  const id = newId()
  try {
    await transact(services.db, async (tx) => {
      await tx.insert(orders).values({
        id,
        userId,
        courseId: course.id,
        amountPaise: course.pricePaise,
        openKey,
        createdAt: now,
        updatedAt: now,
      })
      const firstCheck = new Date(now.getTime() + (nextCheckSeconds(0, 0) ?? 0) * 1000)
      await addJob({ db: tx, now: services.now }, 'check-order', { orderId: id }, firstCheck)
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  // Another tab may have been first; either way one open order stands.
  const order = await find()
  if (!order) throw notFound('order')
  return order
}

/** Any order by our own id; for machines that prove themselves by a signature. */
export async function findOrder(services: Pick<Services, 'db'>, orderId: string): Promise<Order> {
  if (!isId(orderId)) throw notFound('order')
  const [order] = await services.db.select().from(orders).where(eq(orders.id, orderId))
  if (!order) throw notFound('order')
  return order
}

/** This student's order by our own id; AppError `not_found` when it is somebody else's or nobody's. */
export async function findOrderOf(
  services: Pick<Services, 'db'>,
  userId: string,
  orderId: string,
): Promise<Order> {
  const order = await findOrder(services, orderId)
  if (order.userId !== userId) throw notFound('order')
  return order
}

/** This student's order by our id or the bank's; null when it is somebody else's or nobody's. */
export async function findOwnOrder(
  services: Pick<Services, 'db'>,
  userId: string,
  reference: string,
): Promise<Order | null> {
  if (!/^[\w-]+$/.test(reference)) return null
  const [order] = await services.db
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.userId, userId),
        or(eq(orders.id, reference), eq(orders.razorpayOrderId, reference), eq(orders.paymentId, reference)),
      ),
    )
  return order ?? null
}

/** Keeps the bank's latest refusal of an order that is still open. */
export async function noteRefusal(
  services: Pick<Services, 'now'> & { db: Pick<Services['db'], 'update'> },
  orderId: string,
  error: string,
): Promise<void> {
  await services.db
    .update(orders)
    .set({ lastError: error.slice(0, 500), updatedAt: services.now() })
    .where(and(eq(orders.id, orderId), eq(orders.state, 'open')))
}

/** Ends the wait for an order that nobody paid; a payment that comes all the same still counts. */
export async function abandonOrder(services: DbNow, orderId: string): Promise<void> {
  await services.db
    .update(orders)
    .set({ state: 'abandoned', openKey: null, updatedAt: services.now() })
    .where(and(eq(orders.id, orderId), eq(orders.state, 'open')))
}

/** What a receipt or a refund email has to say. */
export async function findOrderForEmail(services: Pick<Services, 'db'>, orderId: string) {
  const [row] = await services.db
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
