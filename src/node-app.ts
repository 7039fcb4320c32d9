import { readdirSync } from 'node:fs'
import { getConnInfo } from '@hono/node-server/conninfo'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { createApp } from './app'
import { compressOthers, compressPages } from './copies/compression'
import { log } from './log'
import { daySeconds, hourSeconds } from './rules/time'
import type { Services } from './services'
import { clientIp } from './web/client'
import type { Metrics, Runtime } from './web/env'
import { securityHeaders } from './web/policy'

/** What begins with `_` tells Workers how to send the files around it. */
const filesAtTop = new Set(
  readdirSync('public', { withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('_'))
    .map(({ name }) => `/${name}`),
)
/** So that no page has to look on the disk first. */
const isStatic = (path: string): boolean => path.startsWith('/assets/') || filesAtTop.has(path)

const sendFile = serveStatic({
  root: './public',
  precompressed: true,
  onFound: (path, c) => {
    const kept = path.includes('/assets/') ? `${365 * daySeconds}, immutable` : hourSeconds
    c.header('Cache-Control', `public, max-age=${kept}`)
  },
})

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
  return new Hono()
    .use(compressOthers)
    .use(compressPages)
    .use(securityHeaders)
    .use('*', (c, next) => (isStatic(c.req.path) ? sendFile(c, next) : next()))
    .all('*', (c) => app.fetch(c.req.raw, c.env))
    .onError((error, c) => {
      log('error', { method: c.req.method, path: c.req.path, error })
      return c.text('Something went wrong.', 500)
    })
}

function socketAddress(c: Context): string | undefined {
  // A request made in the process itself has no socket.
  return c.env?.incoming ? getConnInfo(c).remote.address : undefined
}
