import { Hono } from 'hono'
import type { CoursePageProps } from '../../../views/teach/course'
import { CourseNews } from '../../../views/teach/course'
import { publishCourse, unpublishCourse } from '../../models/teach/publishing'
import { urls } from '../../urls'
import { leaveNotice } from '../../web/cookies'
import type { AppContext, Env } from '../../web/env'
import { isPartial, trigger } from '../../web/html'
import { showCourse } from './course-page'
import { placeOf } from './own'

export const teachCoursePublication = new Hono<Env>()
  .post(urls.teachPublication(':id'), async (c) => {
    const { ownerId, courseId } = await placeOf(c)
    const missing = await publishCourse(c.get('services'), ownerId, courseId)
    if (missing.length > 0) return showCourse(c, news, { status: 422, isRefused: true })
    return answer(c, 'The course is published. Everyone can find it now.')
  })
  .post(urls.teachPublicationDelete(':id'), async (c) => {
    const { ownerId, courseId } = await placeOf(c)
    await unpublishCourse(c.get('services'), ownerId, courseId)
    return answer(c, 'The course is unpublished. Students who have it keep it.')
  })

const news = ({ course, isRefused }: CoursePageProps) => <CourseNews course={course} isRefused={isRefused} />

function answer(c: AppContext, text: string): Response | Promise<Response> {
  if (isPartial(c)) {
    trigger(c, { toast: { kind: 'success', text } })
    return showCourse(c, news)
  }
  leaveNotice(c, { kind: 'success', text })
  return c.redirect(urls.teachCourse(c.req.param('id') ?? ''), 303)
}
