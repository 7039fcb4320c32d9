import { Hono } from 'hono'
import * as z from 'zod'
import { urls } from '../urls'
import { dropCookie, writeCookie } from '../web/cookies'
import type { Env } from '../web/env'
import { form, safeNext } from '../web/forms'

const ThemeForm = z.object({ theme: z.enum(['light', 'dark', 'system']), next: z.string().optional() })
const year = 365 * 24 * 3600

export const site = new Hono<Env>().post(
  urls.theme,
  form(ThemeForm, (c) => c.redirect(urls.home, 303)),
  (c) => {
    const { theme, next } = c.req.valid('form')
    if (theme === 'system') dropCookie(c, 'theme')
    else writeCookie(c, 'theme', theme, year)
    return c.redirect(safeNext(next) ?? urls.home, 303)
  },
)
