import { asc, eq, sql } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { chapters, courses } from '../../db/schema'
import { reordered } from '../../rules/teach/ordering'
import type { DbNow } from '../../services'
import { type CourseKey, lockOwnCourse, type OwnChapter } from './own-course'

/** Null, and nothing is changed, when `wanted` is not exactly the chapters of the course. */
export const reorderChapters = (
  services: DbNow,
  course: CourseKey,
  wanted: string[],
): Promise<Pick<OwnChapter, 'id' | 'title'>[] | null> =>
  transact(services.db, async (tx) => {
    await lockOwnCourse(tx, course)
    const current = await tx
      .select({ id: chapters.id, title: chapters.title })
      .from(chapters)
      .where(eq(chapters.courseId, course.id))
      .orderBy(asc(chapters.position), asc(chapters.id))
    const order = reordered(
      current.map(({ id }) => id),
      wanted,
    )
    if (!order) return null
    if (order.length === 0) return []
    const positions = sql.join(
      order.map((id, position) => sql`when ${id} then ${position}`),
      sql` `,
    )
    await tx
      .update(chapters)
      .set({ position: sql`case ${chapters.id} ${positions} end` })
      .where(eq(chapters.courseId, course.id))
    await tx.update(courses).set({ updatedAt: services.now() }).where(eq(courses.id, course.id))
    return order.flatMap((id) => current.find((chapter) => chapter.id === id) ?? [])
  })
