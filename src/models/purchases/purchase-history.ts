import { and, desc, eq, isNull } from 'drizzle-orm'
import { courses, orders, purchases, refunds } from '../../db/schema'
import { notFound } from '../../errors'
import type { Services } from '../../services'
import { ownedBy } from '../access'
import type { Order } from './order'

export type PurchaseStatus = Awaited<ReturnType<typeof findPurchaseStatus>>
export type PurchaseRow = Awaited<ReturnType<typeof listPurchases>>[number]

const maxListed = 200

export async function findPurchaseStatus({ db }: Pick<Services, 'db'>, order: Order) {
  const [row] = await db
    .select({ course: { title: courses.title, slug: courses.slug }, purchaseId: purchases.id })
    .from(courses)
    .leftJoin(purchases, ownedBy(order.userId))
    .where(eq(courses.id, order.courseId))
  if (!row) throw notFound('course')
  return {
    order,
    course: row.course,
    hasAccess: row.purchaseId !== null,
    refunds: await db.select().from(refunds).where(eq(refunds.orderId, order.id)).orderBy(refunds.createdAt),
  }
}

export async function listPurchases({ db }: Pick<Services, 'db'>, userId: string) {
  const [ordered, joined] = await Promise.all([
    db
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
      .limit(maxListed),
    db
      .select({ title: courses.title, slug: courses.slug, at: purchases.createdAt })
      .from(purchases)
      .innerJoin(courses, eq(courses.id, purchases.courseId))
      .where(and(eq(purchases.userId, userId), isNull(purchases.orderId), isNull(purchases.revokedAt)))
      .orderBy(desc(purchases.createdAt))
      .limit(maxListed),
  ])
  const free = { orderId: null, amountPaise: 0, state: 'paid' as const, revokedAt: null }
  return [...ordered, ...joined.map((row) => ({ ...row, ...free }))].sort(
    (one, other) => other.at.getTime() - one.at.getTime(),
  )
}
