import { and, count, eq, isNull } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { attachments, courses } from '../../db/schema'
import { AppError, notFound } from '../../errors'
import { isId, newId } from '../../ids'
import type { StoredFile } from '../../ports/files/files'
import type { DbNow, Services } from '../../services'
import { addJob } from '../job'
import { receiveOnce } from '../webhook-event'
import { type CourseKey, lockCourseOfUploader, lockOwnCourse, type OwnCourse } from './own-course'
import { countOwners } from './publishing'

export const maxAttachments = 100

/** AppError `conflict` when the course cannot have so many. */
export async function checkAttachmentCount(
  { db }: Pick<Services, 'db'>,
  course: CourseKey,
  more: number,
): Promise<void> {
  const [row] = await db
    .select({ n: count() })
    .from(attachments)
    .where(and(eq(attachments.courseId, course.id), isNull(attachments.withdrawnAt)))
  if ((row?.n ?? 0) + more > maxAttachments)
    throw new AppError('conflict', `A course can have ${maxAttachments} files. Delete some first.`)
}

/** Once per file; when the course is no longer the uploader's, the new file is deleted instead. */
export const saveCourseImage = (services: DbNow, course: CourseKey, file: StoredFile): Promise<void> =>
  receiveFile(services, { type: 'courseImage', course, file }, async (tx, { id, imageKey }) => {
    const change = { imageKey: file.key, updatedAt: services.now() }
    await tx.update(courses).set(change).where(eq(courses.id, id))
    if (imageKey) await addJob({ db: tx, now: services.now }, 'delete-file', { fileKey: imageKey })
  })

export const addAttachment = (services: DbNow, course: CourseKey, file: StoredFile): Promise<void> =>
  receiveFile(services, { type: 'courseAttachment', course, file }, async (tx, { id }) => {
    await tx.insert(attachments).values({
      id: newId(),
      courseId: id,
      name: displayName(file.name),
      fileKey: file.key,
      sizeBytes: file.size,
      contentType: file.type,
      createdAt: services.now(),
    })
  })

async function receiveFile(
  services: DbNow,
  { type, course, file }: { type: string; course: CourseKey; file: StoredFile },
  save: (tx: Transaction, course: OwnCourse) => Promise<void>,
): Promise<void> {
  const { key, name, size, type: contentType } = file
  const payload = { key, name, size, type: contentType, userId: course.ownerId, courseId: course.id }
  await receiveOnce(services, { source: 'uploadthing', id: key, type, payload }, async (tx) => {
    const current = await lockCourseOfUploader(tx, course)
    if (current) {
      await save(tx, current)
      return 'saved'
    }
    await addJob({ db: tx, now: services.now }, 'delete-file', { fileKey: key })
    return 'deleted: no longer their course'
  })
}

/**
 * One that somebody has bought is withdrawn instead, for `keepers`: only an administrator erases it;
 * AppError `not_found`.
 */
export const deleteAttachment = (
  services: DbNow,
  course: CourseKey,
  id: string,
): Promise<{ name: string; keepers: number }> =>
  transact(services.db, async (tx) => {
    await lockOwnCourse(tx, course)
    if (!isId(id)) throw notFound('file')
    const isIt = and(eq(attachments.id, id), eq(attachments.courseId, course.id))
    const [file] = await tx.select().from(attachments).where(isIt).for('update')
    if (!file) throw notFound('file')
    const keepers = await countOwners(tx, course.id)
    if (keepers === 0) await eraseFile(tx, services, file)
    else if (!file.withdrawnAt) await tx.update(attachments).set({ withdrawnAt: services.now() }).where(isIt)
    return { name: file.name, keepers }
  })

export async function eraseFile(
  tx: Transaction,
  { now }: Pick<Services, 'now'>,
  { id, fileKey }: Pick<typeof attachments.$inferSelect, 'id' | 'fileKey'>,
): Promise<void> {
  await tx.delete(attachments).where(eq(attachments.id, id))
  await addJob({ db: tx, now }, 'delete-file', { fileKey })
}

const displayName = (name: string) =>
  (name.split(/[\\/]/).pop() ?? '').replace(/\p{C}/gu, '').trim().slice(0, 255) || 'File'
