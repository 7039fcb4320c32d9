import { and, asc, desc, eq, isNull, sql } from 'drizzle-orm'
import { chapters, courses, type Level, muxData } from '../../db/schema'
import { netOf } from '../../rules/purchases/money'
import { type CourseNeed, missingOfCourse } from '../../rules/teach/publishing'
import { imageUrl, type Services } from '../../services'
import { listAttachments } from '../learn/course-content'
import { moneyFigures, selectMoney } from '../purchases/money'
import { type CourseKey, findOwnCourse } from './own-course'

export type TeachCourseRow = Awaited<ReturnType<typeof listTeachCourses>>[number]
const maxListed = 200

/** Newest first, at most 200; `netPaise` is what is left of all sales. */
export async function listTeachCourses({ db }: Pick<Services, 'db'>, ownerId: string) {
  const money = selectMoney(db, ownerId)
  const brought = db
    .select({ courseId: money.courseId, ...moneyFigures(money) })
    .from(money)
    .groupBy(money.courseId)
    .as('brought')
  const list = await db
    .select({
      id: courses.id,
      title: courses.title,
      slug: courses.slug,
      pricePaise: courses.pricePaise,
      isPublished: courses.isPublished,
      suspendedAt: courses.suspendedAt,
      studentCount: courses.studentCount,
      soldPaise: sql`coalesce(${brought.soldPaise}, 0)`.mapWith(Number),
      refundedPaise: sql`coalesce(${brought.refundedPaise}, 0)`.mapWith(Number),
    })
    .from(courses)
    .leftJoin(brought, eq(brought.courseId, courses.id))
    .where(and(eq(courses.ownerId, ownerId), isNull(courses.archivedAt)))
    .orderBy(desc(courses.id))
    .limit(maxListed)
  return list.map((course) => ({ ...course, netPaise: netOf(course) }))
}

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
  wasPublished: boolean
  /** By an administrator: off sale until it is lifted. */
  suspension: { since: Date; reason: string | null } | null
  studentCount: number
  chapters: {
    id: string
    title: string
    isPublished: boolean
    withdrawnAt: Date | null
    isFree: boolean
    durationSeconds: number | null
  }[]
  files: { id: string; name: string; sizeBytes: number; withdrawnAt: Date | null }[]
  missing: CourseNeed[]
}

export async function findTeachCourse(
  services: Pick<Services, 'db' | 'files'>,
  { id, ownerId }: CourseKey,
): Promise<TeachCourse> {
  const course = await findOwnCourse(services, ownerId, id)
  const [list, files] = await Promise.all([listChapters(services, id), listAttachments(services, id)])
  const publishedChapters = list.filter(({ isPublished }) => isPublished).length
  return {
    id,
    slug: course.slug,
    title: course.title,
    description: course.description,
    outcomes: course.outcomes,
    categoryId: course.categoryId,
    pricePaise: course.pricePaise,
    level: course.level,
    imageUrl: imageUrl(services, course.imageKey),
    isPublished: course.isPublished,
    wasPublished: course.publishedAt !== null,
    suspension: course.suspendedAt && { since: course.suspendedAt, reason: course.suspensionReason },
    studentCount: course.studentCount,
    chapters: list,
    files,
    missing: missingOfCourse({ ...course, publishedChapters }),
  }
}

const listChapters = ({ db }: Pick<Services, 'db'>, courseId: string): Promise<TeachCourse['chapters']> =>
  db
    .select({
      id: chapters.id,
      title: chapters.title,
      isPublished: chapters.isPublished,
      withdrawnAt: chapters.withdrawnAt,
      isFree: chapters.isFree,
      durationSeconds: muxData.durationSeconds,
    })
    .from(chapters)
    .leftJoin(muxData, eq(muxData.chapterId, chapters.id))
    .where(eq(chapters.courseId, courseId))
    .orderBy(asc(chapters.position), asc(chapters.id))
