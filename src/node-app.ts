import { getConnInfo } from '@hono/node-server/conninfo'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { createApp } from './app'
import { log } from './log'
import { daySeconds, hourSeconds } from './rules/time'
import type { Services } from './services'
import { clientIp } from './web/client'
import type { Metrics, Runtime } from './web/env'
import { securityHeaders } from './web/policy'

export function nodeApp(services: Services, wakeJobs: () => void, metrics?: Metrics): Hono {
  const runtime: Runtime = {
    open: () => services,
    metrics,
    after: (_c, _services, wrote) => {
      if (wrote) wakeJobs()
    },
    ip: (c, hops) => clientIp(c.req.header('X-Forwarded-For'), socketAddress(c), hops),
  }
  const app = createApp(runtime)
  return (
    new Hono()
      .use(compress())
      .use(securityHeaders)
      // It tells Workers how to send the files around it.
      .all('/_headers', (c) => app.fetch(c.req.raw, c.env))
      .use(
        serveStatic({
          root: './public',
          precompressed: true,
          onFound: (path, c) => {
            const lasting = path.includes('/assets/')
            const kept = lasting ? `${365 * daySeconds}, immutable` : hourSeconds
            c.header('Cache-Control', `public, max-age=${kept}`)
          },
        }),
      )
      .all('*', (c) => app.fetch(c.req.raw, c.env))
      .onError((error, c) => {
        log('error', { method: c.req.method, path: c.req.path, error })
        return c.text('Something went wrong.', 500)
      })
  )
}

function socketAddress(c: Context): string | undefined {
  // A request made in the process itself has no socket.
  return c.env?.incoming ? getConnInfo(c).remote.address : undefined
}
