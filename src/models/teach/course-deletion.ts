import { eq } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { attachments, chapters, courses, orders, purchases } from '../../db/schema'
import type { DbNow } from '../../services'
import { recordAudit } from '../audit'
import { addJob } from '../job'
import { type CourseKey, lockOwnCourse, type OwnCourse } from './own-course'
import { removeVideosOf } from './video/video'

/** `archived` with a purchase or an order: its students keep it, the accounts stay complete. */
export const deleteCourse = (services: DbNow, { id, ownerId }: CourseKey): Promise<'archived' | 'deleted'> =>
  transact(services.db, async (tx) => {
    const course = await lockOwnCourse(tx, { id, ownerId })
    const subject = { type: 'course', id } as const
    const details = { name: course.title, students: course.studentCount }
    await recordAudit(
      { db: tx, now: services.now },
      { actorId: ownerId, action: 'delete-course', subject, details },
    )
    if (await hasBuyers(tx, id)) {
      const now = services.now()
      await tx
        .update(courses)
        .set({ isPublished: false, archivedAt: now, updatedAt: now })
        .where(eq(courses.id, id))
      return 'archived'
    }
    const list = await tx.select({ id: chapters.id }).from(chapters).where(eq(chapters.courseId, id))
    await removeVideosOf(
      tx,
      services,
      list.map((chapter) => chapter.id),
    )
    for (const fileKey of await listFileKeys(tx, course))
      await addJob({ db: tx, now: services.now }, 'delete-file', { fileKey })
    await tx.delete(attachments).where(eq(attachments.courseId, id))
    await tx.delete(chapters).where(eq(chapters.courseId, id))
    await tx.delete(courses).where(eq(courses.id, id))
    return 'deleted'
  })

async function listFileKeys(tx: Transaction, { id, imageKey }: OwnCourse): Promise<string[]> {
  const files = await tx
    .select({ key: attachments.fileKey })
    .from(attachments)
    .where(eq(attachments.courseId, id))
  return [...(imageKey ? [imageKey] : []), ...files.map(({ key }) => key)]
}

async function hasBuyers(tx: Transaction, courseId: string): Promise<boolean> {
  const [purchase] = await tx
    .select({ id: purchases.id })
    .from(purchases)
    .where(eq(purchases.courseId, courseId))
    .limit(1)
  if (purchase) return true
  const [order] = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(eq(orders.courseId, courseId))
    .limit(1)
  return order !== undefined
}
