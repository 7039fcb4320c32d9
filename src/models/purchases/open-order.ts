import { and, desc, eq, isNotNull, isNull } from 'drizzle-orm'
import { isDuplicate, type Transaction, transact } from '../../db/connect'
import { courses, orders, users } from '../../db/schema'
import { notFound } from '../../errors'
import { newId } from '../../ids'
import type { Limit } from '../../rules/limits'
import { quoteSeconds } from '../../rules/purchases/outcome'
import { firstCheckSeconds } from '../../rules/purchases/purchase'
import { hourSeconds, later } from '../../rules/time'
import { type DbNow, type MoneyServices, required, type Services } from '../../services'
import { addJob } from '../job'
import { countUp } from '../limit'
import { abandonOrder, findOrder, type Order } from './order'
import { checkOffer } from './purchase'

export type OpenOrder = Order & { vendorOrderId: string }

const newOrdersOfUser: Limit = {
  kind: 'new-orders-of-person',
  most: 20,
  windowSeconds: hourSeconds,
  message: 'You have started many orders.',
}
const maxOpenOrders = 10

/**
 * An open order of the same price is used again while its quote holds; AppError as `checkOffer`,
 * `limited` after 20 new ones an hour, `upstream`, and trying again goes on.
 */
export async function openOrder(
  services: Pick<Services, 'db' | 'payments' | 'now' | 'config'>,
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
  services: MoneyServices,
  userId: string,
  course: { id: string; pricePaise: number },
): Promise<Order> {
  const openKey = `${userId}:${course.id}:${course.pricePaise}`
  const known = await findByKey(services, openKey)
  const now = services.now()
  if (known && known.createdAt > later(now, -quoteSeconds)) return known
  if (known) await abandonOrder(services, known.id)
  await countUp(services, newOrdersOfUser, userId)
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
    checkedAt: null,
    shownAt: null,
    billingName: null,
    billingGstin: null,
    billingState: null,
    createdAt: now,
    updatedAt: now,
  }
  try {
    await transact(services.db, async (db) => {
      const tx = { ...services, db }
      await db.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update')
      // Its foreign key holds the course as it is, together with all others who begin to buy it.
      await db.insert(orders).values(order)
      const [offered] = await db.select().from(courses).where(eq(courses.id, order.courseId))
      checkOffer(offered, order.amountPaise)
      await addJob(tx, 'check-order', { orderId: order.id }, later(now, firstCheckSeconds))
      await closeOldest(tx, userId)
    })
    return order
  } catch (error) {
    if (!isDuplicate(error)) throw error
  }
  const first = await findByKey(services, openKey)
  if (!first) throw notFound('order')
  return first
}

/** Who looks at many courses keeps the newest orders open; a payment of a closed one counts, too. */
async function closeOldest({ db, now }: Pick<DbNow, 'now'> & { db: Transaction }, userId: string) {
  const open = await db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.userId, userId), isNotNull(orders.openKey)))
    .orderBy(desc(orders.id))
  for (const { id } of open.slice(maxOpenOrders)) await abandonOrder({ db, now }, id)
}

async function findByKey({ db }: Pick<Services, 'db'>, openKey: string): Promise<Order | undefined> {
  const [order] = await db.select().from(orders).where(eq(orders.openKey, openKey))
  return order
}
