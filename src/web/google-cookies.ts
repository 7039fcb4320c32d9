import * as z from 'zod'
import { later, minuteSeconds } from '../rules/time'
import { cookieNames, dropCookie, readCookie, readSealedCookie, writeSealedCookie } from './cookies'
import type { AppContext } from './env'

const lifeSeconds = 10 * minuteSeconds
/** Each attempt has its own cookie, for several tabs; this many, to limit the header's length. */
const maxAttempts = 4

const Attempt = z.object({
  verifier: z.string(),
  nonce: z.string(),
  next: z.string().optional(),
  userId: z.string().optional(),
})
export type Attempt = z.output<typeof Attempt>

const PendingLink = z.object({
  userId: z.string(),
  google: z.object({
    profile: z.object({
      sub: z.string(),
      email: z.string(),
      emailVerified: z.boolean(),
      name: z.string(),
      hostedDomain: z.string().nullable(),
    }),
    tokens: z.object({
      accessToken: z.string(),
      refreshToken: z.string().nullable(),
      expiresAt: z.coerce.date().nullable(),
    }),
  }),
  next: z.string().optional(),
})
export type PendingLink = z.output<typeof PendingLink>

const attemptName = (state: string) => `google-attempt-${state}`
const pendingName = 'google-link'
const expiry = (c: AppContext) => later(c.var.services.now(), lifeSeconds)

export async function writeAttempt(c: AppContext, state: string, attempt: Attempt): Promise<void> {
  const open = cookieNames(c, attemptName(''))
  for (const name of open.slice(0, Math.max(0, open.length - maxAttempts + 1))) dropCookie(c, name)
  await writeSealedCookie(c, attemptName(state), attempt, expiry(c))
}

/** Works once; null when there is none or it has expired. */
export async function takeAttempt(c: AppContext, state: string | undefined): Promise<Attempt | null> {
  if (!state || !/^[\w-]{20,100}$/.test(state)) return null
  const attempt = await readSealedCookie(c, attemptName(state), Attempt)
  if (readCookie(c, attemptName(state)) !== undefined) dropCookie(c, attemptName(state))
  return attempt
}

export const writePendingLink = (c: AppContext, pending: PendingLink): Promise<void> =>
  writeSealedCookie(c, pendingName, pending, expiry(c))
export const readPendingLink = (c: AppContext): Promise<PendingLink | null> =>
  readSealedCookie(c, pendingName, PendingLink)
export const dropPendingLink = (c: AppContext): void => dropCookie(c, pendingName)
