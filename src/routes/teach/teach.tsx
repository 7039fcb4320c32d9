import { Hono } from 'hono'
import * as z from 'zod'
import { TeachPage } from '../../../views/teach/courses'
import { InvitationPage } from '../../../views/teach/invitation'
import { createCourse } from '../../models/teach/course-change'
import { listTaughtCourses } from '../../models/teach/course-studio'
import { waitsToTeachSince } from '../../models/teach/teaching-request'
import { urls } from '../../urls'
import { signedIn } from '../../web/auth'
import type { AppContext, Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { show } from '../../web/html'
import { Title } from './fields'

const CourseForm = z.object({ title: Title })

export const teach = new Hono<Env>()
  .get(urls.teach, async (c) => {
    const viewer = await signedIn(c)
    return viewer.role === 'student' ? showInvitation(c) : showCourses(c)
  })
  .post(
    urls.teachCourses,
    async (c, next) => {
      const viewer = await signedIn(c)
      if (viewer.role === 'student') return showInvitation(c, 403)
      if (!viewer.isVerified) return showCourses(c, undefined, 403)
      return next()
    },
    form(CourseForm, (c, problem) => showCourses(c, problem, 422)),
    async (c) => {
      const { id } = await signedIn(c)
      const courseId = await createCourse(c.get('services'), id, c.req.valid('form').title)
      return c.redirect(urls.teachCourse(courseId), 303)
    },
  )

async function showCourses(c: AppContext, problem?: FormProblem, status: 200 | 403 | 422 = 200) {
  const viewer = await signedIn(c)
  const courses = await listTaughtCourses(c.get('services'), viewer.id)
  return show(c, {
    title: 'Your courses',
    status,
    page: (
      <TeachPage
        courses={courses}
        title={problem?.values.title}
        error={problem?.errors.title}
        isUnverified={status === 403}
      />
    ),
  })
}

/** Invites who is no instructor yet; 403 when they asked for more than that. */
export async function showInvitation(c: AppContext, status: 200 | 403 = 200): Promise<Response> {
  const services = c.get('services')
  const viewer = await signedIn(c)
  return show(c, {
    title: 'Teach with us',
    status,
    page: (
      <InvitationPage
        isVerified={viewer.isVerified}
        isRefused={status === 403}
        email={viewer.email}
        waitingSince={await waitsToTeachSince(services, viewer.id)}
        needsApproval={services.config.INSTRUCTOR_SIGNUP === 'approval'}
        timeZone={services.config.TIME_ZONE}
      />
    ),
  })
}
