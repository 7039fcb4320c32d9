import { and, asc, eq, or } from 'drizzle-orm'
import { chapters, courses, muxData, purchases, userProgress } from '../../db/schema'
import { notFound } from '../../errors'
import { isId } from '../../ids'
import { type Admission, accessTo } from '../../rules/learn/access'
import { isSlug } from '../../rules/slug'
import type { Services } from '../../services'
import { ownedBy } from '../access'

export interface LessonCourse {
  id: string
  slug: string
  title: string
  pricePaise: number | null
  isPublished: boolean
}

interface Shown {
  id: string
  title: string
  course: LessonCourse
}

/** A lesson to watch; `video` is null until there is one, `progress` what this person has kept of it. */
export interface OpenLesson extends Shown {
  access: Admission
  description: string | null
  video: { playbackId: string; durationSeconds: number } | null
  progress: { isCompleted: boolean; positionSeconds: number }
}

/** What may be said of a lesson that has to be bought first: nothing of its video is in here. */
export interface LockedLesson extends Shown {
  access: 'locked'
  durationSeconds: number | null
}

export type CurriculumLesson = Awaited<ReturnType<typeof listLessons>>[number]

/** The chapter under this address as this person may have it, asked in one query from chapter over course to purchase; null when there is none for them. Nothing else loads a chapter for watching. */
export async function findLesson(
  services: Pick<Services, 'db'>,
  userId: string | null,
  slug: string,
  chapterId: string,
): Promise<OpenLesson | LockedLesson | null> {
  if (!isId(chapterId) || !isSlug(slug)) return null
  const person = userId ?? ''
  const [row] = await services.db
    .select({
      chapter: {
        id: chapters.id,
        title: chapters.title,
        description: chapters.description,
        isPublished: chapters.isPublished,
        isFree: chapters.isFree,
      },
      course: {
        id: courses.id,
        slug: courses.slug,
        title: courses.title,
        pricePaise: courses.pricePaise,
        ownerId: courses.ownerId,
        isPublished: courses.isPublished,
        archivedAt: courses.archivedAt,
      },
      purchaseId: purchases.id,
      video: { playbackId: muxData.playbackId, durationSeconds: muxData.durationSeconds },
      progress: { isCompleted: userProgress.isCompleted, positionSeconds: userProgress.positionSeconds },
    })
    .from(chapters)
    .innerJoin(courses, eq(courses.id, chapters.courseId))
    .leftJoin(purchases, ownedBy(person))
    .leftJoin(muxData, eq(muxData.chapterId, chapters.id))
    .leftJoin(userProgress, and(eq(userProgress.chapterId, chapters.id), eq(userProgress.userId, person)))
    .where(and(eq(chapters.id, chapterId), eq(courses.slug, slug)))
  if (!row) return null

  const access = accessTo(row.chapter, row.course, { id: userId, owns: row.purchaseId !== null })
  if (access === null) return null
  const { id, title, description } = row.chapter
  const { ownerId: _owner, archivedAt: _archived, ...course } = row.course
  if (access === 'locked')
    return { access, id, title, course, durationSeconds: row.video?.durationSeconds ?? null }
  return {
    access,
    id,
    title,
    description,
    course,
    video: row.video,
    progress: row.progress ?? { isCompleted: false, positionSeconds: 0 },
  }
}

/** A course that this person may watch whole, as its instructor or its buyer; AppError `not_found` for all others. */
export async function findOwnedCourse(
  services: Pick<Services, 'db'>,
  userId: string,
  slug: string,
): Promise<{ id: string; slug: string }> {
  if (!isSlug(slug)) throw notFound('course')
  const [course] = await services.db
    .select({ id: courses.id, slug: courses.slug })
    .from(courses)
    .leftJoin(purchases, ownedBy(userId))
    .where(and(eq(courses.slug, slug), or(eq(courses.ownerId, userId), eq(purchases.userId, userId))))
  if (!course) throw notFound('course')
  return course
}

/** The lessons of a course in order, with what this person has done. `everything` includes what is not published, for the course's instructor. */
export async function listLessons(
  services: Pick<Services, 'db'>,
  userId: string | null,
  courseId: string,
  everything: boolean,
) {
  const rows = await services.db
    .select({
      id: chapters.id,
      title: chapters.title,
      isFree: chapters.isFree,
      isPublished: chapters.isPublished,
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
    .where(and(eq(chapters.courseId, courseId), everything ? undefined : eq(chapters.isPublished, true)))
    .orderBy(asc(chapters.position), asc(chapters.id))
  return rows.map((row) => ({ ...row, isCompleted: row.isCompleted ?? false }))
}
