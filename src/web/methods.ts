import type { MiddlewareHandler } from 'hono'
import { AppError } from '../errors'
import type { Env } from './env'

interface Route {
  method: string
  path: string
}

/** An address that is there for other methods is not missing, and says which ones it takes. */
export function refuseOtherMethods(listRoutes: () => Route[]): MiddlewareHandler<Env> {
  let table: { method: string; pattern: RegExp }[] | undefined
  return async (c, next) => {
    table ??= listRoutes()
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => ({ method, pattern: patternOf(path) }))
    const found = table.filter(({ pattern }) => pattern.test(c.req.path)).map(({ method }) => method)
    const methods = new Set(found.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])))
    if (methods.size === 0 || methods.has(c.req.method)) return next()
    c.header('Allow', [...methods].sort().join(', '))
    throw new AppError('method', 'This address is for something else. Go back and try again.')
  }
}

const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll('.', '\\.').replaceAll(/:\w+/g, '[^/]+')}$`)
