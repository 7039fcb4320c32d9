import { hmacsOf } from '../../crypto'
import { log } from '../../log'
import {
  type CodeOwner,
  codeMessage,
  codesMadeAfter,
  maxGuesses,
  requestSeconds,
} from '../../rules/account/otp'
import type { Limit } from '../../rules/limits'
import { required, type Services } from '../../services'
import { tryCount } from '../limit'

export type CodeRequest = Omit<CodeOwner, 'purpose'>

const purpose = 'password-reset'

export async function storeCode(
  services: Pick<Services, 'otp' | 'config' | 'now'>,
  request: CodeRequest,
  code: string,
): Promise<void> {
  await codes(services).put({
    ...request,
    purpose,
    hmac: (await hmacsFor(services, request, code))[0],
    createdAt: services.now(),
  })
}

/** The code's own count is the store's; this one keeps a crowd of guesses away from it. */
const perRequest: Limit = {
  kind: 'password-reset-guess',
  most: maxGuesses,
  windowSeconds: requestSeconds,
  message: 'Too many guesses.',
}

/** A code that was asked for at that moment, in milliseconds since 1970. */
export type Guessing = CodeRequest & { requestedAt: number }

/** Uses up the right code; AppError `unavailable` when the store does not answer. */
export async function claimCode(
  services: Pick<Services, 'db' | 'otp' | 'config' | 'now'>,
  { requestedAt, ...request }: Guessing,
  code: string,
): Promise<boolean> {
  const { config, now } = services
  if (!(await tryCount(services, perRequest, `${request.nonce}:${requestedAt}`))) return false
  const result = await codes(services).claim({
    email: request.email,
    nonce: request.nonce,
    purpose,
    hmacs: await hmacsFor(services, request, code),
    madeAfter: codesMadeAfter(now(), config.OTP_TTL_SECONDS),
    maxGuesses,
  })
  return result === 'claimed'
}

/** A store that does not answer forgets the code soon by itself. */
export async function revokeCode({ otp }: Pick<Services, 'otp'>, email: string): Promise<void> {
  await otp
    ?.put({ email, purpose, nonce: '', hmac: '', createdAt: new Date(0) })
    .catch((error: unknown) => log('warn', { codes: 'could not be revoked', error }))
}

const codes = ({ otp }: Pick<Services, 'otp'>) => required(otp, 'Signing in by code')

const hmacsFor = ({ config }: Pick<Services, 'config'>, request: CodeRequest, code: string) =>
  hmacsOf(config, codeMessage({ ...request, purpose }, code))
