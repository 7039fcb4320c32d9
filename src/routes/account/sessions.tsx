import { Hono } from 'hono'
import { SessionsPage } from '../../../views/account/sessions'
import { notFound } from '../../errors'
import { endOtherSessions, endOwnSession, listSessions } from '../../models/account/session-list'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { changed, go, show } from '../../web/html'
import { endSession, userOf } from '../../web/session'

export const sessions = new Hono<Env>()
  // Asked by a page that the browser restores from its memory.
  .get(...on(paths.session), async (c) => c.json({ session: (await userOf(c))?.sessionId ?? null }))
  .get(...on(paths.sessions), async (c) => {
    const { services, user } = c.var
    const sessions = await listSessions(services, user)
    return show(c, {
      title: 'Where you are signed in',
      page: <SessionsPage sessions={sessions} timeZone={services.config.TIME_ZONE} />,
    })
  })
  .post(...on(paths.otherSessionsDelete), async (c) => {
    await endOtherSessions(c.var.services, c.var.user)
    return changed(c, { notice: 'All other browsers are signed out.', to: paths.sessions() })
  })
  .post(...on(paths.sessionDelete), async (c) => {
    const { services, user } = c.var
    const sessionId = c.req.param('sessionId')
    if (!(await endOwnSession(services, user, sessionId))) throw notFound('session of yours')
    if (sessionId === user.sessionId) {
      endSession(c)
      return go(c, paths.home())
    }
    return changed(c, { notice: 'That browser is signed out.', to: paths.sessions() })
  })
