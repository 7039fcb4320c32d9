import * as z from 'zod'
import { cookieNames, dropCookie, readCookie, writeCookie } from './cookies'
import type { AppContext } from './env'

const lifeSeconds = 10 * 60
/** Each open attempt has a cookie of its own, so that two tabs do not take each other's; only this many, so that a header never grows too long. */
const mostAttempts = 4

const Attempt = z.object({
  verifier: z.string(),
  nonce: z.string(),
  next: z.string().optional(),
  /** Who was signed in when it began, and wants to link. */
  userId: z.string().optional(),
  until: z.number(),
})
export type Attempt = Omit<z.output<typeof Attempt>, 'until'>

const Pending = z.object({
  userId: z.string(),
  person: z.object({
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
  next: z.string().optional(),
  until: z.number(),
})
/** A Google account that waits for the password of the account it shall be linked to. */
export type Pending = Omit<z.output<typeof Pending>, 'until'>

const attemptName = (state: string) => `google-attempt-${state}`
const pendingName = 'google-link'

export async function keepAttempt(c: AppContext, state: string, attempt: Attempt): Promise<void> {
  const open = cookieNames(c, attemptName(''))
  for (const name of open.slice(0, Math.max(0, open.length - mostAttempts + 1))) dropCookie(c, name)
  await keep(c, attemptName(state), attempt)
}

/** The attempt that this browser began under `state`, once; null when there is none or it is too old. */
export async function takeAttempt(c: AppContext, state: string | undefined): Promise<Attempt | null> {
  if (!state || !/^[\w-]{20,100}$/.test(state)) return null
  const attempt = await read(c, attemptName(state), Attempt)
  if (readCookie(c, attemptName(state)) !== undefined) dropCookie(c, attemptName(state))
  return attempt
}

export const keepPending = (c: AppContext, pending: Pending): Promise<void> => keep(c, pendingName, pending)
export const readPending = (c: AppContext): Promise<Pending | null> => read(c, pendingName, Pending)
export const dropPending = (c: AppContext): void => dropCookie(c, pendingName)

/** The name is the purpose, so a cookie opens under no other name; when it ends is inside, because browsers keep what they like. */
async function keep(c: AppContext, name: string, value: object): Promise<void> {
  const { config, now } = c.var.services
  const text = JSON.stringify({ ...value, until: now().getTime() + lifeSeconds * 1000 })
  writeCookie(c, name, await encrypt(config.APP_SECRET, name, text), lifeSeconds)
}

async function read<T extends { until: number }>(
  c: AppContext,
  name: string,
  schema: z.ZodType<T>,
): Promise<T | null> {
  const { config, now } = c.var.services
  const sealed = readCookie(c, name)
  if (!sealed) return null
  try {
    const value = schema.parse(JSON.parse(await decrypt(config.APP_SECRET, name, sealed)))
    return value.until > now().getTime() ? value : null
  } catch {
    return null
  }
}
