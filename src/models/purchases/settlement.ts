import { and, eq, sql } from 'drizzle-orm'
import type { Transaction } from '../../db/connect'
import { courses, orders, purchases, refunds, users } from '../../db/schema'
import { newId } from '../../ids'
import type { Payment, Refund } from '../../ports/payments/payments'
import { isFormer } from '../../rules/account/former-account'
import { isFullyRefunded, laterRefundState, paysFor } from '../../rules/purchases/purchase'
import type { Services } from '../../services'
import { addJob } from '../job'

type Clock = Pick<Services, 'now'>
type Order = typeof orders.$inferSelect

/** What a payment did: nothing more than once. */
export type Settlement = 'granted' | 'already' | 'goes back' | 'does not pay'

/** Receipt, callback, webhook and reconciler all end here, in the transaction that also keeps their cause: the order moves forward, the student gets the course. Whoever comes second changes nothing; a payment too many goes back by itself. */
export async function settle(
  tx: Transaction,
  clock: Clock,
  orderId: string,
  payment: Payment,
): Promise<Settlement> {
  const order = await lockOrder(tx, orderId)
  if (!order || !paysFor(order, payment)) return 'does not pay'
  if (order.paymentId === payment.id) return 'already'
  if (order.paymentId) {
    await giveBack(tx, clock, order, payment)
    return 'goes back'
  }
  const isTooMuch = (await ownedPurchase(tx, order)) || (await hasLeft(tx, order.userId))
  const state = isTooMuch ? 'duplicate' : 'paid'
  await tx
    .update(orders)
    .set({
      state,
      paymentId: payment.id,
      paidAt: clock.now(),
      openKey: null,
      lastError: null,
      updatedAt: clock.now(),
    })
    .where(eq(orders.id, order.id))
  if (isTooMuch) {
    await giveBack(tx, clock, order, payment)
    return 'goes back'
  }
  await grant(tx, clock, { ...order, paymentId: payment.id })
  await addJob({ db: tx, now: clock.now }, 'mail-receipt', { orderId: order.id })
  const inADay = new Date(clock.now().getTime() + dayMs)
  await addJob({ db: tx, now: clock.now }, 'check-refunds', { orderId: order.id }, inADay)
  await followRefunds(tx, clock, order)
  return 'granted'
}

/** Keeps what the bank says of a refund, and takes or restores access by the sum of all. One of a payment too many that fails is tried again. */
export async function noteRefundIn(
  tx: Transaction,
  clock: Clock,
  orderId: string,
  refund: Refund,
): Promise<void> {
  const order = await lockOrder(tx, orderId)
  if (!order) return
  const now = clock.now()
  const [known] = await tx.select().from(refunds).where(eq(refunds.id, refund.id))
  const state = known ? laterRefundState(known.state, refund.state) : refund.state
  if (known) await tx.update(refunds).set({ state, updatedAt: now }).where(eq(refunds.id, refund.id))
  else {
    await tx.insert(refunds).values({
      id: refund.id,
      orderId,
      paymentId: refund.paymentId,
      amountPaise: refund.amountPaise,
      state,
      createdAt: now,
      updatedAt: now,
    })
  }
  const hasFailed = state === 'failed' && known?.state !== 'failed'
  if (!known || hasFailed) await addJob({ db: tx, now: clock.now }, 'mail-refund', { refundId: refund.id })
  const isTooMuch = order.state === 'duplicate' || (order.paymentId && refund.paymentId !== order.paymentId)
  if (hasFailed && isTooMuch) {
    const payment = { id: refund.paymentId, amountPaise: order.amountPaise }
    await giveBack(tx, clock, order, payment, new Date(now.getTime() + dayMs))
  }
  await followRefunds(tx, clock, order)
}

/**
 * Locks the buyer before the order, so that two orders of one person never settle side by side. The course, too: what is
 * written about its order and purchase shares its lock with every other buyer's, and then none of them could count.
 */
async function lockOrder(tx: Transaction, orderId: string): Promise<Order | undefined> {
  const [found] = await tx
    .select({ userId: orders.userId, courseId: orders.courseId })
    .from(orders)
    .where(eq(orders.id, orderId))
  if (!found) return undefined
  await tx.select({ id: users.id }).from(users).where(eq(users.id, found.userId)).for('update')
  await tx.select({ id: courses.id }).from(courses).where(eq(courses.id, found.courseId)).for('update')
  const [order] = await tx.select().from(orders).where(eq(orders.id, orderId)).for('update')
  return order
}

const ofBuyer = (order: Order) =>
  and(eq(purchases.userId, order.userId), eq(purchases.courseId, order.courseId))

async function ownedPurchase(tx: Transaction, order: Order): Promise<boolean> {
  const [purchase] = await tx.select().from(purchases).where(ofBuyer(order)).for('update')
  return purchase !== undefined && purchase.revokedAt === null
}

/** Who deleted their account while the bank was at it gets the money back. */
async function hasLeft(tx: Transaction, userId: string): Promise<boolean> {
  const [buyer] = await tx.select({ email: users.email }).from(users).where(eq(users.id, userId))
  return buyer !== undefined && isFormer(buyer.email)
}

async function grant(tx: Transaction, clock: Clock, order: Order): Promise<void> {
  const bought = {
    orderId: order.id,
    paymentId: order.paymentId,
    pricePaise: order.amountPaise,
    createdAt: clock.now(),
    revokedAt: null,
  }
  await tx
    .insert(purchases)
    .values({ id: newId(), userId: order.userId, courseId: order.courseId, ...bought })
    .onDuplicateKeyUpdate({ set: bought })
  await countStudents(tx, order.courseId, 1)
}

async function followRefunds(tx: Transaction, clock: Clock, order: Order): Promise<void> {
  const [purchase] = await tx.select().from(purchases).where(eq(purchases.orderId, order.id)).for('update')
  if (!purchase) return
  const given = await tx.select().from(refunds).where(eq(refunds.orderId, order.id))
  const isRevoked = isFullyRefunded(
    order.amountPaise,
    given.filter((refund) => refund.paymentId === purchase.paymentId),
  )
  if (isRevoked === (purchase.revokedAt !== null)) return
  await tx
    .update(purchases)
    .set({ revokedAt: isRevoked ? clock.now() : null })
    .where(eq(purchases.id, purchase.id))
  await countStudents(tx, order.courseId, isRevoked ? -1 : 1)
}

const countStudents = (tx: Transaction, courseId: string, change: 1 | -1) =>
  tx
    .update(courses)
    .set({ studentCount: sql`greatest(cast(${courses.studentCount} as signed) + ${change}, 0)` })
    .where(eq(courses.id, courseId))

/** A bank that could not refund is asked again a day later. */
const dayMs = 24 * 3600 * 1000

const giveBack = (
  tx: Transaction,
  clock: Clock,
  order: Order,
  payment: Pick<Payment, 'id' | 'amountPaise'>,
  runAt?: Date,
) =>
  addJob(
    { db: tx, now: clock.now },
    'refund-duplicate',
    { orderId: order.id, paymentId: payment.id, amountPaise: String(payment.amountPaise) },
    runAt,
  )
