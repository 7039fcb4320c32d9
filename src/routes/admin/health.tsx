import { Hono } from 'hono'
import { HealthPage, Services } from '../../../views/admin/health'
import { askServices, findHealth } from '../../models/admin/health'
import { sendTestMail } from '../../models/admin/test-mail'
import { paths } from '../../paths'
import { answerWithinMs } from '../../rules/admin/health'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { go, show } from '../../web/html'

/** A page is there at once, whoever hangs; who wants to wait for the answers asks for that. */
const glanceMs = 700

export const adminHealth = new Hono<Env>()
  .get(...on(paths.adminHealth), async (c) => {
    const { services, user } = c.var
    const isAsking = c.req.query('ask') === 'now'
    await askServices(services, isAsking ? answerWithinMs + 500 : glanceMs)
    const health = await findHealth(services)
    const testMailTo = services.mail ? user.email : null
    const props = { health, testMailTo, now: services.now(), timeZone: services.config.TIME_ZONE }
    return show(c, { title: 'Health', page: <HealthPage {...props} />, part: <Services {...props} /> })
  })
  .post(...on(paths.adminHealthMail), async (c) => {
    const { isTaken, said } = await sendTestMail(c.var.services, c.var.user)
    leaveNotice(
      c,
      isTaken
        ? { kind: 'success', text: `The mail server accepted the email and said: ${said}` }
        : { kind: 'error', text: `The email was not sent. ${said}` },
    )
    return go(c, paths.adminHealth())
  })
