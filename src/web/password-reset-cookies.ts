import * as z from 'zod'
import { newSecret } from '../crypto'
import { grantSeconds, requestSeconds } from '../rules/account/otp'
import { later } from '../rules/time'
import { dropCookie, readCookie, readSealedCookie, writeCookie, writeSealedCookie } from './cookies'
import type { AppContext } from './env'

/** `nonce` binds the code to the browser. */
const ResetRequest = z.object({
  email: z.string(),
  nonce: z.string(),
  requestedAt: z.number(),
  guesses: z.number(),
})
export type ResetRequest = z.output<typeof ResetRequest>

const requestName = 'reset'
const grantName = 'reset-grant'

export const readResetRequest = (c: AppContext): Promise<ResetRequest | null> =>
  readSealedCookie(c, requestName, ResetRequest)

/** Asking again for the same address keeps the nonce: an email on its way stays valid. */
export const newResetRequest = (
  known: ResetRequest | null,
  email: string,
  requestedAt: Date,
): ResetRequest => ({
  email,
  nonce: known?.email === email ? known.nonce : newSecret(),
  requestedAt: requestedAt.getTime(),
  guesses: 0,
})

export const writeResetRequest = (c: AppContext, request: ResetRequest): Promise<void> =>
  writeSealedCookie(c, requestName, request, later(new Date(request.requestedAt), requestSeconds))

export const dropResetRequest = (c: AppContext): void => dropCookie(c, requestName)

export const writeResetGrant = (c: AppContext, grant: string): void =>
  writeCookie(c, grantName, grant, grantSeconds)
export const readResetGrant = (c: AppContext): string => readCookie(c, grantName) ?? ''
export const dropResetGrant = (c: AppContext): void => dropCookie(c, grantName)
