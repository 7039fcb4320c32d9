import { and, count, desc, eq, isNotNull, isNull, like, or, type SQL, sql } from 'drizzle-orm'
import { attachments, chapters, courses, muxData, purchases, users } from '../../db/schema'
import { notFound } from '../../errors'
import { isId } from '../../ids'
import type { CourseQuery, CourseState } from '../../rules/admin/course-query'
import type { Services } from '../../services'
import { onSale } from '../access'
import { listAuditOf } from './audit'

export type AdminCourseList = Awaited<ReturnType<typeof listAdminCourses>>
export type AdminCourse = Awaited<ReturnType<typeof findAdminCourse>>
export type AdminChapter = AdminCourse['chapters'][number]
export type AdminAttachment = AdminCourse['files'][number]

const pageSize = 25

const columns = {
  id: courses.id,
  slug: courses.slug,
  title: courses.title,
  pricePaise: courses.pricePaise,
  studentCount: courses.studentCount,
  isPublished: courses.isPublished,
  archivedAt: courses.archivedAt,
  suspendedAt: courses.suspendedAt,
  instructor: { id: users.id, name: users.name, email: users.email, suspendedAt: users.suspendedAt },
}

const isIn: Record<CourseState, SQL | undefined> = {
  'on-sale': onSale,
  draft: and(eq(courses.isPublished, false), isNull(courses.archivedAt), isNull(courses.suspendedAt)),
  suspended: and(isNotNull(courses.suspendedAt), isNull(courses.archivedAt)),
  deleted: isNotNull(courses.archivedAt),
}

const anywhere = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

function matching({ q, state }: CourseQuery): SQL | undefined {
  const words = (q ?? '').split(' ').filter(Boolean)
  const found = words.map((word) =>
    or(
      ...[courses.title, users.name].map((column) => like(column, anywhere(word))),
      ...[users.email, courses.slug].map((column) => like(column, anywhere(word.toLowerCase()))),
    ),
  )
  return and(state && isIn[state], ...found)
}

/** Newest first, whatever their state; a page beyond the last is the last. */
export async function listAdminCourses({ db }: Pick<Services, 'db'>, query: CourseQuery) {
  const where = matching(query)
  const isTaughtBy = eq(users.id, courses.ownerId)
  const [counted] = await db.select({ n: count() }).from(courses).innerJoin(users, isTaughtBy).where(where)
  const total = counted?.n ?? 0
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const page = Math.min(query.page ?? 1, pages)
  const list = await db
    .select(columns)
    .from(courses)
    .innerJoin(users, isTaughtBy)
    .where(where)
    .orderBy(desc(courses.id))
    .limit(pageSize)
    .offset((page - 1) * pageSize)
  return { courses: list, count: total, page, pages }
}

/** Whatever its state; AppError `not_found`. */
export async function findAdminCourse(services: Pick<Services, 'db'>, id: string) {
  const { db } = services
  const [course] = isId(id)
    ? await db
        .select({
          ...columns,
          suspensionReason: courses.suspensionReason,
          publishedAt: courses.publishedAt,
          createdAt: courses.createdAt,
        })
        .from(courses)
        .innerJoin(users, eq(users.id, courses.ownerId))
        .where(eq(courses.id, id))
    : []
  if (!course) throw notFound('course')
  const [list, files, [owners], history] = await Promise.all([
    listAdminChapters(services, id),
    listAdminFiles(services, id),
    db
      .select({ n: count() })
      .from(purchases)
      .where(and(eq(purchases.courseId, id), isNull(purchases.revokedAt))),
    listAuditOf(services, { type: 'course', id }),
  ])
  return { ...course, chapters: list, files, owners: owners?.n ?? 0, history }
}

const listAdminChapters = ({ db }: Pick<Services, 'db'>, courseId: string) =>
  db
    .select({
      id: chapters.id,
      title: chapters.title,
      isPublished: chapters.isPublished,
      isFree: chapters.isFree,
      withdrawnAt: chapters.withdrawnAt,
      durationSeconds: muxData.durationSeconds,
      keepers: sql`(select count(*) from ${purchases} where ${purchases.courseId} = ${chapters.courseId}
        and ${purchases.revokedAt} is null
        and (${chapters.isPublished} or ${purchases.createdAt} <= ${chapters.withdrawnAt}))`.mapWith(Number),
    })
    .from(chapters)
    .leftJoin(muxData, eq(muxData.chapterId, chapters.id))
    .where(eq(chapters.courseId, courseId))
    .orderBy(chapters.position, chapters.id)

const listAdminFiles = ({ db }: Pick<Services, 'db'>, courseId: string) =>
  db
    .select({
      id: attachments.id,
      name: attachments.name,
      sizeBytes: attachments.sizeBytes,
      withdrawnAt: attachments.withdrawnAt,
      keepers: sql`(select count(*) from ${purchases} where ${purchases.courseId} = ${attachments.courseId}
        and ${purchases.revokedAt} is null
        and (${attachments.withdrawnAt} is null or ${purchases.createdAt} <= ${attachments.withdrawnAt}))`.mapWith(
        Number,
      ),
    })
    .from(attachments)
    .where(eq(attachments.courseId, courseId))
    .orderBy(attachments.name, attachments.id)
