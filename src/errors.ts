export type ErrorCode =
  | 'invalid'
  | 'unauthenticated'
  | 'forbidden'
  | 'not_found'
  | 'method'
  | 'conflict'
  | 'limited'
  | 'upstream'
  | 'unavailable'

/** Of a vendor: nobody is there for anybody, or this very request is refused however often it comes. */
export type Failure = 'outage' | 'refused'

interface ErrorOptions {
  cause?: unknown
  retryAfterSeconds?: number | undefined
  failure?: Failure | undefined
}

/** `message` is shown to the person, so it is a plain sentence. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly retryAfterSeconds: number | undefined
  readonly failure: Failure | undefined

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.retryAfterSeconds = options.retryAfterSeconds
    this.failure = options.failure
  }
}

const busy = [408, 429]
const unwilling = [400, 404, 405, 410, 413, 422]

/** By the status of a vendor's answer, null without one; wrong keys and conflicts are neither. */
export function failureOfStatus(status: number | null): Failure | undefined {
  if (status === null || status >= 500 || busy.includes(status)) return 'outage'
  return unwilling.includes(status) ? 'refused' : undefined
}

/** Of the header `Retry-After`, which counts seconds or names a time. */
export function readRetryAfter(header: string | null | undefined, now: Date): number | undefined {
  if (!header) return undefined
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - now.getTime()) / 1000
  return seconds > 0 ? Math.ceil(seconds) : undefined
}

export const notFound = (what: string) => new AppError('not_found', `There is no such ${what}.`)

const lineIsDown = [
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
  'POOL_REFUSED',
  'POOL_TIMEOUT',
  'STATEMENT_TIMEOUT',
  'ER_CON_COUNT_ERROR',
  'ER_LOCK_WAIT_TIMEOUT',
  'ER_QUERY_INTERRUPTED',
  'ER_QUERY_TIMEOUT',
  'ER_SERVER_SHUTDOWN',
  'ER_TOO_MANY_USER_CONNECTIONS',
  'ER_USER_LIMIT_REACHED',
]

const entryIsRefused = [
  'ER_ACCESS_DENIED_ERROR',
  'ER_ACCOUNT_HAS_BEEN_LOCKED',
  'ER_BAD_DB_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_HOST_IS_BLOCKED',
  'ER_HOST_NOT_PRIVILEGED',
  'ER_MUST_CHANGE_PASSWORD_LOGIN',
]

/** What fits into the room that a table has already is taken all the same. */
const roomIsMissing = [
  'ER_DISK_FULL',
  'ER_DISK_FULL_NOWAIT',
  'ER_ERROR_ON_WRITE',
  'ER_INNODB_UNDO_LOG_FULL',
  'ER_IO_WRITE_ERROR',
  'ER_RECORD_FILE_FULL',
]

const writeIsRefused = [
  ...roomIsMissing,
  'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION',
  'ER_ENGINE_OUT_OF_MEMORY',
  'ER_GET_ERRNO',
  'ER_INNODB_READ_ONLY',
  'ER_LOCK_TABLE_FULL',
  'ER_OPEN_AS_READONLY',
  'ER_OPTION_PREVENTS_STATEMENT',
  'ER_OUTOFMEMORY',
  'ER_OUT_OF_RESOURCES',
  'ER_READ_ONLY_MODE',
  'ER_READ_ONLY_TRANSACTION',
  'ER_SCHEMA_READ_ONLY',
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_TEMP_FILE_WRITE_FAILURE',
]

/** MariaDB's own, which the driver has no names for: connection killed, statement too long. */
const unnamed = [1927, 1969]

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

/** The driver calls fatal what ended a connection, or kept it from beginning. */
export function isUnreachable(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (Reflect.get(cause, 'fatal') === true) return true
    if (unnamed.includes(Number(Reflect.get(cause, 'errno')))) return true
  }
  return hasCode(error, ...lineIsDown, ...entryIsRefused)
}

/** The disk of the database is full, or as good as that. */
export const isOutOfRoom = (error: unknown): boolean => hasCode(error, ...roomIsMissing)

/** Nothing is wrong with what was asked: it may be asked again when the site is whole. */
export const isOutOfOrder = (error: unknown): boolean =>
  isUnreachable(error) || hasCode(error, ...writeIsRefused)
