import { hmacOf } from '../../crypto'
import { log } from '../../log'
import { type CodeOwner, codeMessage, codesMadeAfter, maxGuesses } from '../../rules/account/otp'
import { required, type Services } from '../../services'

/** Whose code: an address, and the browser that asked for it. */
export type CodeAsker = Omit<CodeOwner, 'purpose'>

const purpose = 'password-reset'

/** Keeps this code as the only one of its address; its life begins now. */
export async function keepCode(
  services: Pick<Services, 'otp' | 'config' | 'now'>,
  asker: CodeAsker,
  code: string,
): Promise<void> {
  await codes(services).put({
    ...asker,
    purpose,
    hmac: await hmacOf(services.config.APP_SECRET, codeMessage({ ...asker, purpose }, code)),
    createdAt: services.now(),
  })
}

/** Counts a guess and tells whether it was the code, which is used up by that. Refuses with AppError `unavailable` when codes cannot be checked. */
export async function guessCode(
  services: Pick<Services, 'otp' | 'config' | 'now'>,
  asker: CodeAsker,
  code: string,
): Promise<boolean> {
  const { config, now } = services
  const result = await codes(services).claim({
    ...asker,
    purpose,
    hmac: await hmacOf(config.APP_SECRET, codeMessage({ ...asker, purpose }, code)),
    madeAfter: codesMadeAfter(now(), config.OTP_TTL_SECONDS),
    maxGuesses,
  })
  return result === 'claimed'
}

/** Makes the code of this address worthless. A store that does not answer forgets it by itself within its short life. */
export async function voidCode({ otp }: Pick<Services, 'otp'>, email: string): Promise<void> {
  await otp
    ?.put({ email, purpose, browser: '', hmac: '', createdAt: new Date(0) })
    .catch((error: unknown) => log('warn', { codes: 'could not be voided', error }))
}

const codes = ({ otp }: Pick<Services, 'otp'>) => required(otp, 'Signing in by code')
