import { and, count, eq, max } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { chapters, courses, muxData } from '../../db/schema'
import { notFound } from '../../errors'
import { isId, newId } from '../../ids'
import { type ChapterNeed, missingOfChapter } from '../../rules/teach/publishing'
import type { DbNow, Services } from '../../services'
import { lockOwnChapter, lockOwnCourse } from './own-course'
import { unpublishEmptyCourse } from './publishing'
import { removeVideosOf } from './video/video'

/** As many as a page can show and a person can put in order. */
export const mostChapters = 300

/** A chapter as its instructor sees it, with the course around it. */
export interface TeachChapter {
  id: string
  title: string
  description: string | null
  isPublished: boolean
  isFree: boolean
  course: { id: string; slug: string; title: string; isPublished: boolean }
  missing: ChapterNeed[]
}

/** A chapter of one's own course; not_found for any other. */
export async function findTeachChapter(
  { db }: Pick<Services, 'db'>,
  ownerId: string,
  courseId: string,
  chapterId: string,
): Promise<TeachChapter> {
  if (!isId(courseId) || !isId(chapterId)) throw notFound('chapter')
  const [found] = await db
    .select({ chapter: chapters, course: courses, videoId: muxData.id })
    .from(chapters)
    .innerJoin(courses, eq(courses.id, chapters.courseId))
    .leftJoin(muxData, eq(muxData.chapterId, chapters.id))
    .where(and(eq(chapters.id, chapterId), eq(courses.id, courseId), eq(courses.ownerId, ownerId)))
  if (!found || found.course.archivedAt !== null) throw notFound('chapter')
  const { id, title, description, isPublished, isFree } = found.chapter
  const { slug, title: courseTitle, isPublished: isOnSale } = found.course
  return {
    ...{ id, title, description, isPublished, isFree },
    course: { id: courseId, slug, title: courseTitle, isPublished: isOnSale },
    missing: missingOfChapter({ title, description, hasVideo: found.videoId !== null }),
  }
}

/** Adds a draft at the end and gives its id; null when the course is full. */
export const addChapter = (
  services: DbNow,
  ownerId: string,
  courseId: string,
  title: string,
): Promise<string | null> =>
  transact(services.db, async (tx) => {
    await lockOwnCourse(tx, ownerId, courseId)
    const [last] = await tx
      .select({ position: max(chapters.position), n: count() })
      .from(chapters)
      .where(eq(chapters.courseId, courseId))
    if ((last?.n ?? 0) >= mostChapters) return null
    const id = newId()
    const now = services.now()
    await tx.insert(chapters).values({
      id,
      courseId,
      title,
      position: (last?.position ?? -1) + 1,
      createdAt: now,
      updatedAt: now,
    })
    return id
  })

/** What an instructor says of a chapter; what is undefined stays. */
export interface ChapterChange {
  title?: string
  /** Markdown, at most 16,000 characters; null for none. */
  description?: string | null
  isFree?: boolean
}

/** Keeps what changed; "needed" says that a chapter students see cannot be without its description, and then nothing changed. */
export const changeChapter = (
  services: DbNow,
  ownerId: string,
  courseId: string,
  chapterId: string,
  { title, description, isFree }: ChapterChange,
): Promise<'saved' | 'needed'> =>
  transact(services.db, async (tx) => {
    const { chapter } = await lockOwnChapter(tx, ownerId, courseId, chapterId)
    if (chapter.isPublished && description === null) return 'needed'
    await tx
      .update(chapters)
      .set({ title, description, isFree, updatedAt: services.now() })
      .where(eq(chapters.id, chapterId))
    return 'saved'
  })

/** Deletes a chapter with its video and what students have done in it; `courseUnpublished` as for unpublishing. */
export const deleteChapter = (
  services: DbNow,
  ownerId: string,
  courseId: string,
  chapterId: string,
): Promise<{ courseUnpublished: boolean }> =>
  transact(services.db, async (tx) => {
    await lockOwnChapter(tx, ownerId, courseId, chapterId)
    await removeVideosOf(tx, services, [chapterId])
    await tx.delete(chapters).where(eq(chapters.id, chapterId))
    return { courseUnpublished: await unpublishEmptyCourse(tx, services, courseId) }
  })
