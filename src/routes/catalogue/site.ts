import { Hono } from 'hono'
import * as z from 'zod'
import { listSitemapCourses } from '../../models/catalogue/catalogue'
import { listCategories } from '../../models/catalogue/category'
import { openToAll, paths } from '../../paths'
import { daySeconds, hourSeconds } from '../../rules/time'
import { dropCookie, writeCookie } from '../../web/cookies'
import type { Env } from '../../web/env'
import { form, safeNext } from '../../web/forms'
import { on } from '../../web/guards'

const ThemeForm = z.object({ theme: z.enum(['light', 'dark', 'system']), next: z.string().optional() })
const year = 365 * daySeconds

/** The sitemap protocol's limit for one file. */
const maxUrls = 50_000
const oneHour = `public, max-age=${hourSeconds}`

export const site = new Hono<Env>()
  .post(
    ...on(paths.theme),
    form(ThemeForm, (c) => c.redirect(paths.home(), 303)),
    (c) => {
      const { theme, next } = c.req.valid('form')
      if (theme === 'system') dropCookie(c, 'theme')
      else writeCookie(c, 'theme', theme, year)
      return c.redirect(safeNext(next) ?? paths.home(), 303)
    },
  )
  .get(...on(paths.sitemap), async (c) => {
    const { services } = c.var
    const categories = await listCategories(services)
    const fixed = [
      paths.home(),
      paths.courses(),
      ...categories.map(({ slug }) => paths.courses({ category: slug })),
    ].map((path) => ({ path, changed: null }))
    const courses = await listSitemapCourses(services, maxUrls - fixed.length)
    const entries = [
      ...fixed,
      ...courses.map(({ slug, updatedAt }) => ({ path: paths.course(slug), changed: updatedAt })),
    ]
    c.header('Content-Type', 'application/xml; charset=utf-8')
    c.header('Cache-Control', oneHour)
    return c.body(sitemap(services.config.APP_ORIGIN, entries))
  })
  .get(...on(paths.robots), (c) => {
    c.header('Cache-Control', oneHour)
    return c.text(
      `${['User-agent: *', ...privatePrefixes().map((prefix) => `Disallow: ${prefix}`), 'Allow: /'].join('\n')}\n\n` +
        `Sitemap: ${c.var.services.config.APP_ORIGIN}${paths.sitemap()}\n`,
    )
  })

function privatePrefixes(): string[] {
  const closed = Object.values(paths).filter(({ access }) => !openToAll.includes(access))
  const prefixes = closed.map(({ pattern }) => pattern.replace(/:\w+/g, '*')).sort()
  return prefixes.filter((prefix, index) => !prefixes.slice(0, index).some((one) => prefix.startsWith(one)))
}

function sitemap(origin: string, entries: { path: string; changed: Date | null }[]): string {
  const urls = entries.map(({ path, changed }) => {
    const changedAt = changed ? `<lastmod>${changed.toISOString()}</lastmod>` : ''
    return `<url><loc>${escaped(`${origin}${path}`)}</loc>${changedAt}</url>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join('\n')}\n</urlset>\n`
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
