import { Hono } from 'hono'
import { requestTeaching } from '../../models/teach/teaching-request'
import { paths } from '../../paths'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { showInvitation } from './teach'

/** A student's way to become an instructor. */
export const teaching = new Hono<Env>().post(...on(paths.accountTeaching), async (c) => {
  const answer = await requestTeaching(c.var.services, c.var.user.id)
  if (answer === 'unverified') return showInvitation(c, 403)
  if (answer === 'granted') leaveNotice(c, { kind: 'success', text: 'You are an instructor now.' })
  if (answer === 'waits')
    leaveNotice(c, { kind: 'success', text: 'Your request waits. An administrator will look at it.' })
  return c.redirect(paths.teach(), 303)
})
