import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { CookieOptions } from 'hono/utils/cookie'
import * as z from 'zod'
import { seal, unseal } from '../crypto'
import type { AppContext } from './env'

const isHttps = (c: AppContext) => c.var.services.config.APP_ORIGIN.startsWith('https://')
const nameOf = (c: AppContext, name: string) => (isHttps(c) ? `__Host-${name}` : name)
const options = (c: AppContext): CookieOptions => ({
  path: '/',
  httpOnly: true,
  sameSite: 'Lax',
  secure: isHttps(c),
})

export const readCookie = (c: AppContext, name: string): string | undefined => getCookie(c, nameOf(c, name))

/** Oldest first, as browsers send them. */
export const cookieNames = (c: AppContext, prefix: string): string[] =>
  Object.keys(getCookie(c))
    .filter((name) => name.startsWith(nameOf(c, prefix)))
    .map((name) => name.slice(nameOf(c, '').length))

/** Without `seconds` the cookie lives until the browser is closed. */
export function writeCookie(c: AppContext, name: string, value: string, seconds?: number): void {
  setCookie(c, nameOf(c, name), value, { ...options(c), maxAge: seconds })
}

export const dropCookie = (c: AppContext, name: string): void => {
  deleteCookie(c, nameOf(c, name), options(c))
}

export async function writeSealedCookie(
  c: AppContext,
  name: string,
  value: object,
  expiresAt: Date,
): Promise<void> {
  const { config, now } = c.var.services
  // Inside, too, because a browser may keep a cookie for longer.
  const text = JSON.stringify({ value, expiresAt: expiresAt.getTime() })
  const seconds = Math.ceil((expiresAt.getTime() - now().getTime()) / 1000)
  writeCookie(c, name, await seal(config, name, text), Math.max(0, seconds))
}

/** Null when it is missing, expired or not ours. */
export async function readSealedCookie<T>(
  c: AppContext,
  name: string,
  schema: z.ZodType<T>,
): Promise<T | null> {
  const { config, now } = c.var.services
  const sealed = readCookie(c, name)
  if (!sealed) return null
  try {
    const { text } = await unseal(config, name, sealed)
    const { value, expiresAt } = JSON.parse(text)
    return expiresAt > now().getTime() ? schema.parse(value) : null
  } catch {
    return null
  }
}

export function theme(c: AppContext): 'light' | 'dark' | null {
  const value = readCookie(c, 'theme')
  return value === 'light' || value === 'dark' ? value : null
}

const Notice = z.object({ kind: z.enum(['success', 'error']), text: z.string().max(300) })
export type Notice = z.output<typeof Notice>

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
