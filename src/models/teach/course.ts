import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import { attachments, chapters, courses, type Level, muxData, purchases } from '../../db/schema'
import { type CourseNeed, missingOfCourse } from '../../rules/teach/publishing'
import { imageUrl, type Services } from '../../services'
import { findOwnCourse } from './own-course'

export type TeachCourseRow = Awaited<ReturnType<typeof listTeachCourses>>[number]

/** What a person teaches, newest first, deleted ones apart; at most 200. `takenPaise` is what buyers paid and did not get back. */
export const listTeachCourses = ({ db }: Pick<Services, 'db'>, ownerId: string) =>
  db
    .select({
      id: courses.id,
      title: courses.title,
      slug: courses.slug,
      pricePaise: courses.pricePaise,
      isPublished: courses.isPublished,
      studentCount: courses.studentCount,
      takenPaise: sql`coalesce(sum(${purchases.pricePaise}), 0)`.mapWith(Number),
    })
    .from(courses)
    .leftJoin(purchases, and(eq(purchases.courseId, courses.id), isNull(purchases.revokedAt)))
    .where(and(eq(courses.ownerId, ownerId), isNull(courses.archivedAt)))
    .groupBy(
      courses.id,
      courses.title,
      courses.slug,
      courses.pricePaise,
      courses.isPublished,
      courses.studentCount,
    )
    .orderBy(desc(courses.id))
    .limit(200)

export interface TeachCourse {
  id: string
  slug: string
  title: string
  description: string | null
  outcomes: string | null
  categoryId: string | null
  pricePaise: number | null
  level: Level | null
  imageUrl: string | null
  isPublished: boolean
  /** Its address stays from the first publication on. */
  wasPublished: boolean
  studentCount: number
  chapters: {
    id: string
    title: string
    isPublished: boolean
    isFree: boolean
    /** Null while no video is ready. */
    durationSeconds: number | null
  }[]
  files: { id: string; name: string; sizeBytes: number }[]
  missing: CourseNeed[]
}

/** Everything on the page where a course is made; not_found when it is not this person's. */
export async function findTeachCourse(
  services: Pick<Services, 'db' | 'files'>,
  ownerId: string,
  courseId: string,
): Promise<TeachCourse> {
  const course = await findOwnCourse(services, ownerId, courseId)
  const [list, files] = await Promise.all([
    services.db
      .select({
        id: chapters.id,
        title: chapters.title,
        isPublished: chapters.isPublished,
        isFree: chapters.isFree,
        durationSeconds: muxData.durationSeconds,
      })
      .from(chapters)
      .leftJoin(muxData, eq(muxData.chapterId, chapters.id))
      .where(eq(chapters.courseId, courseId))
      .orderBy(asc(chapters.position), asc(chapters.id)),
    services.db
      .select({ id: attachments.id, name: attachments.name, sizeBytes: attachments.sizeBytes })
      .from(attachments)
      .where(eq(attachments.courseId, courseId))
      .orderBy(asc(attachments.name), asc(attachments.id)),
  ])
  const { imageKey, publishedAt, ...rest } = course
  return {
    id: course.id,
    slug: rest.slug,
    title: rest.title,
    description: rest.description,
    outcomes: rest.outcomes,
    categoryId: rest.categoryId,
    pricePaise: rest.pricePaise,
    level: rest.level,
    imageUrl: imageUrl(services, imageKey),
    isPublished: rest.isPublished,
    wasPublished: publishedAt !== null,
    studentCount: rest.studentCount,
    chapters: list,
    files,
    missing: missingOfCourse({
      ...course,
      publishedChapters: list.filter(({ isPublished }) => isPublished).length,
    }),
  }
}
