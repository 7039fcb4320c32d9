import { hourSeconds, later, minuteSeconds } from '../time'

export const maxGuesses = 5
export const linkSeconds = 15 * minuteSeconds
export const grantSeconds = 10 * minuteSeconds
/** How long after asking a browser may enter the code or ask for another. */
export const requestSeconds = hourSeconds

/** Null when it is not six digits, spaces and dashes aside. */
export function codeIn(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '')
  return /^[0-9]{6}$/.test(digits) ? digits : null
}

export interface CodeOwner {
  email: string
  purpose: string
  nonce: string
}

/** What the stored HMAC is made of: a code works for no other user, purpose or browser. */
export const codeMessage = ({ email, purpose, nonce }: CodeOwner, code: string): string =>
  JSON.stringify(['code', purpose, email, nonce, code])

export const codesMadeAfter = (now: Date, lifeSeconds: number): Date => later(now, -lifeSeconds)

/** Whole seconds that it has at least: a code's life begins when the email is sent. */
export const secondsLeft = (requestedAt: Date, now: Date, lifeSeconds: number): number =>
  Math.max(0, Math.ceil((requestedAt.getTime() - now.getTime()) / 1000 + lifeSeconds))

/** Must not depend on whether there is a code at all; `guesses` counts this one. */
export function wrongGuess(guesses: number, isTimeUp: boolean): string {
  const left = maxGuesses - guesses
  const instead = 'Send a new code, or open the link in the email.'
  if (left <= 0) return `That code is wrong, and you have used all ${maxGuesses} guesses. ${instead}`
  if (isTimeUp) return `That code is wrong or has expired. ${instead}`
  return `That code is wrong. You have ${left} ${left === 1 ? 'guess' : 'guesses'} left.`
}
