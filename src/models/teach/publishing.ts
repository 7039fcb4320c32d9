import { and, count, eq } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { chapters, courses, muxData } from '../../db/schema'
import {
  type ChapterNeed,
  type CourseNeed,
  missingOfChapter,
  missingOfCourse,
} from '../../rules/teach/publishing'
import type { DbNow, Services } from '../../services'
import { lockOwnChapter, lockOwnCourse } from './own-course'

/** Puts a course on sale, or gives what it misses. Not_found when it is not this person's. */
export const publishCourse = (services: DbNow, ownerId: string, courseId: string): Promise<CourseNeed[]> =>
  transact(services.db, async (tx) => {
    const course = await lockOwnCourse(tx, ownerId, courseId)
    const missing = missingOfCourse({ ...course, publishedChapters: await countPublished(tx, courseId) })
    if (missing.length > 0 || course.isPublished) return missing
    const now = services.now()
    await tx
      .update(courses)
      .set({ isPublished: true, publishedAt: course.publishedAt ?? now, updatedAt: now })
      .where(eq(courses.id, courseId))
    return []
  })

/** Takes a course off the catalogue; who owns it keeps it. */
export const unpublishCourse = (services: DbNow, ownerId: string, courseId: string): Promise<void> =>
  transact(services.db, async (tx) => {
    await lockOwnCourse(tx, ownerId, courseId)
    await takeOffSale(tx, services, courseId)
  })

/** Shows a chapter to students, or gives what it misses. */
export const publishChapter = (
  services: DbNow,
  ownerId: string,
  courseId: string,
  chapterId: string,
): Promise<ChapterNeed[]> =>
  transact(services.db, async (tx) => {
    const { chapter } = await lockOwnChapter(tx, ownerId, courseId, chapterId)
    const [video] = await tx
      .select({ id: muxData.id })
      .from(muxData)
      .where(eq(muxData.chapterId, chapterId))
      .for('update')
    const missing = missingOfChapter({ ...chapter, hasVideo: video !== undefined })
    if (missing.length === 0) await setPublished(tx, services, chapterId, true)
    return missing
  })

/** Hides a chapter from students; `courseUnpublished` says that it was the last one, so that the course went off sale with it. */
export const unpublishChapter = (
  services: DbNow,
  ownerId: string,
  courseId: string,
  chapterId: string,
): Promise<{ courseUnpublished: boolean }> =>
  transact(services.db, async (tx) => {
    await lockOwnChapter(tx, ownerId, courseId, chapterId)
    await setPublished(tx, services, chapterId, false)
    return { courseUnpublished: await unpublishEmptyCourse(tx, services, courseId) }
  })

/** Takes a course off sale when no chapter of it is published any more, and says whether it did. The course must be locked. */
export async function unpublishEmptyCourse(
  tx: Transaction,
  clock: Pick<Services, 'now'>,
  courseId: string,
): Promise<boolean> {
  if ((await countPublished(tx, courseId)) > 0) return false
  const [course] = await tx
    .select({ isPublished: courses.isPublished })
    .from(courses)
    .where(eq(courses.id, courseId))
    .for('update')
  if (!course?.isPublished) return false
  await takeOffSale(tx, clock, courseId)
  return true
}

const takeOffSale = (tx: Transaction, { now }: Pick<Services, 'now'>, courseId: string) =>
  tx.update(courses).set({ isPublished: false, updatedAt: now() }).where(eq(courses.id, courseId))

const setPublished = (
  tx: Transaction,
  { now }: Pick<Services, 'now'>,
  chapterId: string,
  isPublished: boolean,
) => tx.update(chapters).set({ isPublished, updatedAt: now() }).where(eq(chapters.id, chapterId))

async function countPublished(tx: Transaction, courseId: string): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(chapters)
    .where(and(eq(chapters.courseId, courseId), eq(chapters.isPublished, true)))
  return row?.n ?? 0
}
