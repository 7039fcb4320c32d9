import { eq, sql } from 'drizzle-orm'
import { chapters, courses, purchases, userProgress } from '../../db/schema'
import { continueAt, nextCourse } from '../../rules/learn/progress'
import { isSlug } from '../../rules/slug'
import type { Services } from '../../services'
import { ownedBy } from '../access'
import { type CourseCard, readCards } from '../catalogue/course-summary'
import { listLessons } from './chapter'

/** Where a student goes on: the lesson's place in the course, and the second in its video. */
export interface Continuation {
  course: CourseCard
  lesson: { id: string; title: string; positionSeconds: number }
}

/** The courses somebody owns, the one they were in last first, and where they continue; in two queries, however many there are. */
export async function listLearning(
  services: Pick<Services, 'db' | 'files'>,
  userId: string,
): Promise<{ courses: CourseCard[]; next: Continuation | null }> {
  const owned = sql`${purchases.userId} = ${userId} and ${purchases.revokedAt} is null`
  const seenAt = sql`(select max(${userProgress.updatedAt}) from ${userProgress}
    join ${chapters} on ${chapters.id} = ${userProgress.chapterId}
    where ${userProgress.userId} = ${userId} and ${chapters.courseId} = ${purchases.courseId})`
  const chosen = sql`select ${purchases.courseId} as id, ${purchases.createdAt} as bought, ${seenAt} as score
    from ${purchases} where ${owned}`
  const list = await readCards(
    services,
    userId,
    chosen,
    sql`chosen.score is null, chosen.score desc, chosen.bought desc`,
  )
  // What somebody has begun comes before what they only bought, and what is finished only when nothing else is left.
  const course = nextCourse(list)
  if (!course) return { courses: list, next: null }
  const lessons = await listLessons(services, userId, course.id, true)
  const id = nextOf(lessons, false)
  const lesson = lessons.find((each) => each.id === id)
  return {
    courses: list,
    next: lesson
      ? {
          course,
          lesson: { id: lesson.id, title: lesson.title, positionSeconds: lesson.positionSeconds ?? 0 },
        }
      : null,
  }
}

/** What `/learn/:slug` needs to know; null when this person is not to know of the course. `nextChapterId` is null where nothing can be watched yet. */
export async function findContinuation(
  services: Pick<Services, 'db'>,
  userId: string | null,
  slug: string,
): Promise<{ hasAccess: false } | { hasAccess: true; nextChapterId: string | null } | null> {
  if (!isSlug(slug)) return null
  const [course] = await services.db
    .select({
      id: courses.id,
      ownerId: courses.ownerId,
      isPublished: courses.isPublished,
      archivedAt: courses.archivedAt,
      purchaseId: purchases.id,
    })
    .from(courses)
    .leftJoin(purchases, ownedBy(userId ?? ''))
    .where(eq(courses.slug, slug))
  if (!course) return null
  const isOwner = userId !== null && userId === course.ownerId
  if (!isOwner && course.purchaseId === null)
    return course.isPublished && !course.archivedAt ? { hasAccess: false } : null
  const lessons = await listLessons(services, userId, course.id, true)
  return { hasAccess: true, nextChapterId: nextOf(lessons, isOwner) }
}

/** A student who was in a lesson that has been withdrawn goes on from its place. */
const nextOf = (lessons: Awaited<ReturnType<typeof listLessons>>, isOwner: boolean): string | null =>
  continueAt(
    lessons.map(({ id, isPublished, isCompleted, seenAt }) => ({
      id,
      visible: isOwner || isPublished,
      completed: isCompleted,
      seenAt,
    })),
  )
