import { Hono } from 'hono'
import { TeachPage } from '../../views/teach/courses'
import { InvitationPage } from '../../views/teach/invitation'
import { listOwnCourses } from '../models/course-owner'
import { waitsToTeachSince } from '../models/role-request'
import { urls } from '../urls'
import { signedIn } from '../web/auth'
import type { AppContext, Env } from '../web/env'
import { show } from '../web/html'

export const teach = new Hono<Env>().get(urls.teach, async (c) => {
  const viewer = await signedIn(c)
  if (viewer.role === 'student') return showInvitation(c)
  const courses = await listOwnCourses(c.get('services'), viewer.id)
  return show(c, { title: 'Your courses', page: <TeachPage courses={courses} /> })
})

/** Invites who is no instructor yet; 403 when they asked before their address was verified. */
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
