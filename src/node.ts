import { serve } from '@hono/node-server'
import { ConfigError, readConfig } from './config'
import { databaseAddress } from './db/address'
import { connect } from './db/connect'
import { startJobRunner } from './jobs/runner'
import { log } from './log'
import { nodeApp } from './node-app'
import { openServices } from './services'
import { stopOnSignal } from './stop'

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const connection = connect(databaseAddress(config))
  const services = openServices(config, connection.db)
  const jobs = startJobRunner(services)
  // Only who asks for numbers pays for counting.
  const metrics = config.METRICS_TOKEN
    ? (await import('./metrics')).openMetrics(services, connection.use)
    : undefined
  const server = serve(
    { fetch: nodeApp(services, jobs.wake, metrics).fetch, port: config.PORT },
    ({ port }) => log('info', { listening: config.APP_ORIGIN, port }),
  )
  const close = async () => {
    await services.otp?.close()
    await connection.close()
  }
  stopOnSignal({ services, server, jobs, close })
}

function die(error: unknown): void {
  log('error', error instanceof ConfigError ? { configuration: error.problems } : { stopped: true, error })
  process.exit(1)
}

// Node itself would print an error with all that it holds.
process.on('uncaughtException', die)
process.on('unhandledRejection', die)
main().catch(die)
