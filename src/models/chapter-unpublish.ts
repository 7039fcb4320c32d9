import { and, eq } from 'drizzle-orm'
import type { Transaction } from '../db/connect'
import { chapters, courses } from '../db/schema'
import type { Clock } from './video-job'

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
  const updatedAt = clock.now()
  await tx.update(chapters).set({ isPublished: false, updatedAt }).where(eq(chapters.id, chapter.id))
  const [other] = await tx
    .select({ id: chapters.id })
    .from(chapters)
    .where(and(eq(chapters.courseId, chapter.courseId), eq(chapters.isPublished, true)))
    .limit(1)
  if (other) return 'chapter'
  const [changed] = await tx
    .update(courses)
    .set({ isPublished: false, updatedAt })
    .where(and(eq(courses.id, chapter.courseId), eq(courses.isPublished, true)))
  return changed.affectedRows > 0 ? 'course' : 'chapter'
}
