import { Hono } from 'hono'
import { AuditPage } from '../../../views/admin/audit'
import { listAudit } from '../../models/admin/audit'
import { paths } from '../../paths'
import { readAuditQuery } from '../../rules/admin/audit-query'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import { show } from '../../web/html'

export const adminAudit = new Hono<Env>().get(...on(paths.audit), async (c) => {
  const { services } = c.var
  const query = readAuditQuery(new URL(c.req.url).searchParams)
  const found = await listAudit(services, query)
  const { TIME_ZONE } = services.config
  return show(c, { title: 'Audit', page: <AuditPage {...{ found, query }} timeZone={TIME_ZONE} /> })
})
