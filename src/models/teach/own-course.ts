import { and, eq, isNull } from 'drizzle-orm'
import type { Db, Transaction } from '../../db/connect'
import { chapters, courses, users } from '../../db/schema'
import { notFound } from '../../errors'
import { isId } from '../../ids'

export type OwnCourse = typeof courses.$inferSelect
export type OwnChapter = typeof chapters.$inferSelect
export type CourseKey = Pick<OwnCourse, 'id' | 'ownerId'>
export type ChapterKey = Pick<OwnChapter, 'id' | 'courseId'>

const isOwn = ({ id, ownerId }: CourseKey) =>
  and(eq(courses.id, id), eq(courses.ownerId, ownerId), isNull(courses.archivedAt))

/** AppError `not_found` for another's, a deleted or an unknown one. */
export async function findOwnCourse(
  { db }: { db: Db | Transaction },
  ownerId: string,
  courseId: string,
): Promise<OwnCourse> {
  if (!isId(courseId)) throw notFound('course')
  const [course] = await db
    .select()
    .from(courses)
    .where(isOwn({ id: courseId, ownerId }))
  if (!course) throw notFound('course')
  return course
}

export async function findOwnChapter(
  { db }: { db: Db | Transaction },
  ownerId: string,
  courseId: string,
  chapterId: string,
): Promise<{ course: OwnCourse; chapter: OwnChapter }> {
  if (!isId(courseId) || !isId(chapterId)) throw notFound('chapter')
  const [found] = await db
    .select({ course: courses, chapter: chapters })
    .from(chapters)
    .innerJoin(courses, eq(courses.id, chapters.courseId))
    .where(and(eq(chapters.id, chapterId), isOwn({ id: courseId, ownerId })))
  if (!found) throw notFound('chapter')
  return found
}

/** Every change of a course or its chapters begins here; AppError `not_found`. */
export async function lockOwnCourse(tx: Transaction, course: CourseKey): Promise<OwnCourse> {
  const [locked] = await tx.select().from(courses).where(isOwn(course)).for('update')
  if (!locked) throw notFound('course')
  return locked
}

/** The course first, then the chapter; AppError `not_found` when either is gone. */
export async function lockOwnChapter(
  tx: Transaction,
  course: CourseKey,
  { id }: Pick<OwnChapter, 'id'>,
): Promise<OwnChapter> {
  await lockOwnCourse(tx, course)
  const [chapter] = await tx
    .select()
    .from(chapters)
    .where(and(eq(chapters.id, id), eq(chapters.courseId, course.id)))
    .for('update')
  if (!chapter) throw notFound('chapter')
  return chapter
}

/** The course first, then the chapter, whoever owns them; undefined when it is gone. */
export async function lockChapter(
  tx: Transaction,
  { id, courseId }: ChapterKey,
): Promise<OwnChapter | undefined> {
  await tx.select({ id: courses.id }).from(courses).where(eq(courses.id, courseId)).for('update')
  const [chapter] = await tx.select().from(chapters).where(eq(chapters.id, id)).for('update')
  return chapter
}

/** Null when it is not this user's or they are suspended. */
export async function lockCourseOfUploader(tx: Transaction, course: CourseKey): Promise<OwnCourse | null> {
  const [found] = await tx
    .select({ course: courses })
    .from(courses)
    .innerJoin(users, and(eq(users.id, courses.ownerId), isNull(users.suspendedAt)))
    .where(isOwn(course))
    .for('update')
  return found?.course ?? null
}
