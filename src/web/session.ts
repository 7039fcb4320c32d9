import { newSecret } from '../crypto'
import { AppError } from '../errors'
import { findUser, sessionSeconds, type User } from '../models/account/session'
import { deviceSeconds } from '../rules/account/known-device'
import { dropCookie, readCookie, writeCookie } from './cookies'
import type { AppContext } from './env'

const cookie = 'session'
const deviceCookie = 'device'

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
  writeCookie(c, deviceCookie, deviceToken(c), deviceSeconds)
  c.set('user', undefined)
  c.set('hasNewSession', true)
}

/** This browser's secret; it tells nothing, and opens nothing without a password. */
export function deviceToken(c: AppContext): string {
  const found = c.var.deviceToken ?? readCookie(c, deviceCookie)
  const token = found && /^[a-z0-9]{40}$/.test(found) ? found : newSecret()
  c.set('deviceToken', token)
  return token
}

export const sessionToken = (c: AppContext): string | undefined => readCookie(c, cookie)

export function endSession(c: AppContext): void {
  dropCookie(c, cookie)
  c.header('Clear-Site-Data', '"cache"')
  c.set('user', null)
}
