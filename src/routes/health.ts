import { Hono } from 'hono'
import { missingParts } from '../models/readiness'
import { urls } from '../urls'
import type { Env } from '../web/env'

export const health = new Hono<Env>()
  .get(urls.healthLive, (c) => c.json({ live: true }))
  .get(urls.healthReady, async (c) => {
    const missing = await missingParts(c.get('services'))
    return c.json({ ready: missing.length === 0, missing }, missing.length === 0 ? 200 : 503)
  })
