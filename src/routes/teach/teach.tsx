import { Hono } from 'hono'
import * as z from 'zod'
import { TeachPage } from '../../../views/teach/courses'
import { InvitationPage } from '../../../views/teach/invitation'
import { listTeachCourses } from '../../models/teach/course'
import { createCourse } from '../../models/teach/course-change'
import { countRefundRequests } from '../../models/teach/sales'
import { findTeachingRequest, requestTeaching } from '../../models/teach/teaching-request'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { type FormProblem, form } from '../../web/forms'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { changed, show } from '../../web/html'
import { Title } from './fields'

const CourseForm = z.object({ title: Title })

export const teach = new Hono<Env>()
  .get(...on(paths.teach), (c) => (c.var.user.role === 'student' ? showInvitation(c) : showCourses(c)))
  .post(...on(paths.teachCourses), form(CourseForm, refuse), async (c) => {
    const { services, user } = c.var
    if (!user.isVerified) return showCourses(c, undefined, 403)
    const courseId = await createCourse(services, user.id, c.req.valid('form').title)
    return c.redirect(paths.teachCourse(courseId), 303)
  })
  .post(...on(paths.accountTeaching), async (c) => {
    const answer = await requestTeaching(c.var.services, c.var.user.id)
    if (answer === 'unverified') return showInvitation(c, 403)
    if (answer === 'granted') return changed(c, { notice: 'You are an instructor now.', to: paths.teach() })
    if (answer === 'waits')
      return changed(c, { notice: 'Your request was sent to an administrator.', to: paths.teach() })
    return c.redirect(paths.teach(), 303)
  })

function refuse(c: GuardedContext<'instructor'>, problem: FormProblem): Promise<Response> {
  return c.var.user.isVerified ? showCourses(c, problem, 422) : showCourses(c, undefined, 403)
}

async function showCourses(
  c: GuardedContext<'signedIn'>,
  problem?: FormProblem,
  status: 200 | 403 | 422 = 200,
) {
  const { services, user } = c.var
  const [courses, refundRequests] = await Promise.all([
    listTeachCourses(services, user.id),
    countRefundRequests(services, user.id),
  ])
  return show(c, {
    title: 'Your courses',
    status,
    page: (
      <TeachPage
        courses={courses}
        refundRequests={refundRequests}
        title={problem?.values.title}
        error={problem?.errors.title}
        isUnverified={status === 403}
      />
    ),
  })
}

async function showInvitation(c: GuardedContext<'signedIn'>, status: 200 | 403 = 200): Promise<Response> {
  const { services, user } = c.var
  return show(c, {
    title: 'Teach with us',
    status,
    page: (
      <InvitationPage
        isVerified={user.isVerified}
        isRefused={status === 403}
        email={user.email}
        waitingSince={await findTeachingRequest(services, user.id)}
        needsApproval={services.config.INSTRUCTOR_SIGNUP === 'approval'}
        timeZone={services.config.TIME_ZONE}
      />
    ),
  })
}
