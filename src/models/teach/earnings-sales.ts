import { and, eq, gte, notExists, sql } from 'drizzle-orm'
import { unionAll } from 'drizzle-orm/mysql-core'
import type { Db } from '../../db/connect'
import { courses, orders, purchases, refunds } from '../../db/schema'

/** A duplicate payment of the same order is not counted. */
const refundedOf = (
  payment: typeof purchases | typeof orders,
  orderId: typeof purchases.orderId | typeof orders.id,
) =>
  sql`(select coalesce(sum(${refunds.amountPaise}), 0) from ${refunds} where ${refunds.orderId} = ${orderId}
    and ${refunds.paymentId} = ${payment.paymentId} and ${refunds.state} = 'processed')`

/** One row a sale; who bought again after a refund has one purchase, so old orders count too. */
export function selectSales(db: Db, ownerId: string, since: Date) {
  const current = db
    .select({
      courseId: sql<string>`${purchases.courseId}`.as('sold_course_id'),
      userId: sql<string>`${purchases.userId}`.as('sold_to'),
      soldAt: sql`${purchases.createdAt}`.mapWith(purchases.createdAt).as('sold_at'),
      pricePaise: sql`${purchases.pricePaise}`.mapWith(Number).as('sold_paise'),
      refundedPaise:
        sql`if(${purchases.revokedAt} is null, least(${purchases.pricePaise}, ${refundedOf(purchases, purchases.orderId)}), ${purchases.pricePaise})`
          .mapWith(Number)
          .as('refunded_paise_of_sale'),
      isKept: sql`${purchases.revokedAt} is null`.mapWith(Boolean).as('is_kept'),
    })
    .from(purchases)
    .innerJoin(courses, eq(courses.id, purchases.courseId))
    .where(and(eq(courses.ownerId, ownerId), gte(purchases.createdAt, since)))
  const earlier = db
    .select({
      courseId: sql<string>`${orders.courseId}`.as('sold_course_id'),
      userId: sql<string>`${orders.userId}`.as('sold_to'),
      soldAt: sql`${orders.paidAt}`.mapWith(purchases.createdAt).as('sold_at'),
      pricePaise: sql`${orders.amountPaise}`.mapWith(Number).as('sold_paise'),
      refundedPaise: sql`least(${orders.amountPaise}, ${refundedOf(orders, orders.id)})`
        .mapWith(Number)
        .as('refunded_paise_of_sale'),
      isKept: sql`false`.mapWith(Boolean).as('is_kept'),
    })
    .from(orders)
    .innerJoin(courses, eq(courses.id, orders.courseId))
    .where(
      and(
        eq(courses.ownerId, ownerId),
        eq(orders.state, 'paid'),
        gte(orders.paidAt, since),
        notExists(db.select({ one: sql`1` }).from(purchases).where(sql`${purchases.orderId} = ${orders.id}`)),
      ),
    )
  return unionAll(current, earlier).as('sales')
}
export type Sales = ReturnType<typeof selectSales>
