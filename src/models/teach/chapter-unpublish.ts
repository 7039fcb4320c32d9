import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/connect'
import { chapters, courses } from '../../db/schema'
import type { Clock } from '../video-job'
import { withdrawIfEmpty } from './publishing'

/** Locks a chapter's course and then the chapter, as every change that may unpublish does; undefined when it is gone. */
export async function lockChapter(tx: Transaction, chapterId: string) {
  const [found] = await tx
    .select({ courseId: chapters.courseId })
    .from(chapters)
    .where(eq(chapters.id, chapterId))
  if (!found) return undefined
  await tx.select({ id: courses.id }).from(courses).where(eq(courses.id, found.courseId)).for('update')
  const [chapter] = await tx.select().from(chapters).where(eq(chapters.id, chapterId)).for('update')
  return chapter
}

/** Takes a chapter that lost its video from the course page, and with the last one the course; gives what was unpublished. The chapter must be locked by `lockChapter`. */
export async function unpublishWithoutVideo(
  tx: Transaction,
  clock: Clock,
  chapter: { id: string; courseId: string; isPublished: boolean },
): Promise<'nothing' | 'chapter' | 'course'> {
  if (!chapter.isPublished) return 'nothing'
  await tx
    .update(chapters)
    .set({ isPublished: false, updatedAt: clock.now() })
    .where(eq(chapters.id, chapter.id))
  return (await withdrawIfEmpty(tx, clock, chapter.courseId)) ? 'course' : 'chapter'
}
