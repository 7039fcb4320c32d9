import { Hono } from 'hono'
import { isSame } from '../crypto'
import { notFound } from '../errors'
import { missingParts } from '../models/readiness'
import { paths } from '../paths'
import type { Env } from '../web/env'
import { on } from '../web/guards'

export const health = new Hono<Env>()
  .get(...on(paths.healthLive), (c) => c.json({ live: true }))
  .get(...on(paths.healthReady), async (c) => {
    const missing = await missingParts(c.var.services)
    return c.json({ ready: missing.length === 0, missing }, missing.length === 0 ? 200 : 503)
  })
  .get(...on(paths.metrics), async (c) => {
    const { metrics } = c.var.runtime
    const { METRICS_TOKEN: token } = c.var.services.config
    if (!metrics || !token) throw notFound('page')
    if (!isSame(c.req.header('Authorization') ?? '', `Bearer ${token}`))
      return c.text('This needs the METRICS_TOKEN of the site.', 401, { 'WWW-Authenticate': 'Bearer' })
    return c.text(await metrics.text(), 200, { 'Content-Type': metrics.contentType })
  })
