import { and, asc, eq } from 'drizzle-orm'
import {
  categories,
  chapters,
  courses,
  type Level,
  muxData,
  purchases,
  userProgress,
  users,
} from '../../db/schema'
import { notFound } from '../../errors'
import { percentOf } from '../../rules/learn/progress'
import { isSlug } from '../../rules/slug'
import { imageUrl, type Services } from '../../services'
import { ownedBy } from '../access'
import type { CourseCard } from './course-summary'
import { listRelated } from './featured'

export interface CoursePageChapter {
  id: string
  title: string
  /** Null while there is no video. */
  durationSeconds: number | null
  isFree: boolean
  isCompleted: boolean
}

/** All that a visitor may know of a course, and how this one stands to it; nothing here plays a video. */
export interface CoursePage {
  id: string
  slug: string
  title: string
  /** Markdown, as the instructor wrote it. */
  description: string
  outcomes: string[]
  imageUrl: string | null
  pricePaise: number | null
  level: Level | null
  instructor: string
  category: { name: string; slug: string } | null
  /** Published and not archived; who bought it or teaches it sees the page otherwise, too. */
  isOnSale: boolean
  updatedAt: Date
  chapters: CoursePageChapter[]
  user: 'buyer' | 'instructor' | 'visitor'
  /** How much the buyer has done. */
  percent: number
  related: CourseCard[]
}

/** The page of a course in three statements. Refuses with AppError `not_found` when there is none, or when it is not on sale and the user neither bought nor teaches it. */
export async function findCoursePage(
  services: Pick<Services, 'db' | 'files'>,
  slug: string,
  userId: string | null,
): Promise<CoursePage> {
  const course = isSlug(slug) ? await findCourse(services, slug, userId) : null
  if (!course) throw notFound('course')
  const user = course.purchaseId ? 'buyer' : course.ownerId === userId ? 'instructor' : 'visitor'
  const isOnSale = course.isPublished && course.archivedAt === null
  if (!isOnSale && user === 'visitor') throw notFound('course')

  const [list, related] = await Promise.all([
    listChapters(services, course.id, userId),
    listRelated(services, course, userId),
  ])
  const completed = list.filter((chapter) => chapter.isCompleted).length
  return {
    id: course.id,
    slug: course.slug,
    title: course.title,
    description: course.description ?? '',
    outcomes: (course.outcomes ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
    imageUrl: imageUrl(services, course.imageKey),
    pricePaise: course.pricePaise,
    level: course.level,
    instructor: course.instructor,
    category:
      course.categoryName && course.categorySlug
        ? { name: course.categoryName, slug: course.categorySlug }
        : null,
    isOnSale,
    updatedAt: course.updatedAt,
    chapters: list,
    user,
    percent: percentOf(completed, list.length),
    related,
  }
}

async function findCourse({ db }: Pick<Services, 'db'>, slug: string, userId: string | null) {
  const [course] = await db
    .select({
      id: courses.id,
      ownerId: courses.ownerId,
      categoryId: courses.categoryId,
      slug: courses.slug,
      title: courses.title,
      description: courses.description,
      outcomes: courses.outcomes,
      imageKey: courses.imageKey,
      pricePaise: courses.pricePaise,
      level: courses.level,
      isPublished: courses.isPublished,
      archivedAt: courses.archivedAt,
      updatedAt: courses.updatedAt,
      instructor: users.name,
      categoryName: categories.name,
      categorySlug: categories.slug,
      purchaseId: purchases.id,
    })
    .from(courses)
    .innerJoin(users, eq(users.id, courses.ownerId))
    .leftJoin(categories, eq(categories.id, courses.categoryId))
    .leftJoin(purchases, ownedBy(userId ?? ''))
    .where(eq(courses.slug, slug))
  return course
}

async function listChapters(
  { db }: Pick<Services, 'db'>,
  courseId: string,
  userId: string | null,
): Promise<CoursePageChapter[]> {
  const rows = await db
    .select({
      id: chapters.id,
      title: chapters.title,
      isFree: chapters.isFree,
      durationSeconds: muxData.durationSeconds,
      isCompleted: userProgress.isCompleted,
    })
    .from(chapters)
    .leftJoin(muxData, eq(muxData.chapterId, chapters.id))
    .leftJoin(
      userProgress,
      and(eq(userProgress.chapterId, chapters.id), eq(userProgress.userId, userId ?? '')),
    )
    .where(and(eq(chapters.courseId, courseId), eq(chapters.isPublished, true)))
    .orderBy(asc(chapters.position), asc(chapters.id))
  return rows.map((row) => ({ ...row, isCompleted: row.isCompleted ?? false }))
}
