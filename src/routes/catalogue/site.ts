import { Hono } from 'hono'
import * as z from 'zod'
import { listCourseAddresses } from '../../models/catalogue/addresses'
import { listCategories } from '../../models/catalogue/category'
import { urls } from '../../urls'
import { dropCookie, writeCookie } from '../../web/cookies'
import type { Env } from '../../web/env'
import { form, safeNext } from '../../web/forms'

const ThemeForm = z.object({ theme: z.enum(['light', 'dark', 'system']), next: z.string().optional() })
const year = 365 * 24 * 3600

/** What the sitemap protocol allows in one file. */
const mostAddresses = 50_000
const anHour = 'public, max-age=3600'

export const site = new Hono<Env>()
  .post(
    urls.theme,
    form(ThemeForm, (c) => c.redirect(urls.home, 303)),
    (c) => {
      const { theme, next } = c.req.valid('form')
      if (theme === 'system') dropCookie(c, 'theme')
      else writeCookie(c, 'theme', theme, year)
      return c.redirect(safeNext(next) ?? urls.home, 303)
    },
  )
  .get(urls.sitemap, async (c) => {
    const services = c.get('services')
    const categories = await listCategories(services)
    const fixed = [
      urls.home,
      urls.courses(),
      ...categories.map(({ slug }) => urls.courses({ category: slug })),
    ].map((path) => ({ path, changed: null }))
    const courses = await listCourseAddresses(services, mostAddresses - fixed.length)
    const entries = [
      ...fixed,
      ...courses.map(({ slug, updatedAt }) => ({ path: urls.course(slug), changed: updatedAt })),
    ]
    c.header('Content-Type', 'application/xml; charset=utf-8')
    c.header('Cache-Control', anHour)
    return c.body(sitemap(services.config.APP_ORIGIN, entries))
  })
  .get(urls.robots, (c) => {
    c.header('Cache-Control', anHour)
    const closed = ['/learn', '/account', '/purchases', '/teach', '/admin', '/api']
    return c.text(
      `${['User-agent: *', ...closed.map((path) => `Disallow: ${path}`), 'Allow: /'].join('\n')}\n\n` +
        `Sitemap: ${c.get('services').config.APP_ORIGIN}${urls.sitemap}\n`,
    )
  })

function sitemap(origin: string, entries: { path: string; changed: Date | null }[]): string {
  const lines = entries.map(({ path, changed }) => {
    const changedAt = changed ? `<lastmod>${changed.toISOString()}</lastmod>` : ''
    return `<url><loc>${escaped(`${origin}${path}`)}</loc>${changedAt}</url>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join('\n')}\n</urlset>\n`
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
