import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/connect'
import { chapters, courses } from '../../db/schema'
import { unpublishEmptyCourse } from './publishing'
import type { Clock } from './video/lifecycle'

/** A chapter as one gets to it before it is locked. */
export interface ChapterKey {
  id: string
  courseId: string
}

/** Locks a chapter's course and then the chapter, as every change that may unpublish does; undefined when it is gone. */
export async function lockChapter(tx: Transaction, { id, courseId }: ChapterKey) {
  await tx.select({ id: courses.id }).from(courses).where(eq(courses.id, courseId)).for('update')
  const [chapter] = await tx.select().from(chapters).where(eq(chapters.id, id)).for('update')
  return chapter
}

/** Takes a chapter that lost its video from the course page, and with the last one the course; gives what was unpublished. The chapter must be locked by `lockChapter`. */
export async function unpublishChapterWithoutVideo(
  tx: Transaction,
  clock: Clock,
  chapter: { id: string; courseId: string; isPublished: boolean },
): Promise<'nothing' | 'chapter' | 'course'> {
  if (!chapter.isPublished) return 'nothing'
  await tx
    .update(chapters)
    .set({ isPublished: false, updatedAt: clock.now() })
    .where(eq(chapters.id, chapter.id))
  return (await unpublishEmptyCourse(tx, clock, chapter.courseId)) ? 'course' : 'chapter'
}
