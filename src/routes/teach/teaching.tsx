import { Hono } from 'hono'
import { askToTeach } from '../../models/teach/teaching-request'
import { urls } from '../../urls'
import { signedIn } from '../../web/auth'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { showInvitation } from './teach'

/** A student's way to become an instructor. */
export const teaching = new Hono<Env>().post(urls.accountTeaching, async (c) => {
  const { id } = await signedIn(c)
  const answer = await askToTeach(c.get('services'), id)
  if (answer === 'unverified') return showInvitation(c, 403)
  if (answer === 'granted') leaveNotice(c, { kind: 'success', text: 'You are an instructor now.' })
  if (answer === 'waits')
    leaveNotice(c, { kind: 'success', text: 'Your request waits. An administrator will look at it.' })
  return c.redirect(urls.teach, 303)
})
