import * as z from 'zod'
import { browserSeconds } from '../rules/account/otp'
import { dropCookie, readCookie, writeCookie } from './cookies'
import type { AppContext } from './env'

/** What a browser that asked for a code keeps: for which address, its own nonce, when, and how often it guessed since. */
const Asker = z.object({ email: z.string(), browser: z.string(), askedAt: z.number(), guesses: z.number() })
export type Asker = z.output<typeof Asker>

const cookie = 'reset'

const sign = (c: AppContext, text: string) =>
  hmacOf(c.var.services.config.APP_SECRET, `password-reset-browser:${text}`)

/** The asker that this browser is; null when it did not ask within the hour, or somebody wrote the cookie by hand. */
export async function readAsker(c: AppContext): Promise<Asker | null> {
  const [, signature = '', text = ''] = /^([0-9a-f]{64})\.(.*)$/.exec(readCookie(c, cookie) ?? '') ?? []
  if (!isSame(signature, await sign(c, text))) return null
  const asker = Asker.parse(JSON.parse(text))
  const age = c.var.services.now().getTime() - asker.askedAt
  return age < browserSeconds * 1000 ? asker : null
}

/** The same browser asking again for the same address keeps its nonce, so that a mail that is still on its way is of use. */
export const askerFor = (known: Asker | null, email: string, askedAt: Date): Asker => ({
  email,
  browser: known?.email === email ? known.browser : newSecret(),
  askedAt: askedAt.getTime(),
  guesses: 0,
})

export async function writeAsker(c: AppContext, asker: Asker): Promise<void> {
  const text = JSON.stringify(asker)
  writeCookie(c, cookie, `${await sign(c, text)}.${text}`, browserSeconds)
}

export const dropAsker = (c: AppContext): void => dropCookie(c, cookie)
