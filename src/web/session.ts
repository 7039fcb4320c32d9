import { AppError } from '../errors'
import { findUser, sessionSeconds, type User } from '../models/account/session'
import { dropCookie, readCookie, writeCookie } from './cookies'
import type { AppContext } from './env'

const cookie = 'session'

/** Whether an answer may be one person's: its request came with a session, or began one. */
export const isPersonal = (c: AppContext): boolean =>
  sessionToken(c) !== undefined || c.var.hasNewSession === true

/** Who asks; null for a visitor. Looked up once a request, and only where it matters. */
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

/** Who asks, or AppError `unauthenticated`: the person signs in and comes back. */
export async function signedIn(c: AppContext): Promise<User> {
  const user = await userOf(c)
  if (!user) throw new AppError('unauthenticated', 'Sign in to continue.')
  return user
}

/** Gives this browser a new session, whoever it was before. */
export function startSession(c: AppContext, token: string): void {
  writeCookie(c, cookie, token, sessionSeconds)
  c.set('user', undefined)
  c.set('hasNewSession', true)
}

export const sessionToken = (c: AppContext): string | undefined => readCookie(c, cookie)

/** Makes this browser a visitor's, and has it drop what it kept of pages where it knows how to. */
export function endSession(c: AppContext): void {
  dropCookie(c, cookie)
  c.header('Clear-Site-Data', '"cache"')
  c.set('user', null)
}
