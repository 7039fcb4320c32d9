import { Hono } from 'hono'
import { SessionsPage } from '../../../views/account/sessions'
import { notFound } from '../../errors'
import { endOtherSessions, endOwnSession, listSessions } from '../../models/account/session-list'
import { paths } from '../../paths'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { show } from '../../web/html'
import { endSession, userOf } from '../../web/session'

export const sessions = new Hono<Env>()
  // Asked by a page that comes back out of the browser's memory.
  .get(...on(paths.session), async (c) => c.json({ session: (await userOf(c))?.sessionId ?? null }))
  .get(...on(paths.sessions), async (c) => {
    const { services, user } = c.var
    const lines = await listSessions(services, user)
    return show(c, {
      title: 'Where you are signed in',
      page: <SessionsPage sessions={lines} timeZone={services.config.TIME_ZONE} />,
    })
  })
  .post(...on(paths.otherSessionsDelete), async (c) => {
    await endOtherSessions(c.var.services, c.var.user)
    leaveNotice(c, { kind: 'success', text: 'Every other browser is signed out.' })
    return c.redirect(paths.sessions(), 303)
  })
  .post(...on(paths.sessionDelete), async (c) => {
    const { services, user } = c.var
    const ended = c.req.param('sessionId')
    if (!(await endOwnSession(services, user.id, ended))) throw notFound('session of yours')
    if (ended === user.sessionId) {
      endSession(c)
      return c.redirect(paths.home(), 303)
    }
    leaveNotice(c, { kind: 'success', text: 'That browser is signed out.' })
    return c.redirect(paths.sessions(), 303)
  })
