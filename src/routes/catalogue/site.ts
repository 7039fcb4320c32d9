import { Hono } from 'hono'
import * as z from 'zod'
import { listCourseAddresses } from '../../models/catalogue/addresses'
import { listCategories } from '../../models/catalogue/category'
import { paths } from '../../paths'
import { dropCookie, writeCookie } from '../../web/cookies'
import type { Env } from '../../web/env'
import { form, safeNext } from '../../web/forms'
import { on } from '../../web/guards'

const ThemeForm = z.object({ theme: z.enum(['light', 'dark', 'system']), next: z.string().optional() })
const year = 365 * 24 * 3600

/** What the sitemap protocol allows in one file. */
const mostAddresses = 50_000
const anHour = 'public, max-age=3600'

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
    const services = c.var.services
    const categories = await listCategories(services)
    const fixed = [
      paths.home(),
      paths.courses(),
      ...categories.map(({ slug }) => paths.courses({ category: slug })),
    ].map((path) => ({ path, changed: null }))
    const courses = await listCourseAddresses(services, mostAddresses - fixed.length)
    const entries = [
      ...fixed,
      ...courses.map(({ slug, updatedAt }) => ({ path: paths.course(slug), changed: updatedAt })),
    ]
    c.header('Content-Type', 'application/xml; charset=utf-8')
    c.header('Cache-Control', anHour)
    return c.body(sitemap(services.config.APP_ORIGIN, entries))
  })
  .get(...on(paths.robots), (c) => {
    c.header('Cache-Control', anHour)
    return c.text(
      `${['User-agent: *', ...privatePrefixes().map((prefix) => `Disallow: ${prefix}`), 'Allow: /'].join('\n')}\n\n` +
        `Sitemap: ${c.var.services.config.APP_ORIGIN}${paths.sitemap()}\n`,
    )
  })

/** The beginnings of all addresses that ask for an account or a machine; `*` stands for what varies. */
function privatePrefixes(): string[] {
  const closed = Object.values(paths).filter(({ access }) => access !== 'visitor')
  const prefixes = closed.map(({ pattern }) => pattern.replace(/:\w+/g, '*')).sort()
  return prefixes.filter((prefix, place) => !prefixes.slice(0, place).some((one) => prefix.startsWith(one)))
}

function sitemap(origin: string, entries: { path: string; changed: Date | null }[]): string {
  const lines = entries.map(({ path, changed }) => {
    const changedAt = changed ? `<lastmod>${changed.toISOString()}</lastmod>` : ''
    return `<url><loc>${escaped(`${origin}${path}`)}</loc>${changedAt}</url>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${lines.join('\n')}\n</urlset>\n`
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
