import { Hono } from 'hono'
import { WebhooksPage } from '../../../views/admin/webhooks'
import { processAgain } from '../../models/admin/webhook-replay'
import { countWebhooks, listWebhooks } from '../../models/admin/webhooks'
import { paths } from '../../paths'
import { processedSentence, readWebhookQuery } from '../../rules/admin/webhook-query'
import { leaveNotice } from '../../web/cookies'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { go, show } from '../../web/html'

const notKept = 'It was no message that this site keeps in a way that can be processed again.'

export const adminWebhooks = new Hono<Env>()
  .get(...on(paths.adminWebhooks), async (c) => {
    const { services } = c.var
    const query = readWebhookQuery(new URL(c.req.url).searchParams)
    const [found, counts] = await Promise.all([listWebhooks(services, query), countWebhooks(services)])
    return show(c, {
      title: 'Webhooks',
      page: <WebhooksPage {...{ found, query, counts }} timeZone={services.config.TIME_ZONE} />,
    })
  })
  .post(...on(paths.adminWebhookProcess), async (c) => {
    const { services, user, webhook } = c.var
    const outcome = await processAgain(services, user.id, webhook)
    const { isGood, text } = outcome === null ? { isGood: false, text: notKept } : processedSentence(outcome)
    leaveNotice(c, { kind: isGood ? 'success' : 'error', text })
    return go(c, paths.adminWebhooks())
  })
