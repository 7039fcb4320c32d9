import { Hono } from 'hono'
import { findMovedSlug } from '../../models/catalogue/course-slug'
import { paths } from '../../paths'
import type { Env } from '../../web/env'
import { userOf } from '../../web/session'

/** Addresses that a course had before: asked only where nothing else was found. Stands before the pages themselves. */
export const movedCourse = new Hono<Env>()
for (const [path, to] of [
  ['/courses/:slug', paths.course],
  ['/learn/:slug', paths.learn],
] as const) {
  movedCourse.use(path, async (c, next) => {
    await next()
    if (c.res.status !== 404 || c.req.method !== 'GET') return
    const slug = await findMovedSlug(c.var.services, c.req.param('slug'), (await userOf(c))?.id ?? null)
    if (!slug) return
    // The page that was not found stands already; this takes its place.
    c.res = new Response(null, { status: 303, headers: { Location: to(slug) } })
  })
}
