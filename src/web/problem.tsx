import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { ErrorPage } from '../../views/error'
import { ConfigError } from '../config'
import { AppError, type ErrorCode, hasCode, isNoKey, isOutOfOrder } from '../errors'
import { log } from '../log'
import { noteNoRoom } from '../models/write-probe'
import { paths } from '../paths'
import { type AppContext, requestOf } from './env'
import { go, isPartial, show, trigger } from './html'

const table: Record<ErrorCode, { status: ContentfulStatusCode; title: string }> = {
  invalid: { status: 400, title: 'That did not work' },
  unauthenticated: { status: 401, title: 'Sign in first' },
  forbidden: { status: 403, title: 'Not allowed' },
  not_found: { status: 404, title: 'Not found' },
  method: { status: 405, title: 'Not here' },
  conflict: { status: 409, title: 'Changed meanwhile' },
  limited: { status: 429, title: 'Too many tries' },
  upstream: { status: 502, title: 'A service did not answer' },
  unavailable: { status: 503, title: 'Not available right now' },
}

/** What proxies write into their logs; nobody receives it. */
const visitorLeft = 499 as ContentfulStatusCode

const isBroken = (error: unknown) =>
  hasCode(error, 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE') ||
  error instanceof HTTPException ||
  (error instanceof Error && error.name === 'AbortError')

export async function answerFailure(error: unknown, c: AppContext): Promise<Response> {
  if (error instanceof AppError && error.code === 'unauthenticated')
    return go(c, paths.signIn({ next: c.var.returnTo }))
  if (c.req.raw.signal.aborted && isBroken(error)) return c.body(null, visitorLeft)
  const { status, title, message } = explain(error)
  if (status >= 500) log('error', { ...requestOf(c), error })
  // Without a complete configuration there is nothing to make a page of.
  if (!c.var.services) return c.text(message, status)
  noteNoRoom(c.var.services, error)
  // Who asks stands in the database, and that may be what failed.
  if (status >= 500 && c.var.user === undefined) c.set('user', null)
  if (error instanceof AppError && error.retryAfterSeconds)
    c.header('Retry-After', String(error.retryAfterSeconds))
  if (isPartial(c)) {
    trigger(c, { toast: { kind: 'error', text: message } })
    return c.text(message, status)
  }
  return show(c, { title, status, page: <ErrorPage status={status} title={title} message={message} /> })
}

function explain(error: unknown): { status: ContentfulStatusCode; title: string; message: string } {
  if (error instanceof AppError) return { ...table[error.code], message: error.message }
  if (error instanceof HTTPException && error.status < 500) {
    const status = error.status as ContentfulStatusCode
    if (status === 403) {
      return {
        status,
        title: 'Not allowed',
        message: 'This form was sent from another site. Open the page here and try again.',
      }
    }
    if (status === 413) return { status, title: 'Too large', message: 'That is more than this form takes.' }
    return {
      status,
      title: 'That did not work',
      message: 'The request could not be read. Go back and try again.',
    }
  }
  if (isNoKey(error)) return { ...table.not_found, message: 'There is nothing at this address.' }
  if (error instanceof ConfigError || isOutOfOrder(error)) {
    const message = 'A part of this site does not answer just now. Try again in a few minutes.'
    return { ...table.unavailable, message }
  }
  return {
    status: 500,
    title: 'Something went wrong',
    message: 'The fault is ours and it has been noted. Try again in a moment.',
  }
}
