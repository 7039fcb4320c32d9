import { and, eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { attachments, courses } from '../../db/schema'
import { notFound } from '../../errors'
import type { DbNow } from '../../services'
import { recordAudit } from '../audit'
import { eraseFile } from '../teach/course-file'

/** For good, also for who had the course; AppError `not_found`. */
export const eraseAttachment = (
  services: DbNow,
  actorId: string,
  { id, courseId, reason }: { id: string; courseId: string; reason: string },
): Promise<void> =>
  transact(services.db, async (db) => {
    await db.select({ id: courses.id }).from(courses).where(eq(courses.id, courseId)).for('update')
    const [file] = await db
      .select()
      .from(attachments)
      .where(and(eq(attachments.id, id), eq(attachments.courseId, courseId)))
      .for('update')
    if (!file) throw notFound('file')
    await eraseFile(db, services, file)
    const details = { course: courseId, name: file.name }
    const subject = { type: 'attachment', id } as const
    await recordAudit({ db, now: services.now }, { actorId, action: 'erase-file', subject, reason, details })
  })
