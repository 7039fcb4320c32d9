export type ErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'limited'
  | 'upstream'
  | 'unavailable'

/** `message` is shown to the person, so it is a plain sentence. */
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

const lineIsDown = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'POOL_REFUSED',
  'POOL_TIMEOUT',
  'STATEMENT_TIMEOUT',
  'ER_CON_COUNT_ERROR',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_SERVER_SHUTDOWN',
]

/** Looks at the causes, too; the codes are a driver's or Node's. */
export function hasCode(error: unknown, ...codes: string[]): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (codes.includes(String(Reflect.get(cause, 'code')))) return true
  }
  return false
}

export function codeOf(error: unknown): string | undefined {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code: unknown = Reflect.get(cause, 'code')
    if (typeof code === 'string') return code
  }
  return undefined
}

/** No key has such letters, so nothing is there; MariaDB and MySQL each say it in their way. */
export const isNoKey = (error: unknown): boolean =>
  hasCode(error, 'ER_CANT_AGGREGATE_2COLLATIONS', 'ER_CANNOT_CONVERT_STRING')

export const isUnreachable = (error: unknown): boolean => hasCode(error, ...lineIsDown)
