import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import type { AppContext, Env } from './env'

/**
 * A declared length is trusted, because the server reads no further, and the body stays untouched:
 * on Node a touch makes a stream, and one not read to its end costs the connection.
 */
export function limitBody(maxBytes: number, refuse?: (c: AppContext) => Response): MiddlewareHandler<Env> {
  const tooLarge = (c: AppContext) => {
    if (refuse) return refuse(c)
    throw new HTTPException(413)
  }
  const counted = bodyLimit({ maxSize: maxBytes, onError: (c) => tooLarge(c as AppContext) })
  return async (c, next) => {
    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next()
    const declared = c.req.header('Content-Length')
    if (declared === undefined || c.req.header('Transfer-Encoding')) return counted(c, next)
    return Number(declared) <= maxBytes ? next() : tooLarge(c)
  }
}
