/** Every call refuses with AppError `unavailable` when the store does not answer. */
export interface Otp {
  ping(): Promise<void>
  /** After how long the store forgets a code by itself; null when it never does. */
  findTtlSeconds(): Promise<number | null>
  /** Replaces the code of this email address and purpose; a guess needs the same `nonce`. */
  put(code: { email: string; purpose: string; hmac: string; createdAt: Date; nonce?: string }): Promise<void>
  /** Counts a guess and claims the code, atomically; a wrong `nonce` counts nothing. */
  claim(guess: {
    email: string
    purpose: string
    /** Each is of the same guess. */
    hmacs: string[]
    madeAfter: Date
    maxGuesses: number
    nonce?: string
  }): Promise<'claimed' | 'wrong' | 'gone'>
  /** Creates the unique and TTL indexes, or changes the TTL; safe to run twice. */
  migrate(ttlSeconds: number): Promise<void>
  /** Workers call it when the request is over. */
  close(): Promise<void>
}
