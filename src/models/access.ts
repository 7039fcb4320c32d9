import { and, eq, isNull } from 'drizzle-orm'
import { courses, purchases } from '../db/schema'

export const ownedBy = (userId: string) =>
  and(eq(purchases.courseId, courses.id), eq(purchases.userId, userId), isNull(purchases.revokedAt))

/** The same as `isOnSale` in rules/catalogue/sale. */
export const onSale = and(
  eq(courses.isPublished, true),
  isNull(courses.archivedAt),
  isNull(courses.suspendedAt),
)
