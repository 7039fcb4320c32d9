import type { MiddlewareHandler } from 'hono'
import { findGrant } from '../../models/account/password-reset'
import { paths } from '../../paths'
import { grantSeconds } from '../../rules/account/otp'
import { dropCookie, readCookie, writeCookie } from '../../web/cookies'
import type { AppContext, Env } from '../../web/env'

const cookie = 'reset-grant'

/** This browser may choose a new password for the next ten minutes. */
export const writeGrant = (c: AppContext, grant: string): void => writeCookie(c, cookie, grant, grantSeconds)

export const dropGrant = (c: AppContext): void => dropCookie(c, cookie)

export const grantOf = (c: AppContext): string => readCookie(c, cookie) ?? ''

/** Whose password this browser may change; null when it may change none. */
export const grantedEmail = (c: AppContext): Promise<string | null> => findGrant(c.var.services, grantOf(c))

/** Sends on who has no grant, before anything typed is read. */
export const grantFirst: MiddlewareHandler<Env> = async (c, next) => {
  if (!(await grantedEmail(c))) return c.redirect(paths.passwordReset(), 303)
  await next()
}
