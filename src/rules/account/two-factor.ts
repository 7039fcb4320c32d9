import { daySeconds, later, minuteSeconds } from '../time'
import { codeIn } from './otp'

/** RFC 6238; authenticator apps know no other. */
export const stepSeconds = 30
export const recoveryCodeCount = 10
/** From so many codes left on the page and the email ask for new ones. */
export const fewRecoveryCodes = 3
/** Between the first step of signing in and the second. */
export const secondStepSeconds = 10 * minuteSeconds
export const setUpSeconds = 60 * minuteSeconds

export const stepAt = (now: Date): number => Math.floor(now.getTime() / 1000 / stepSeconds)

/** Clocks of phones go wrong, and typing takes a while. */
export function stepsAround(now: Date): number[] {
  const step = stepAt(now)
  return [step - 1, step, step + 1]
}

export type TypedCode = { kind: 'app' | 'recovery'; code: string }

/** Six digits of an app, or a recovery code; null for anything else. */
export function typedCode(typed: string): TypedCode | null {
  const digits = codeIn(typed)
  if (digits !== null) return { kind: 'app', code: digits }
  const letters = typed
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/o/g, '0')
    .replace(/[il]/g, '1')
  return /^[0-9a-hjkmnp-tv-z]{10}$/.test(letters) ? { kind: 'recovery', code: letters } : null
}

/** `abcde-12345`. */
export const recoveryCodeInWords = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`

/** Groups of four, as people copy it. */
export const secretInGroups = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? ''

/** For a QR code or a link; the colon separates, so neither name may have one. */
export function authenticatorUri(site: string, email: string, secret: string): string {
  const [issuer, account] = [site, email].map((name) => encodeURIComponent(name.replaceAll(':', ' ')))
  return `otpauth://totp/${issuer}:${account}?secret=${secret}&issuer=${issuer}&algorithm=SHA1&digits=6&period=${stepSeconds}`
}

export interface Administrator {
  hasTwoFactor: boolean
  /** Null for who is no administrator. */
  adminSince: Date | null
}

/**
 * When an administrator has to have two factors; null where nothing is asked. What is not served by
 * https is somebody's own machine, and a site with demo data cannot be public.
 */
export function twoFactorDeadline(
  { hasTwoFactor, adminSince }: Administrator,
  site: { APP_ORIGIN: string; DEMO_DATA: boolean },
): Date | null {
  if (hasTwoFactor || adminSince === null) return null
  if (!site.APP_ORIGIN.startsWith('https://') || site.DEMO_DATA) return null
  return later(adminSince, daySeconds)
}
