import { and, eq, isNull } from 'drizzle-orm'
import { courses, purchases } from '../db/schema'

export const ownedBy = (userId: string) =>
  and(eq(purchases.courseId, courses.id), eq(purchases.userId, userId), isNull(purchases.revokedAt))

export const onSale = and(eq(courses.isPublished, true), isNull(courses.archivedAt))
