import type { MiddlewareHandler } from 'hono'
import type { Viewer } from '../../models/account/session'
import { findStudioChapter } from '../../models/teach/chapter'
import { findOwnCourse } from '../../models/teach/own-course'
import { signedInAs } from '../../web/auth'
import type { AppContext, Env } from '../../web/env'

/** Who teaches; the studio does not exist for anyone else. */
export const teacherOf = (c: AppContext): Promise<Viewer> => signedInAs(c, 'instructor', 'admin')

export interface Place {
  ownerId: string
  courseId: string
  /** Empty where the address names none. */
  chapterId: string
}

/** Who asks, and which course and chapter the address names; whether they are theirs is the models' to say. */
export async function placeOf(c: AppContext): Promise<Place> {
  const { id: ownerId } = await teacherOf(c)
  return { ownerId, courseId: c.req.param('id') ?? '', chapterId: c.req.param('chapterId') ?? '' }
}

/** Whose course it is, asked before what was typed; stands before a form's validation. */
export const ownCourseFirst: MiddlewareHandler<Env> = async (c, next) => {
  const { ownerId, courseId } = await placeOf(c)
  await findOwnCourse(c.get('services'), ownerId, courseId)
  await next()
}

/** The same for a chapter, which must be of that course. */
export const ownChapterFirst: MiddlewareHandler<Env> = async (c, next) => {
  const { ownerId, courseId, chapterId } = await placeOf(c)
  await findStudioChapter(c.get('services'), ownerId, courseId, chapterId)
  await next()
}
