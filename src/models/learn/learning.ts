import { sql } from 'drizzle-orm'
import { chapters, purchases, userProgress } from '../../db/schema'
import { continueAt, nextCourse } from '../../rules/learn/progress'
import type { Services } from '../../services'
import type { Course } from '../catalogue/course'
import { type CourseSummary, listSummaries } from '../catalogue/course-summary'
import { type CourseChapter, listChapters } from './course-content'

export interface Continuation {
  course: CourseSummary
  chapter: { id: string; title: string; positionSeconds: number }
}

export async function listLearning(
  services: Pick<Services, 'db' | 'files'>,
  userId: string,
): Promise<{ courses: CourseSummary[]; next: Continuation | null }> {
  const seenAt = sql`(select max(${userProgress.updatedAt}) from ${userProgress}
    join ${chapters} on ${chapters.id} = ${userProgress.chapterId}
    where ${userProgress.userId} = ${userId} and ${chapters.courseId} = ${purchases.courseId})`
  const chosen = sql`select ${purchases.courseId} as id, ${purchases.createdAt} as bought, ${seenAt} as score
    from ${purchases} where ${purchases.userId} = ${userId} and ${purchases.revokedAt} is null`
  const order = sql`chosen.score is null, chosen.score desc, chosen.bought desc`
  const courses = await listSummaries(services, userId, chosen, order)
  const course = nextCourse(courses)
  if (!course) return { courses, next: null }
  const all = await listChapters(services, userId, course.id, { drafts: true })
  const chapter = nextChapter(all, false)
  if (!chapter) return { courses, next: null }
  const { id, title, positionSeconds } = chapter
  return { courses, next: { course, chapter: { id, title, positionSeconds: positionSeconds ?? 0 } } }
}

/** Null while nothing can be watched. */
export async function findNextChapter(
  services: Pick<Services, 'db'>,
  course: Course,
  userId: string | null,
): Promise<string | null> {
  const all = await listChapters(services, userId, course.id, { drafts: true })
  return nextChapter(all, course.isOwner)?.id ?? null
}

/** Needs the drafts: who was in a chapter that was unpublished continues from its place. */
function nextChapter(all: CourseChapter[], isOwner: boolean): CourseChapter | null {
  const steps = all.map(({ id, isPublished, isCompleted, seenAt }) => ({
    id,
    visible: isOwner || isPublished,
    completed: isCompleted,
    seenAt,
  }))
  const id = continueAt(steps)
  return all.find((chapter) => chapter.id === id) ?? null
}
