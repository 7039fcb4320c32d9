import { Hono } from 'hono'
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
