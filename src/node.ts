import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Context } from 'hono'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import { createApp } from './app'
import { ConfigError, readConfig } from './config'
import { connect } from './db/connect'
import { startJobRunner } from './jobs/runner'
import { log } from './log'
import { openServices, type Services } from './services'
import { clientAddress } from './web/address'
import type { Runtime } from './web/env'
import { securityHeaders } from './web/policy'

/** The application with its static files, on services that live as long as the process. */
export function nodeApp(services: Services, wakeJobs: () => void): Hono {
  const runtime: Runtime = {
    open: () => services,
    after: (_c, _services, wrote) => {
      if (wrote) wakeJobs()
    },
    ip: (c, trustProxy) => clientAddress(c.req.header('X-Forwarded-For'), socketAddress(c), trustProxy),
  }
  const app = createApp(runtime)
  return new Hono()
    .use(compress())
    .use(securityHeaders)
    .use(
      serveStatic({
        root: './public',
        precompressed: true,
        onFound: (path, c) => {
          const lasting = path.includes('/assets/')
          c.header('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
        },
      }),
    )
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

function main(): void {
  const config = readConfig(process.env)
  const connection = connect({ uri: config.DATABASE_URL })
  const services = openServices(config, connection.db)
  const jobs = startJobRunner(services)
  const server = serve({ fetch: nodeApp(services, jobs.wake).fetch, port: config.PORT }, ({ port }) =>
    log('info', { listening: config.APP_ORIGIN, port }),
  )
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    log('info', { stopping: true })
    setTimeout(() => process.exit(1), 10_000).unref()
    await Promise.all([new Promise((resolve) => server.close(resolve)), jobs.stop()])
    await services.otp?.close()
    await connection.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

function die(error: unknown): void {
  log('error', error instanceof ConfigError ? { configuration: error.problems } : { stopped: true, error })
  process.exit(1)
}

if (!process.env.VITEST) {
  // Node itself would print an error with all that it holds.
  process.on('uncaughtException', die)
  process.on('unhandledRejection', die)
  main()
}
