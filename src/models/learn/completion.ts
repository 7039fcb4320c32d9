import { and, count, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db } from '../../db/connect'
import { chapters, purchases, userProgress, users } from '../../db/schema'
import { percentOf } from '../../rules/learn/progress'

export interface Completion {
  students: number
  finishedPercent: number
  averagePercent: number | null
}

/** By course id; suspended students do not count. */
export async function completionOf(
  { db }: { db: Db },
  courseIds: string[],
): Promise<Map<string, Completion>> {
  if (courseIds.length === 0) return new Map()
  const students = db
    .select({
      courseId: purchases.courseId,
      published: count(chapters.id).as('published'),
      done: count(userProgress.id).as('done'),
    })
    .from(purchases)
    .innerJoin(users, and(eq(users.id, purchases.userId), isNull(users.suspendedAt)))
    .leftJoin(chapters, and(eq(chapters.courseId, purchases.courseId), eq(chapters.isPublished, true)))
    .leftJoin(
      userProgress,
      and(
        eq(userProgress.userId, purchases.userId),
        eq(userProgress.chapterId, chapters.id),
        eq(userProgress.isCompleted, true),
      ),
    )
    .where(and(inArray(purchases.courseId, courseIds), isNull(purchases.revokedAt)))
    .groupBy(purchases.courseId, purchases.userId)
    .as('students')
  const rows = await db
    .select({
      courseId: students.courseId,
      students: count(),
      finished: sql`sum(${students.done} = ${students.published} and ${students.published} > 0)`.mapWith(
        Number,
      ),
      done: sql`sum(${students.done})`.mapWith(Number),
      due: sql`sum(${students.published})`.mapWith(Number),
    })
    .from(students)
    .groupBy(students.courseId)
  return new Map(
    rows.map((row) => [
      row.courseId,
      {
        students: row.students,
        finishedPercent: percentOf(row.finished, row.students),
        averagePercent: row.due === 0 ? null : percentOf(row.done, row.due),
      },
    ]),
  )
}
