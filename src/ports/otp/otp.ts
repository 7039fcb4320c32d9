/** One-time codes, kept as HMACs that the store itself forgets. Refuses with AppError `unavailable` when it does not answer. */
export interface Otp {
  /** Resolves when the store answers. */
  ping(): Promise<void>
  /** Keeps this code as the only one of its e-mail and purpose; an earlier one is void. With `browser`, only that one may guess. */
  put(code: {
    email: string
    purpose: string
    hmac: string
    createdAt: Date
    browser?: string
  }): Promise<void>
  /** Counts one guess atomically, then claims the code when `hmac` is right: one winner, at most `maxGuesses` guesses, only codes made after `madeAfter`. Who is not the code's `browser` finds none, and uses up no guess of it. */
  claim(guess: {
    email: string
    purpose: string
    hmac: string
    madeAfter: Date
    maxGuesses: number
    browser?: string
  }): Promise<'claimed' | 'wrong' | 'gone'>
  /** Makes the unique and TTL indexes, changing the TTL of an existing one; safe to run twice. */
  migrate(ttlSeconds: number): Promise<void>
  /** Ends the connections; Workers call it when the request is over. */
  close(): Promise<void>
}
