import { and, asc, eq, isNotNull, isNull, lte, or, sql } from 'drizzle-orm'
import { attachmentFetches, attachments, chapters, muxData, purchases, userProgress } from '../../db/schema'
import { notFound } from '../../errors'
import { isId } from '../../ids'
import { mayDownload } from '../../rules/learn/access'
import type { DbNow, Services } from '../../services'
import { findCourse } from '../catalogue/course'

export type CourseChapter = Awaited<ReturnType<typeof listChapters>>[number]
export type CourseAttachment = Awaited<ReturnType<typeof listAttachments>>[number]

/** A course whose files this person may download; AppError `not_found` for any other. */
export async function findDownloadableCourse(
  services: Pick<Services, 'db'>,
  userId: string,
  slug: string,
): Promise<{ id: string; slug: string; isOwner: boolean }> {
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
    .leftJoin(purchases, keepsWithdrawn(userId ?? '', chapters))
    .where(
      and(
        eq(chapters.courseId, courseId),
        drafts ? undefined : or(eq(chapters.isPublished, true), isNotNull(purchases.id)),
      ),
    )
    .orderBy(asc(chapters.position), asc(chapters.id))
  return rows.map((row) => ({ ...row, isCompleted: row.isCompleted ?? false }))
}

/** The same as `accessTo` in rules/learn/access: who owned the course before keeps it. */
const keepsWithdrawn = (userId: string, of: typeof chapters | typeof attachments) =>
  and(
    eq(purchases.courseId, of.courseId),
    eq(purchases.userId, userId),
    isNull(purchases.revokedAt),
    lte(purchases.createdAt, of.withdrawnAt),
  )

/** All that there are without a student; else without those withdrawn before they owned the course. */
export const listAttachments = ({ db }: Pick<Services, 'db'>, courseId: string, studentId?: string) =>
  db
    .select({
      id: attachments.id,
      name: attachments.name,
      sizeBytes: attachments.sizeBytes,
      withdrawnAt: attachments.withdrawnAt,
    })
    .from(attachments)
    .leftJoin(purchases, keepsWithdrawn(studentId ?? '', attachments))
    .where(and(eq(attachments.courseId, courseId), isListedFor(studentId)))
    .orderBy(asc(attachments.name), asc(attachments.id))

const isListedFor = (studentId: string | undefined) =>
  studentId === undefined ? undefined : or(isNull(attachments.withdrawnAt), isNotNull(purchases.id))

/** One that `listAttachments` lists; AppError `not_found`. */
export async function findAttachment(
  { db }: Pick<Services, 'db'>,
  courseId: string,
  id: string,
  studentId?: string,
): Promise<{ id: string; fileKey: string }> {
  if (!isId(id)) throw notFound('file')
  const [file] = await db
    .select({ id: attachments.id, fileKey: attachments.fileKey })
    .from(attachments)
    .leftJoin(purchases, keepsWithdrawn(studentId ?? '', attachments))
    .where(and(eq(attachments.id, id), eq(attachments.courseId, courseId), isListedFor(studentId)))
  if (!file) throw notFound('file')
  return file
}

/** One that is erased meanwhile is left out. */
export async function noteFetch({ db, now }: DbNow, userId: string, attachmentId: string): Promise<void> {
  const at = now()
  await db
    .insert(attachmentFetches)
    .ignore()
    .values({ userId, attachmentId, lastAt: at, createdAt: at })
    .onDuplicateKeyUpdate({ set: { lastAt: at, count: sql`${attachmentFetches.count} + 1` } })
}
