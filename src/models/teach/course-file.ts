import { and, count, eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { attachments } from '../../db/schema'
import { AppError, notFound } from '../../errors'
import { isId, newId } from '../../ids'
import type { StoredFile } from '../../ports/files/files'
import type { DbNow, Services } from '../../services'
import { addJob } from '../job'
import { receiveOnce } from '../webhook-event'
import { findOwnCourse, lockCourseOfUploader, lockOwnCourse } from './own-course'

/** As many as a course can have. */
export const mostAttachments = 100

/** Says whether so many more files may come to one's own course: AppError `not_found` when it is not, `conflict` when they are too many. */
export async function checkAttachmentCount(
  services: Pick<Services, 'db'>,
  ownerId: string,
  courseId: string,
  more: number,
): Promise<void> {
  await findOwnCourse(services, ownerId, courseId)
  const [row] = await services.db
    .select({ n: count() })
    .from(attachments)
    .where(eq(attachments.courseId, courseId))
  if ((row?.n ?? 0) + more > mostAttachments) {
    throw new AppError('conflict', `A course can have ${mostAttachments} files. Delete some first.`)
  }
}

/** Adds an uploaded file to a course, once, however often it is told of. Where the course is not this person's any more, the file is deleted instead. */
export async function addAttachment(
  services: DbNow,
  to: { userId: string; courseId: string },
  { key, name, size, type }: StoredFile,
): Promise<void> {
  const event = {
    source: 'uploadthing',
    id: key,
    type: 'courseAttachment',
    payload: { key, name, size, type, ...to },
  } as const
  await receiveOnce(services, event, async (tx) => {
    const course = await lockCourseOfUploader(tx, to.userId, to.courseId)
    if (!course) {
      await addJob({ db: tx, now: services.now }, 'delete-file', { fileKey: key })
      return 'nobody to keep it for'
    }
    await tx.insert(attachments).values({
      id: newId(),
      courseId: course.id,
      name: displayName(name),
      fileKey: key,
      sizeBytes: size,
      contentType: type,
      createdAt: services.now(),
    })
    return 'kept'
  })
}

/** Takes a file off one's own course; it is deleted at its store by a job. Gives its name; not_found for any other. */
export const deleteAttachment = (
  services: DbNow,
  ownerId: string,
  courseId: string,
  id: string,
): Promise<string> =>
  transact(services.db, async (tx) => {
    await lockOwnCourse(tx, ownerId, courseId)
    if (!isId(id)) throw notFound('file')
    const isIt = and(eq(attachments.id, id), eq(attachments.courseId, courseId))
    const [file] = await tx.select().from(attachments).where(isIt).for('update')
    if (!file) throw notFound('file')
    await tx.delete(attachments).where(isIt)
    await addJob({ db: tx, now: services.now }, 'delete-file', { fileKey: file.fileKey })
    return file.name
  })

/** The last part of what the browser called it, without anything that is not seen. */
const displayName = (name: string) =>
  (name.split(/[\\/]/).pop() ?? '').replace(/\p{C}/gu, '').trim().slice(0, 255) || 'File'
