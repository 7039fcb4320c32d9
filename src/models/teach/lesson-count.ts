import { asc, eq, gt, inArray, sql } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { chapters, courses, muxData } from '../../db/schema'
import type { Services } from '../../services'

const published = sql`${chapters.courseId} = ${courses.id} and ${chapters.isPublished}`
const counted = {
  lessonCount: sql`(select count(*) from ${chapters} where ${published})`,
  lessonSeconds: sql`(select coalesce(sum(${muxData.durationSeconds}), 0) from ${muxData}
    join ${chapters} on ${chapters.id} = ${muxData.chapterId} where ${published})`,
}

/** Only under the course's lock, after whatever changed its lessons or their videos. */
export const countLessons = (tx: Transaction, courseId: string) =>
  tx.update(courses).set(counted).where(eq(courses.id, courseId))

const batch = 200

/** Of all courses: while an upgrade goes on, the version before changes lessons and counts none. */
export async function recountLessons(
  { db }: Pick<Services, 'db'>,
  goesOn: () => boolean = () => true,
): Promise<void> {
  const differs = sql`${courses.lessonCount} <> ${counted.lessonCount}
    or ${courses.lessonSeconds} <> ${counted.lessonSeconds}`
  let last = ''
  while (goesOn()) {
    const rows = await db
      .select({ id: courses.id, differs: sql`${differs}`.mapWith(Boolean) })
      .from(courses)
      .where(gt(courses.id, last))
      .orderBy(asc(courses.id))
      .limit(batch)
    last = rows.at(-1)?.id ?? ''
    if (!last) return
    const wrong = rows.filter((row) => row.differs).map(({ id }) => id)
    if (wrong.length === 0) continue
    await transact(db, async (tx) => {
      await tx.select({ id: courses.id }).from(courses).where(inArray(courses.id, wrong)).for('update')
      await tx.update(courses).set(counted).where(inArray(courses.id, wrong))
    })
  }
}
