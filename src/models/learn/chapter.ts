import { and, eq } from 'drizzle-orm'
import { chapters, courses, muxData, purchases, userProgress } from '../../db/schema'
import { notFound } from '../../errors'
import { isId } from '../../ids'
import { type Admission, accessTo, mayDownload } from '../../rules/learn/access'
import { isSlug } from '../../rules/slug'
import type { Services } from '../../services'
import { ownedBy } from '../access'
import { listAttachments, listChapters } from './course-content'

interface ChapterCourse {
  id: string
  slug: string
  title: string
  pricePaise: number | null
  isPublished: boolean
}

export interface OpenChapter {
  id: string
  title: string
  course: ChapterCourse
  access: Admission
  description: string | null
  video: { playbackId: string; durationSeconds: number } | null
  progress: { isCompleted: boolean; positionSeconds: number }
}

/** Nothing here may play the video: the course is not bought. */
export interface LockedChapter extends Pick<OpenChapter, 'id' | 'title' | 'course'> {
  access: 'locked'
  durationSeconds: number | null
}

/** Nothing else loads a chapter for watching; AppError `not_found` for who may not know of it. */
export async function findChapter(
  services: Pick<Services, 'db'>,
  userId: string | null,
  slug: string,
  chapterId: string,
): Promise<OpenChapter | LockedChapter> {
  const row = isId(chapterId) && isSlug(slug) ? await readChapter(services, userId, slug, chapterId) : null
  const access = row && accessTo(row.chapter, row.course, { id: userId, ownedSince: row.ownedSince })
  if (!row || !access) throw notFound('lesson')
  const { id, title, description } = row.chapter
  const { ownerId: _owner, archivedAt: _archived, suspendedAt: _suspended, ...course } = row.course
  const { video } = row
  if (access === 'locked')
    return { access, id, title, course, durationSeconds: video?.durationSeconds ?? null }
  const progress = row.progress ?? { isCompleted: false, positionSeconds: 0 }
  return { access, id, title, description, course, video, progress }
}

async function readChapter(
  { db }: Pick<Services, 'db'>,
  userId: string | null,
  slug: string,
  chapterId: string,
) {
  const user = userId ?? ''
  const [row] = await db
    .select({
      chapter: {
        id: chapters.id,
        title: chapters.title,
        description: chapters.description,
        isPublished: chapters.isPublished,
        isFree: chapters.isFree,
        withdrawnAt: chapters.withdrawnAt,
      },
      course: {
        id: courses.id,
        slug: courses.slug,
        title: courses.title,
        pricePaise: courses.pricePaise,
        ownerId: courses.ownerId,
        isPublished: courses.isPublished,
        archivedAt: courses.archivedAt,
        suspendedAt: courses.suspendedAt,
      },
      ownedSince: purchases.createdAt,
      video: { playbackId: muxData.playbackId, durationSeconds: muxData.durationSeconds },
      progress: { isCompleted: userProgress.isCompleted, positionSeconds: userProgress.positionSeconds },
    })
    .from(chapters)
    .innerJoin(courses, eq(courses.id, chapters.courseId))
    .leftJoin(purchases, ownedBy(user))
    .leftJoin(muxData, eq(muxData.chapterId, chapters.id))
    .leftJoin(userProgress, and(eq(userProgress.chapterId, chapters.id), eq(userProgress.userId, user)))
    .where(and(eq(chapters.id, chapterId), eq(courses.slug, slug)))
  return row ?? null
}

export async function findSurroundings(
  services: Pick<Services, 'db'>,
  userId: string | null,
  { access, course }: OpenChapter | LockedChapter,
) {
  const isOwner = access === 'owner'
  const hasFiles = mayDownload({ isOwner, isPurchased: access === 'buyer' })
  const [chapters, attachments] = await Promise.all([
    listChapters(services, userId, course.id, { drafts: isOwner }),
    hasFiles ? listAttachments(services, course.id, isOwner ? undefined : (userId ?? '')) : [],
  ])
  return { chapters, attachments }
}
