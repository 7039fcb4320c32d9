import { Hono } from 'hono'
import { WebhooksPage } from '../../../views/admin/webhooks'
import { listWebhooks } from '../../models/admin/webhooks'
import { paths } from '../../paths'
import { readWebhookQuery } from '../../rules/admin/webhook-query'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { show } from '../../web/html'

export const adminWebhooks = new Hono<Env>().get(...on(paths.adminWebhooks), async (c) => {
  const { services } = c.var
  const query = readWebhookQuery(new URL(c.req.url).searchParams)
  const found = await listWebhooks(services, query)
  return show(c, {
    title: 'Webhooks',
    page: <WebhooksPage {...{ found, query }} timeZone={services.config.TIME_ZONE} />,
  })
})
