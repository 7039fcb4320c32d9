import { Hono } from 'hono'
import * as z from 'zod'
import { openToAll, paths } from '../../paths'
import { daySeconds, hourSeconds } from '../../rules/time'
import { dropCookie, writeCookie } from '../../web/cookies'
import type { Env } from '../../web/env'
import { form, safeNext } from '../../web/forms'
import { on } from '../../web/guards'

const ThemeForm = z.object({ theme: z.enum(['light', 'dark', 'system']), next: z.string().optional() })
const year = 365 * daySeconds

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
