import * as z from 'zod'
import { newTotpSecret } from '../crypto'
import type { User } from '../models/account/session'
import { secondStepSeconds, setUpSeconds } from '../rules/account/two-factor'
import { later, minuteSeconds } from '../rules/time'
import { dropCookie, readCookie, readSealedCookie, writeSealedCookie } from './cookies'
import type { AppContext } from './env'

/** No session: it opens the page that asks for the code, and nothing else. */
const SecondStep = z.object({
  token: z.string(),
  next: z.string().optional(),
  /** A Google account waits to be linked. */
  links: z.boolean().optional(),
})
export type SecondStep = z.output<typeof SecondStep>

const SetUp = z.object({ sessionId: z.string(), secret: z.string() })
const NewCodes = z.object({ sessionId: z.string(), codes: z.array(z.string()) })

const stepName = 'second-step'
const setUpName = 'two-factor-setup'
const codesName = 'recovery-codes'

const until = (c: AppContext, seconds: number) => later(c.var.services.now(), seconds)

export const writeSecondStep = (c: AppContext, step: SecondStep): Promise<void> =>
  writeSealedCookie(c, stepName, step, until(c, secondStepSeconds))
export const readSecondStep = (c: AppContext): Promise<SecondStep | null> =>
  readSealedCookie(c, stepName, SecondStep)
export const dropSecondStep = (c: AppContext): void => dropCookie(c, stepName)

/** The same as long as the page is only loaded again: it may be in the app already. */
export async function setUpSecret(c: AppContext, { sessionId }: Pick<User, 'sessionId'>): Promise<string> {
  const known = await readSetUpSecret(c, { sessionId })
  if (known) return known
  const secret = newTotpSecret()
  await writeSealedCookie(c, setUpName, { sessionId, secret }, until(c, setUpSeconds))
  return secret
}

/** Null when the page is older than an hour, or another session's. */
export async function readSetUpSecret(
  c: AppContext,
  { sessionId }: Pick<User, 'sessionId'>,
): Promise<string | null> {
  const found = await readSealedCookie(c, setUpName, SetUp)
  return found?.sessionId === sessionId ? found.secret : null
}

export const dropSetUpSecret = (c: AppContext): void => dropCookie(c, setUpName)

export const leaveRecoveryCodes = (
  c: AppContext,
  { sessionId }: Pick<User, 'sessionId'>,
  codes: string[],
): Promise<void> => writeSealedCookie(c, codesName, { sessionId, codes }, until(c, minuteSeconds))

/** Once; null when there are none to show. */
export async function takeRecoveryCodes(
  c: AppContext,
  { sessionId }: Pick<User, 'sessionId'>,
): Promise<string[] | null> {
  if (readCookie(c, codesName) === undefined) return null
  const found = await readSealedCookie(c, codesName, NewCodes)
  dropCookie(c, codesName)
  return found?.sessionId === sessionId ? found.codes : null
}
