/** The few ways a request can fail that are nobody's bug; `src/app.tsx` turns each code into a status. */
export type ErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'limited'
  | 'upstream'
  | 'unavailable'

/** `message` is shown to the person, so it is a plain sentence; `retryAfterSeconds` belongs to `limited`. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly retryAfterSeconds: number | undefined

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

export const notFound = (what: string) => new AppError('not_found', `There is no such ${what}.`)
