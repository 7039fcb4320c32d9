import { and, desc, eq, isNull, sql } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { courses, orders, purchases, refunds, users } from '../../db/schema'
import { notFound } from '../../errors'
import { newId } from '../../ids'
import type { DbNow, Services } from '../../services'
import { ownedBy } from '../access'
import type { Order } from './order'

export type PurchaseStatus = NonNullable<Awaited<ReturnType<typeof findPurchaseStatus>>>
export type PurchaseLine = Awaited<ReturnType<typeof listPurchases>>[number]

/** Gives a free course to a student; harmless when they have it. */
export async function joinCourse(services: DbNow, userId: string, courseId: string): Promise<void> {
  await transact(services.db, async (tx) => {
    await tx.select({ id: users.id }).from(users).where(eq(users.id, userId)).for('update')
    const ofStudent = and(eq(purchases.userId, userId), eq(purchases.courseId, courseId))
    const [known] = await tx.select().from(purchases).where(ofStudent).for('update')
    if (known && !known.revokedAt) return
    const joined = {
      orderId: null,
      paymentId: null,
      pricePaise: 0,
      createdAt: services.now(),
      revokedAt: null,
    }
    // The course first: an insert shares its lock with all who join beside, and then none of them could count.
    await tx
      .update(courses)
      .set({ studentCount: sql`${courses.studentCount} + 1` })
      .where(eq(courses.id, courseId))
    await tx
      .insert(purchases)
      .values({ id: newId(), userId, courseId, ...joined })
      .onDuplicateKeyUpdate({ set: joined })
  })
}

/** Where the payment of an order stands. */
export async function findPurchaseStatus(services: Pick<Services, 'db'>, order: Order) {
  const [row] = await services.db
    .select({
      course: { title: courses.title, slug: courses.slug },
      purchaseId: purchases.id,
    })
    .from(courses)
    .leftJoin(purchases, ownedBy(order.userId))
    .where(eq(courses.id, order.courseId))
  if (!row) throw notFound('course')
  const given = await services.db
    .select()
    .from(refunds)
    .where(eq(refunds.orderId, order.id))
    .orderBy(refunds.createdAt)
  return {
    order,
    course: row.course,
    hasAccess: row.purchaseId !== null,
    refunds: given,
  }
}

/** Everything a student ever ordered or joined, newest first; at most 200. */
export async function listPurchases(services: Pick<Services, 'db'>, userId: string) {
  const [ordered, joined] = await Promise.all([
    services.db
      .select({
        orderId: orders.id,
        title: courses.title,
        slug: courses.slug,
        amountPaise: orders.amountPaise,
        state: orders.state,
        at: orders.createdAt,
        revokedAt: purchases.revokedAt,
      })
      .from(orders)
      .innerJoin(courses, eq(courses.id, orders.courseId))
      .leftJoin(purchases, eq(purchases.orderId, orders.id))
      .where(eq(orders.userId, userId))
      .orderBy(desc(orders.createdAt))
      .limit(200),
    services.db
      .select({ title: courses.title, slug: courses.slug, at: purchases.createdAt })
      .from(purchases)
      .innerJoin(courses, eq(courses.id, purchases.courseId))
      .where(and(eq(purchases.userId, userId), isNull(purchases.orderId), isNull(purchases.revokedAt)))
      .orderBy(desc(purchases.createdAt))
      .limit(200),
  ])
  const free = joined.map((row) => ({
    ...row,
    orderId: null,
    amountPaise: 0,
    state: 'paid' as const,
    revokedAt: null,
  }))
  return [...ordered, ...free].sort((one, other) => other.at.getTime() - one.at.getTime())
}
