import { serve } from '@hono/node-server'
import { ConfigError, readConfig } from './config'
import { databaseAddress } from './db/address'
import { connect } from './db/connect'
import { startJobRunner } from './jobs/runner'
import { log } from './log'
import { nodeApp } from './node-app'
import { openServices } from './services'

function main(): void {
  const config = readConfig(process.env)
  const connection = connect(databaseAddress(config))
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

// Node itself would print an error with all that it holds.
process.on('uncaughtException', die)
process.on('unhandledRejection', die)
main()
