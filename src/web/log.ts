import { withoutValues } from '../errors'
import type { AppContext } from './env'

/** One line of JSON per event; addresses without their query, because queries carry secrets. */
export function log(level: 'info' | 'warn' | 'error', fields: Record<string, unknown>): void {
  const text = JSON.stringify({ at: new Date().toISOString(), level, ...fields })
  if (level === 'error') console.error(text)
  else console.log(text)
}

export function logRequest(c: AppContext, startedAt: number): void {
  log(c.res.status >= 500 ? 'error' : 'info', {
    request: c.get('requestId'),
    method: c.req.method,
    path: c.req.path,
    status: c.res.status,
    ms: Math.round(performance.now() - startedAt),
  })
}

export function logFailure(c: AppContext, error: unknown): void {
  const chain: string[] = []
  for (let cause = error; cause; cause = cause instanceof Error ? cause.cause : undefined) {
    chain.push(cause instanceof Error ? withoutValues(cause.stack ?? cause.message) : describe(cause))
  }
  log('error', { request: c.get('requestId'), method: c.req.method, path: c.req.path, error: chain })
}

const describe = (cause: unknown) => (typeof cause === 'string' ? cause : JSON.stringify(cause))
