import { and, eq, isNull } from 'drizzle-orm'
import { isDuplicate, transact } from '../../db/connect'
import { orders } from '../../db/schema'
import { notFound } from '../../errors'
import { newId } from '../../ids'
import { nextCheckSeconds } from '../../rules/purchases/purchase'
import { later } from '../../rules/time'
import { type DbNow, required, type Services } from '../../services'
import { addJob } from '../job'
import { findOrder, type Order } from './order'

export type OpenOrder = Order & { vendorOrderId: string }

/** An open order of the same price is used again; AppError `upstream`, and trying again goes on. */
export async function openOrder(
  services: Pick<Services, 'db' | 'payments' | 'now'>,
  userId: string,
  course: { id: string; title: string; pricePaise: number },
): Promise<OpenOrder> {
  const payments = required(services.payments, 'Buying')
  const order = await freezeOrder(services, userId, course)
  if (order.vendorOrderId) return { ...order, vendorOrderId: order.vendorOrderId }
  const opened = await payments.openOrder({
    receipt: order.id,
    amountPaise: order.amountPaise,
    // Ids alone: by these a lost order can be rebuilt.
    notes: { order: order.id, buyer: userId, course: course.id },
  })
  const [kept] = await services.db
    .update(orders)
    .set({ vendorOrderId: opened.id, updatedAt: services.now() })
    .where(and(eq(orders.id, order.id), isNull(orders.vendorOrderId)))
  if (kept.affectedRows === 1) return { ...order, vendorOrderId: opened.id }
  // Another tab was first: nobody would know a payment of any id but the one that is kept.
  const { vendorOrderId } = await findOrder(services, order.id)
  return { ...order, vendorOrderId: vendorOrderId ?? opened.id }
}

async function freezeOrder(
  services: DbNow,
  userId: string,
  course: { id: string; pricePaise: number },
): Promise<Order> {
  const openKey = `${userId}:${course.id}:${course.pricePaise}`
  const known = await findByKey(services, openKey)
  if (known) return known
  const now = services.now()
  const order: Order = {
    id: newId(),
    userId,
    courseId: course.id,
    amountPaise: course.pricePaise,
    vendorOrderId: null,
    paymentId: null,
    state: 'open',
    openKey,
    lastError: null,
    paidAt: null,
    billingName: null,
    billingGstin: null,
    billingState: null,
    createdAt: now,
    updatedAt: now,
  }
  try {
    await transact(services.db, async (tx) => {
      await tx.insert(orders).values(order)
      const firstCheck = later(now, nextCheckSeconds(0, 0) ?? 0)
      await addJob({ db: tx, now: services.now }, 'check-order', { orderId: order.id }, firstCheck)
    })
    return order
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  const first = await findByKey(services, openKey)
  if (!first) throw notFound('order')
  return first
}

async function findByKey({ db }: Pick<Services, 'db'>, openKey: string): Promise<Order | undefined> {
  const [order] = await db.select().from(orders).where(eq(orders.openKey, openKey))
  return order
}
