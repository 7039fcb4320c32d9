import { and, asc, eq, isNull } from 'drizzle-orm'
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
import type { Services } from '../../services'
import type { CourseCard } from './course-card'
import { listRelated } from './shelf'

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
  /** Markdown, as the teacher wrote it. */
  description: string
  outcomes: string[]
  imageUrl: string | null
  pricePaise: number | null
  level: Level | null
  teacher: string
  category: { name: string; slug: string } | null
  /** Published and not archived; who bought it or teaches it sees the page otherwise, too. */
  isOnSale: boolean
  updatedAt: Date
  chapters: CoursePageChapter[]
  viewer: 'buyer' | 'teacher' | 'visitor'
  /** How much the buyer has done. */
  percent: number
  related: CourseCard[]
}

/** The page of a course in three statements. Refuses with AppError `not_found` when there is none, or when it is not on sale and the viewer neither bought nor teaches it. */
export async function findCoursePage(
  services: Pick<Services, 'db' | 'files'>,
  slug: string,
  viewerId: string | null,
): Promise<CoursePage> {
  const course = isSlug(slug) ? await findCourse(services, slug, viewerId) : null
  if (!course) throw notFound('course')
  const viewer = course.purchaseId ? 'buyer' : course.ownerId === viewerId ? 'teacher' : 'visitor'
  const isOnSale = course.isPublished && course.archivedAt === null
  if (!isOnSale && viewer === 'visitor') throw notFound('course')

  const [list, related] = await Promise.all([
    listChapters(services, course.id, viewerId),
    listRelated(services, course, viewerId),
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
    imageUrl: course.imageKey && services.files ? services.files.publicUrl(course.imageKey) : null,
    pricePaise: course.pricePaise,
    level: course.level,
    teacher: course.teacher,
    category:
      course.categoryName && course.categorySlug
        ? { name: course.categoryName, slug: course.categorySlug }
        : null,
    isOnSale,
    updatedAt: course.updatedAt,
    chapters: list,
    viewer,
    percent: percentOf(completed, list.length),
    related,
  }
}

async function findCourse({ db }: Pick<Services, 'db'>, slug: string, viewerId: string | null) {
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
      teacher: users.name,
      categoryName: categories.name,
      categorySlug: categories.slug,
      purchaseId: purchases.id,
    })
    .from(courses)
    .innerJoin(users, eq(users.id, courses.ownerId))
    .leftJoin(categories, eq(categories.id, courses.categoryId))
    .leftJoin(
      purchases,
      and(
        eq(purchases.courseId, courses.id),
        eq(purchases.userId, viewerId ?? ''),
        isNull(purchases.revokedAt),
      ),
    )
    .where(eq(courses.slug, slug))
  return course
}

async function listChapters(
  { db }: Pick<Services, 'db'>,
  courseId: string,
  viewerId: string | null,
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
      and(eq(userProgress.chapterId, chapters.id), eq(userProgress.userId, viewerId ?? '')),
    )
    .where(and(eq(chapters.courseId, courseId), eq(chapters.isPublished, true)))
    .orderBy(asc(chapters.position), asc(chapters.id))
  return rows.map((row) => ({ ...row, isCompleted: row.isCompleted ?? false }))
}
