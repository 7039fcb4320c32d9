import { Hono } from 'hono'
import { SessionsPage } from '../../../views/account/sessions'
import { notFound } from '../../errors'
import { endOtherSessions, endOwnSession, listSessions } from '../../models/account/session-list'
import { urls } from '../../urls'
import { endSession, signedIn, viewerOf } from '../../web/auth'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { show } from '../../web/html'

export const sessions = new Hono<Env>()
  // Asked by a page that comes back out of the browser's memory.
  .get(urls.session, async (c) => c.json({ session: (await viewerOf(c))?.sessionId ?? null }))
  .get(urls.sessions, async (c) => {
    const services = c.get('services')
    const lines = await listSessions(services, await signedIn(c))
    return show(c, {
      title: 'Where you are signed in',
      page: <SessionsPage sessions={lines} timeZone={services.config.TIME_ZONE} />,
    })
  })
  .post(urls.otherSessionsEnd, async (c) => {
    await endOtherSessions(c.get('services'), await signedIn(c))
    leaveNotice(c, { kind: 'success', text: 'Every other browser is signed out.' })
    return c.redirect(urls.sessions, 303)
  })
  .post(urls.sessionEnd(':id'), async (c) => {
    const { id, sessionId } = await signedIn(c)
    const ended = c.req.param('id') ?? ''
    if (!(await endOwnSession(c.get('services'), id, ended))) throw notFound('session of yours')
    if (ended === sessionId) {
      endSession(c)
      return c.redirect(urls.home, 303)
    }
    leaveNotice(c, { kind: 'success', text: 'That browser is signed out.' })
    return c.redirect(urls.sessions, 303)
  })
