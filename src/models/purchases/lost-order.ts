import { and, eq, isNull } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { courses, orders, payments, users } from '../../db/schema'
import { isId, newId } from '../../ids'
import type { VendorOrder } from '../../ports/payments/payments'
import { required, type Services } from '../../services'
import type { KeptPayment } from './payment'
import { type InTransaction, lockBuyer } from './purchase'

type Parts = Pick<Services, 'db' | 'payments' | 'now' | 'config'>

type PaidOrder = Pick<KeptPayment, 'id' | 'vendorOrderId' | 'paidAt'>

export type LostOrder = 'attached' | 'no order' | 'no buyer' | 'no course'

/**
 * After a restore a payment may belong to an order that is not here any more: the vendor's order
 * says in its notes whose and what it was. AppError `upstream`.
 */
export async function attachLostOrder(services: Parts, paymentId: string): Promise<LostOrder> {
  const [payment] = await services.db.select().from(payments).where(eq(payments.id, paymentId))
  if (!payment || payment.orderId !== null || payment.outcome !== 'held') return 'attached'
  return rebuildOrderOf(services, payment)
}

/** As above for a payment that is kept already, or will be; its order must not be here. */
export async function rebuildOrderOf(services: Parts, payment: PaidOrder): Promise<LostOrder> {
  if (!payment.vendorOrderId) return 'no order'
  const told = await required(services.payments, 'Buying').findOrder(payment.vendorOrderId)
  if (!told) return 'no order'
  const { buyer = '', course = '' } = told.notes
  const [user] = await services.db
    .select({ id: users.id })
    .from(users)
    .where(eq(users.id, known(buyer)))
  if (!user) return 'no buyer'
  const [bought] = await services.db
    .select({ id: courses.id })
    .from(courses)
    .where(eq(courses.id, known(course)))
  if (!bought) return 'no course'
  await transact(services.db, (db) =>
    rebuildOrder({ ...services, db }, payment, told, { userId: user.id, courseId: bought.id }),
  )
  return 'attached'
}

/** What is no id of ours is nobody's. */
const known = (id: string) => (isId(id) ? id : '')

async function rebuildOrder(
  { db, now }: InTransaction,
  payment: PaidOrder,
  told: VendorOrder,
  buyer: { userId: string; courseId: string },
): Promise<void> {
  await lockBuyer(db, buyer)
  const [same] = await db.select().from(orders).where(eq(orders.vendorOrderId, told.id)).for('update')
  const orderId = same?.id ?? (await freeId(db, told))
  if (!same)
    await db.insert(orders).values({
      id: orderId,
      ...buyer,
      amountPaise: told.amountPaise,
      vendorOrderId: told.id,
      createdAt: payment.paidAt,
      updatedAt: now(),
    })
  await db
    .update(payments)
    .set({ orderId, updatedAt: now() })
    .where(and(eq(payments.id, payment.id), isNull(payments.orderId)))
}

/** The id that the order had, unless another one has it. */
async function freeId(db: Transaction, { notes: { order = '' } }: VendorOrder): Promise<string> {
  if (!isId(order)) return newId()
  const [taken] = await db.select({ id: orders.id }).from(orders).where(eq(orders.id, order)).for('update')
  return taken ? newId() : order
}
