import { eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { chapters } from '../../db/schema'
import { notFound } from '../../errors'
import type { DbNow } from '../../services'
import { recordAudit } from '../audit'
import { lockChapter } from '../teach/own-course'
import { unpublishEmptyCourse } from '../teach/publishing'
import { removeVideosOf } from '../teach/video/video'

/** For good, with its video, also for who had the course; AppError `not_found`. */
export const eraseChapter = (
  services: DbNow,
  actorId: string,
  { id, courseId, reason }: { id: string; courseId: string; reason: string },
): Promise<void> =>
  transact(services.db, async (db) => {
    const chapter = await lockChapter(db, { id, courseId })
    if (chapter?.courseId !== courseId) throw notFound('lesson')
    await removeVideosOf(db, services, [id])
    await db.delete(chapters).where(eq(chapters.id, id))
    await unpublishEmptyCourse(db, services, courseId)
    const details = { course: courseId, name: chapter.title }
    const subject = { type: 'chapter', id } as const
    await recordAudit(
      { db, now: services.now },
      { actorId, action: 'erase-chapter', subject, reason, details },
    )
  })
