/**
 * One-time codes, stored as HMACs that expire in the store itself. Every call refuses with AppError
 * `unavailable` when the store does not answer.
 */
export interface Otp {
  ping(): Promise<void>
  /** Stores the only code of this email address and purpose; a guess needs the same `nonce`. */
  put(code: { email: string; purpose: string; hmac: string; createdAt: Date; nonce?: string }): Promise<void>
  /**
   * Counts one guess atomically and claims the code if `hmac` is right: one winner, at most
   * `maxGuesses`, only codes made after `madeAfter`. A wrong `nonce` counts nothing.
   */
  claim(guess: {
    email: string
    purpose: string
    hmac: string
    madeAfter: Date
    maxGuesses: number
    nonce?: string
  }): Promise<'claimed' | 'wrong' | 'gone'>
  /** Creates the unique and TTL indexes, or changes the TTL; safe to run twice. */
  migrate(ttlSeconds: number): Promise<void>
  /** Closes the connections; Workers call it when the request is over. */
  close(): Promise<void>
}
