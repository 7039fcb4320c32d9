import { Hono } from 'hono'
import { type CoursePageProps, CourseUpdates } from '../../../views/teach/course'
import { publishCourse, unpublishCourse } from '../../models/teach/publishing'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { type GuardedContext, on } from '../../web/guards'
import { changed } from '../../web/html'
import { showCourse } from './course-page'

export const teachPublication = new Hono<Env>()
  .post(...on(paths.teachPublication), async (c) => {
    const missing = await publishCourse(c.var.services, c.var.user.id, c.var.course.id)
    if (missing.length > 0) return showCourse(c, state, { status: 422, isRefused: true })
    return publicationChanged(c, 'The course is published. Everyone can find it now.')
  })
  .post(...on(paths.teachPublicationDelete), async (c) => {
    await unpublishCourse(c.var.services, c.var.user.id, c.var.course.id)
    return publicationChanged(c, 'The course is unpublished. Students who have it keep it.')
  })

const state = ({ course, isRefused }: CoursePageProps) => (
  <CourseUpdates course={course} isRefused={isRefused} />
)

const publicationChanged = (c: GuardedContext<'ownCourse'>, notice: string) =>
  changed(c, { notice, to: paths.teachCourse(c.var.course.id), part: () => showCourse(c, state) })
