import { and, count, eq, isNull } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { chapters, courses, muxData, purchases } from '../../db/schema'
import {
  type ChapterNeed,
  type CourseNeed,
  missingOfChapter,
  missingOfCourse,
} from '../../rules/teach/publishing'
import type { DbNow, Services } from '../../services'
import { countLessons } from './lesson-count'
import { type ChapterKey, type CourseKey, lockOwnChapter, lockOwnCourse, type OwnChapter } from './own-course'

type Clock = Pick<Services, 'now'>

/** `keepers` own the course and keep the lesson. */
export interface Withdrawal {
  keepers: number
  courseUnpublished: boolean
}

/** `suspended` by an administrator, who alone can lift it; otherwise what is still missing. */
export const publishCourse = (services: DbNow, course: CourseKey): Promise<CourseNeed[] | 'suspended'> =>
  transact(services.db, async (tx) => {
    const current = await lockOwnCourse(tx, course)
    if (current.suspendedAt) return 'suspended'
    const missing = missingOfCourse({
      ...current,
      publishedChapters: await countPublishedChapters(tx, course.id),
    })
    if (missing.length > 0 || current.isPublished) return missing
    const now = services.now()
    await tx
      .update(courses)
      .set({ isPublished: true, publishedAt: current.publishedAt ?? now, updatedAt: now })
      .where(eq(courses.id, course.id))
    return []
  })

export const unpublishCourse = (services: DbNow, course: CourseKey): Promise<void> =>
  transact(services.db, async (tx) => {
    await lockOwnCourse(tx, course)
    await setCourseUnpublished(tx, services, course.id)
  })

export const publishChapter = (
  services: DbNow,
  course: CourseKey,
  chapter: Pick<OwnChapter, 'id'>,
): Promise<ChapterNeed[]> =>
  transact(services.db, async (tx) => {
    const current = await lockOwnChapter(tx, course, chapter)
    const [video] = await tx
      .select({ id: muxData.id })
      .from(muxData)
      .where(eq(muxData.chapterId, chapter.id))
      .for('update')
    const missing = missingOfChapter({ ...current, hasVideo: video !== undefined })
    if (missing.length > 0) return missing
    await setChapterPublished(tx, services, { ...chapter, isPublished: true })
    await countLessons(tx, course.id)
    return []
  })

export const unpublishChapter = (
  services: DbNow,
  course: CourseKey,
  chapter: Pick<OwnChapter, 'id'>,
): Promise<Withdrawal> =>
  transact(services.db, async (tx) => {
    const { isPublished } = await lockOwnChapter(tx, course, chapter)
    const keepers = isPublished ? await countOwners(tx, course.id) : 0
    if (isPublished) await withdrawChapter(tx, services, { ...chapter, keepers })
    return { keepers, courseUnpublished: await unpublishEmptyCourse(tx, services, course.id) }
  })

/** Who owns the course now, and keeps what is taken out of it. */
export async function countOwners(tx: Transaction, courseId: string): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(purchases)
    .where(and(eq(purchases.courseId, courseId), isNull(purchases.revokedAt)))
  return row?.n ?? 0
}

/** Only under the course's lock, which every purchase takes, too. */
export const withdrawChapter = (
  tx: Transaction,
  { now }: Clock,
  { id, keepers }: Pick<OwnChapter, 'id'> & { keepers: number },
) =>
  tx
    .update(chapters)
    .set({ isPublished: false, withdrawnAt: keepers > 0 ? now() : null, updatedAt: now() })
    .where(eq(chapters.id, id))

/** Only under `lockChapter`; who owns the course keeps the rest of the chapter. */
export async function unpublishChapterWithoutVideo(
  tx: Transaction,
  clock: Clock,
  chapter: ChapterKey & { isPublished: boolean },
): Promise<'nothing' | 'chapter' | 'course'> {
  if (!chapter.isPublished) return 'nothing'
  await withdrawChapter(tx, clock, { id: chapter.id, keepers: await countOwners(tx, chapter.courseId) })
  return (await unpublishEmptyCourse(tx, clock, chapter.courseId)) ? 'course' : 'chapter'
}

/** After a lesson went, only under the course's lock; gives whether it was published. */
export async function unpublishEmptyCourse(
  tx: Transaction,
  clock: Clock,
  courseId: string,
): Promise<boolean> {
  await countLessons(tx, courseId)
  if ((await countPublishedChapters(tx, courseId)) > 0) return false
  const [course] = await tx
    .select({ isPublished: courses.isPublished })
    .from(courses)
    .where(eq(courses.id, courseId))
    .for('update')
  if (!course?.isPublished) return false
  await setCourseUnpublished(tx, clock, courseId)
  return true
}

const setCourseUnpublished = (tx: Transaction, { now }: Clock, courseId: string) =>
  tx.update(courses).set({ isPublished: false, updatedAt: now() }).where(eq(courses.id, courseId))

const setChapterPublished = (
  tx: Transaction,
  { now }: Clock,
  { id, isPublished }: Pick<OwnChapter, 'id' | 'isPublished'>,
) => tx.update(chapters).set({ isPublished, withdrawnAt: null, updatedAt: now() }).where(eq(chapters.id, id))

async function countPublishedChapters(tx: Transaction, courseId: string): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(chapters)
    .where(and(eq(chapters.courseId, courseId), eq(chapters.isPublished, true)))
  return row?.n ?? 0
}
