import type { Hono } from 'hono'
import * as z from 'zod'

export function addSettings<T extends object>(
  app: Hono,
  schema: z.ZodType<Partial<T>>,
  settings: T,
  changed: () => void = () => {},
): void {
  app.get('/settings', (c) => c.json(settings))
  app.post('/settings', async (c) => {
    const body = schema.safeParse(await c.req.json().catch(() => null))
    if (!body.success) return c.json({ error: z.prettifyError(body.error) }, 400)
    Object.assign(settings, body.data)
    changed()
    return c.json(settings)
  })
}
