import { AppError } from '../errors'
import { findUser, sessionSeconds, type User } from '../models/account/session'
import { dropCookie, readCookie, writeCookie } from './cookies'
import type { AppContext } from './env'

const cookie = 'session'

export const isPersonal = (c: AppContext): boolean =>
  sessionToken(c) !== undefined || c.var.hasNewSession === true

export async function userOf(c: AppContext): Promise<User | null> {
  const known = c.var.user
  if (known !== undefined) return known
  const token = readCookie(c, cookie)
  const found = token ? await findUser(c.var.services, token) : null
  c.set('user', found?.user ?? null)
  if (token && !found) endSession(c)
  if (token && found?.extended) writeCookie(c, cookie, token, sessionSeconds)
  return found?.user ?? null
}

/** AppError `unauthenticated` leads to the sign-in page and back. */
export async function signedIn(c: AppContext): Promise<User> {
  const user = await userOf(c)
  if (!user) throw new AppError('unauthenticated', 'Sign in to continue.')
  return user
}

export function startSession(c: AppContext, token: string): void {
  writeCookie(c, cookie, token, sessionSeconds)
  c.set('user', undefined)
  c.set('hasNewSession', true)
}

export const sessionToken = (c: AppContext): string | undefined => readCookie(c, cookie)

export function endSession(c: AppContext): void {
  dropCookie(c, cookie)
  c.header('Clear-Site-Data', '"cache"')
  c.set('user', null)
}
