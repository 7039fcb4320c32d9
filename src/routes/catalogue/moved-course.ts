import { Hono } from 'hono'
import { findMovedSlug } from '../../models/catalogue/course-slug'
import { urls } from '../../urls'
import { viewerOf } from '../../web/auth'
import type { Env } from '../../web/env'

/** Addresses that a course had before: asked only where nothing else was found. Stands before the pages themselves. */
export const movedCourse = new Hono<Env>()
for (const [path, to] of [
  ['/courses/:slug', urls.course],
  ['/learn/:slug', urls.learn],
] as const) {
  movedCourse.use(path, async (c, next) => {
    await next()
    if (c.res.status !== 404 || c.req.method !== 'GET') return
    const slug = await findMovedSlug(c.get('services'), c.req.param('slug'), (await viewerOf(c))?.id ?? null)
    if (!slug) return
    // The page that was not found stands already; this takes its place.
    c.res = new Response(null, { status: 303, headers: { Location: to(slug) } })
  })
}
