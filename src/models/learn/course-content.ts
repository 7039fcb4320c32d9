import { and, asc, eq } from 'drizzle-orm'
import { attachments } from '../../db/schema'
import { notFound } from '../../errors'
import { isId } from '../../ids'
import type { Services } from '../../services'

export type LessonFile = Awaited<ReturnType<typeof listLessonFiles>>[number]

/** The files that come with a course, by name; for who has been admitted to it. */
export const listLessonFiles = (services: Pick<Services, 'db'>, courseId: string) =>
  services.db
    .select({ id: attachments.id, name: attachments.name, sizeBytes: attachments.sizeBytes })
    .from(attachments)
    .where(eq(attachments.courseId, courseId))
    .orderBy(asc(attachments.name), asc(attachments.id))

/** A file of this course; AppError `not_found` when it is of another. */
export async function findLessonFile(
  services: Pick<Services, 'db'>,
  courseId: string,
  id: string,
): Promise<{ fileKey: string }> {
  if (!isId(id)) throw notFound('file')
  const [file] = await services.db
    .select({ fileKey: attachments.fileKey })
    .from(attachments)
    .where(and(eq(attachments.id, id), eq(attachments.courseId, courseId)))
  if (!file) throw notFound('file')
  return file
}
