import { asc, eq, sql } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { chapters, courses } from '../../db/schema'
import { reordered } from '../../rules/teach/ordering'
import type { DbNow } from '../../services'
import { lockOwnCourse } from './own-course'

/** Puts the chapters of one's own course in this order; false, and nothing changed, when the ids are not exactly its chapters. */
export const reorderChapters = (
  services: DbNow,
  ownerId: string,
  courseId: string,
  wanted: string[],
): Promise<boolean> =>
  transact(services.db, async (tx) => {
    await lockOwnCourse(tx, ownerId, courseId)
    const present = await tx
      .select({ id: chapters.id })
      .from(chapters)
      .where(eq(chapters.courseId, courseId))
      .orderBy(asc(chapters.position), asc(chapters.id))
    const order = reordered(
      present.map(({ id }) => id),
      wanted,
    )
    if (!order) return false
    if (order.length === 0) return true
    const places = sql.join(
      order.map((id, position) => sql`when ${id} then ${position}`),
      sql` `,
    )
    await tx
      .update(chapters)
      .set({ position: sql`case ${chapters.id} ${places} end` })
      .where(eq(chapters.courseId, courseId))
    await tx.update(courses).set({ updatedAt: services.now() }).where(eq(courses.id, courseId))
    return true
  })
