import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { CookieOptions } from 'hono/utils/cookie'
import * as z from 'zod'
import type { AppContext } from './env'

const isHttps = (c: AppContext) => c.get('services').config.APP_ORIGIN.startsWith('https://')
const nameOf = (c: AppContext, name: string) => (isHttps(c) ? `__Host-${name}` : name)
const options = (c: AppContext): CookieOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'Lax',
  secure: isHttps(c),
})

export const readCookie = (c: AppContext, name: string): string | undefined => getCookie(c, nameOf(c, name))

/** The names that begin so, without `__Host-`, oldest first as browsers send them. */
export const cookieNames = (c: AppContext, beginning: string): string[] =>
  Object.keys(getCookie(c))
    .filter((name) => name.startsWith(nameOf(c, beginning)))
    .map((name) => name.slice(nameOf(c, '').length))

/** Keeps a value in this browser; `seconds` absent means until it is closed. */
export function writeCookie(c: AppContext, name: string, value: string, seconds?: number): void {
  setCookie(c, nameOf(c, name), value, { ...options(c), maxAge: seconds })
}

export const dropCookie = (c: AppContext, name: string): void => {
  deleteCookie(c, nameOf(c, name), options(c))
}

export function theme(c: AppContext): 'light' | 'dark' | null {
  const value = readCookie(c, 'theme')
  return value === 'light' || value === 'dark' ? value : null
}

const Notice = z.object({ kind: z.enum(['success', 'error']), text: z.string().max(300) })
export type Notice = z.output<typeof Notice>

/** Says something on the next page, after a redirect. */
export const leaveNotice = (c: AppContext, notice: Notice): void =>
  writeCookie(c, 'notice', JSON.stringify(notice), 60)

export function takeNotice(c: AppContext): Notice | null {
  const value = readCookie(c, 'notice')
  if (!value) return null
  dropCookie(c, 'notice')
  try {
    return Notice.parse(JSON.parse(value))
  } catch {
    return null
  }
}
