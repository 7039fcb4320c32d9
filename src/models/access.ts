import { and, eq, isNull } from 'drizzle-orm'
import { courses, purchases } from '../db/schema'

/** Joins the purchase with which this person owns the course of the row; one that was taken back is none. */
export const ownedBy = (userId: string) =>
  and(eq(purchases.courseId, courses.id), eq(purchases.userId, userId), isNull(purchases.revokedAt))

/** Whether the course of the row can be found and bought. */
export const onSale = and(eq(courses.isPublished, true), isNull(courses.archivedAt))
