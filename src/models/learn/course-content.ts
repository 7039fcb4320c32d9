import { and, asc, eq, isNotNull, isNull, lte, or } from 'drizzle-orm'
import { attachments, chapters, muxData, purchases, userProgress } from '../../db/schema'
import { notFound } from '../../errors'
import { isId } from '../../ids'
import { mayDownload } from '../../rules/learn/access'
import type { Services } from '../../services'
import { findCourse } from '../catalogue/course'

export type CourseChapter = Awaited<ReturnType<typeof listChapters>>[number]
export type CourseAttachment = Awaited<ReturnType<typeof listAttachments>>[number]

/** A course whose files this person may download; AppError `not_found` for any other. */
export async function findDownloadableCourse(
  services: Pick<Services, 'db'>,
  userId: string,
  slug: string,
): Promise<{ id: string; slug: string }> {
  const course = await findCourse(services, slug, userId)
  if (!course || !mayDownload(course)) throw notFound('course')
  return course
}

/** Published ones, those withdrawn since this person owns the course, and the drafts if wanted. */
export async function listChapters(
  { db }: Pick<Services, 'db'>,
  userId: string | null,
  courseId: string,
  { drafts } = { drafts: false },
) {
  const rows = await db
    .select({
      id: chapters.id,
      title: chapters.title,
      isFree: chapters.isFree,
      isPublished: chapters.isPublished,
      withdrawnAt: chapters.withdrawnAt,
      durationSeconds: muxData.durationSeconds,
      isCompleted: userProgress.isCompleted,
      positionSeconds: userProgress.positionSeconds,
      seenAt: userProgress.updatedAt,
    })
    .from(chapters)
    .leftJoin(muxData, eq(muxData.chapterId, chapters.id))
    .leftJoin(
      userProgress,
      and(eq(userProgress.chapterId, chapters.id), eq(userProgress.userId, userId ?? '')),
    )
    .leftJoin(
      purchases,
      and(
        eq(purchases.courseId, chapters.courseId),
        eq(purchases.userId, userId ?? ''),
        isNull(purchases.revokedAt),
        lte(purchases.createdAt, chapters.withdrawnAt),
      ),
    )
    .where(
      and(
        eq(chapters.courseId, courseId),
        drafts ? undefined : or(eq(chapters.isPublished, true), isNotNull(purchases.id)),
      ),
    )
    .orderBy(asc(chapters.position), asc(chapters.id))
  return rows.map((row) => ({ ...row, isCompleted: row.isCompleted ?? false }))
}

export const listAttachments = ({ db }: Pick<Services, 'db'>, courseId: string) =>
  db
    .select({ id: attachments.id, name: attachments.name, sizeBytes: attachments.sizeBytes })
    .from(attachments)
    .where(eq(attachments.courseId, courseId))
    .orderBy(asc(attachments.name), asc(attachments.id))

export async function findAttachment(
  { db }: Pick<Services, 'db'>,
  courseId: string,
  id: string,
): Promise<{ fileKey: string }> {
  if (!isId(id)) throw notFound('file')
  const [file] = await db
    .select({ fileKey: attachments.fileKey })
    .from(attachments)
    .where(and(eq(attachments.id, id), eq(attachments.courseId, courseId)))
  if (!file) throw notFound('file')
  return file
}
