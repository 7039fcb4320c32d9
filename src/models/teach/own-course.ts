import { and, eq, isNull } from 'drizzle-orm'
import type { Db, Transaction } from '../../db/connect'
import { chapters, courses, users } from '../../db/schema'
import { notFound } from '../../errors'
import { isId } from '../../ids'

export type OwnCourse = typeof courses.$inferSelect
export type OwnChapter = typeof chapters.$inferSelect

const isOwn = (ownerId: string, courseId: string) =>
  and(eq(courses.id, courseId), eq(courses.ownerId, ownerId), isNull(courses.archivedAt))

/** A course as its instructor has it; AppError `not_found` when it is another's, deleted, or not there. */
export async function findOwnCourse(
  { db }: { db: Db | Transaction },
  ownerId: string,
  courseId: string,
): Promise<OwnCourse> {
  if (!isId(courseId)) throw notFound('course')
  const [course] = await db.select().from(courses).where(isOwn(ownerId, courseId))
  if (!course) throw notFound('course')
  return course
}

/** A chapter of one's own course with the course; AppError `not_found` when it is not of this course. */
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
    .where(and(eq(chapters.id, chapterId), isOwn(ownerId, courseId)))
  if (!found) throw notFound('chapter')
  return found
}

/** The same, locked until the transaction ends: every change of a course or its chapters begins here. */
export async function lockOwnCourse(tx: Transaction, ownerId: string, courseId: string): Promise<OwnCourse> {
  if (!isId(courseId)) throw notFound('course')
  const [course] = await tx.select().from(courses).where(isOwn(ownerId, courseId)).for('update')
  if (!course) throw notFound('course')
  return course
}

/** A chapter of one's own course, locked after the course; AppError `not_found` when it is not of this course. */
export async function lockOwnChapter(
  tx: Transaction,
  ownerId: string,
  courseId: string,
  chapterId: string,
): Promise<{ course: OwnCourse; chapter: OwnChapter }> {
  const course = await lockOwnCourse(tx, ownerId, courseId)
  if (!isId(chapterId)) throw notFound('chapter')
  const [chapter] = await tx
    .select()
    .from(chapters)
    .where(and(eq(chapters.id, chapterId), eq(chapters.courseId, courseId)))
    .for('update')
  if (!chapter) throw notFound('chapter')
  return { course, chapter }
}

/** Whether this person may still bring files to a course: it is theirs, and they are not suspended. Locks the course. */
export async function lockCourseOfUploader(
  tx: Transaction,
  ownerId: string,
  courseId: string,
): Promise<OwnCourse | null> {
  const [found] = await tx
    .select({ course: courses })
    .from(courses)
    .innerJoin(users, and(eq(users.id, courses.ownerId), isNull(users.suspendedAt)))
    .where(isOwn(ownerId, courseId))
    .for('update')
  return found?.course ?? null
}
