import { eq } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { attachments, chapters, courses, orders, purchases } from '../../db/schema'
import type { DbNow } from '../../services'
import { addJob } from '../job'
import { lockOwnCourse } from './own-course'
import { removeVideosOf } from './video/video'

/**
 * Deletes one's own course. One that somebody bought or joined, or may still be paying for, is only put away: its students keep it,
 * and the books stay whole. Any other goes with its chapters, videos and files.
 */
export const deleteCourse = (
  services: DbNow,
  ownerId: string,
  courseId: string,
): Promise<'archived' | 'deleted'> =>
  transact(services.db, async (tx) => {
    const course = await lockOwnCourse(tx, ownerId, courseId)
    if (await isInBooks(tx, courseId)) {
      const now = services.now()
      await tx
        .update(courses)
        .set({ isPublished: false, archivedAt: now, updatedAt: now })
        .where(eq(courses.id, courseId))
      return 'archived'
    }
    const list = await tx.select({ id: chapters.id }).from(chapters).where(eq(chapters.courseId, courseId))
    await removeVideosOf(
      tx,
      services,
      list.map(({ id }) => id),
    )
    const files = await tx
      .select({ key: attachments.fileKey })
      .from(attachments)
      .where(eq(attachments.courseId, courseId))
    for (const fileKey of [course.imageKey, ...files.map(({ key }) => key)]) {
      if (fileKey) await addJob({ db: tx, now: services.now }, 'delete-file', { fileKey })
    }
    await tx.delete(attachments).where(eq(attachments.courseId, courseId))
    await tx.delete(chapters).where(eq(chapters.courseId, courseId))
    await tx.delete(courses).where(eq(courses.id, courseId))
    return 'deleted'
  })

async function isInBooks(tx: Transaction, courseId: string): Promise<boolean> {
  const [sold] = await tx
    .select({ id: purchases.id })
    .from(purchases)
    .where(eq(purchases.courseId, courseId))
    .limit(1)
  if (sold) return true
  const [ordered] = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(eq(orders.courseId, courseId))
    .limit(1)
  return ordered !== undefined
}
