/** How one-time codes, links and grants live. */
export const maxGuesses = 5
export const linkSeconds = 15 * 60
export const grantSeconds = 10 * 60
/** How long a browser may come back with the code or ask for another. */
export const browserSeconds = 3600

/** The six digits in what was typed or pasted; null when they are not there. Spaces and dashes do not matter. */
export function codeIn(typed: string): string | null {
  const digits = typed.normalize('NFKC').replace(/[\s\p{Pd}]/gu, '')
  return /^[0-9]{6}$/.test(digits) ? digits : null
}

export interface CodeOwner {
  email: string
  purpose: string
  /** The nonce of the browser that asked. */
  browser: string
}

/** What the kept HMAC is made of, so that a code is worth nothing for another person, purpose or browser. */
export const codeMessage = ({ email, purpose, browser }: CodeOwner, code: string): string =>
  JSON.stringify(['code', purpose, email, browser, code])

/** Only codes made after this moment are alive. */
export const codesMadeAfter = (now: Date, lifeSeconds: number): Date =>
  new Date(now.getTime() - lifeSeconds * 1000)

/** Whole seconds that a code asked for at `askedAt` has at least: delivery takes its time, and the code's life begins after it. */
export const secondsLeft = (askedAt: Date, now: Date, lifeSeconds: number): number =>
  Math.max(0, Math.ceil((askedAt.getTime() - now.getTime()) / 1000 + lifeSeconds))

/** What to say after a guess that was not right; `guesses` counts this one. It must not depend on whether there is a code at all. */
export function wrongGuess(guesses: number, isTimeUp: boolean): string {
  const left = maxGuesses - guesses
  const over = 'Send a new code, or open the link in the mail.'
  if (left <= 0) return `That code is not right, and it is over after ${maxGuesses} guesses. ${over}`
  if (isTimeUp) return `That code is not right, or its time is up. ${over}`
  return `That code is not right. ${left} ${left === 1 ? 'guess' : 'guesses'} left.`
}
