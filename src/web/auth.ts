import type { MiddlewareHandler } from 'hono'
import { AppError } from '../errors'
import { findViewer, sessionSeconds, type Viewer } from '../models/account/session'
import { dropCookie, readCookie, writeCookie } from './cookies'
import type { AppContext, Env } from './env'

const cookie = 'session'

/** Whether an answer may be one person's: its request came with a session, or began one. */
export const isPersonal = (c: AppContext): boolean =>
  sessionToken(c) !== undefined || c.get('hasNewSession') === true

/** Who asks; null for a visitor. Asked once per request, and only where it matters. */
export async function viewerOf(c: AppContext): Promise<Viewer | null> {
  const known = c.get('viewer')
  if (known !== undefined) return known
  const token = readCookie(c, cookie)
  const found = token ? await findViewer(c.get('services'), token) : null
  c.set('viewer', found?.viewer ?? null)
  if (token && !found) endSession(c)
  if (token && found?.extended) writeCookie(c, cookie, token, sessionSeconds)
  return found?.viewer ?? null
}

/** Who asks, or AppError `unauthenticated`: the person signs in and comes back. */
export async function signedIn(c: AppContext): Promise<Viewer> {
  const viewer = await viewerOf(c)
  if (!viewer) throw new AppError('unauthenticated', 'Sign in to go on.')
  return viewer
}

/** Asks who somebody is before what they typed: stands before a form's validation. */
export const signedInFirst: MiddlewareHandler<Env> = async (c, next) => {
  await signedIn(c)
  await next()
}

/** For addresses that do not exist for anyone but these roles. */
export async function signedInAs(c: AppContext, ...roles: Viewer['role'][]): Promise<Viewer> {
  const viewer = await signedIn(c)
  if (!roles.includes(viewer.role)) throw new AppError('not_found', 'There is no such page.')
  return viewer
}

/** Makes this browser a new session's, whoever it was before. */
export function startSession(c: AppContext, token: string): void {
  writeCookie(c, cookie, token, sessionSeconds)
  c.set('viewer', undefined)
  c.set('hasNewSession', true)
}

export const sessionToken = (c: AppContext): string | undefined => readCookie(c, cookie)

/** Makes this browser a visitor's, and has it drop what it kept of pages where it knows how to. */
export function endSession(c: AppContext): void {
  dropCookie(c, cookie)
  c.header('Clear-Site-Data', '"cache"')
  c.set('viewer', null)
}
