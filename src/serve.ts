import cluster from 'node:cluster'
import { serve } from '@hono/node-server'
import type { Config } from './config'
import { databaseAddress } from './db/address'
import { type Connection, connect } from './db/connect'
import { startJobRunner } from './jobs/runner'
import { log } from './log'
import type { OpenMetrics } from './metrics'
import { nodeApp } from './node-app'
import { openServices, type Services } from './services'
import { stopOnSignal } from './stop'
import { watchVendors } from './vendor-calls'

/** Serves from this process, alone or as one of several, until it is told to stop. */
export async function serveSite(config: Config): Promise<void> {
  const connection = connect(databaseAddress(config))
  const opened = openServices(config, connection.db)
  // Only who asks for numbers pays for counting.
  const metrics = config.METRICS_TOKEN ? await countIn(opened, connection) : undefined
  const services = metrics ? watchVendors(opened, metrics.countCall) : opened
  const jobs = startJobRunner(services)
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

async function countIn(services: Services, { use }: Connection): Promise<OpenMetrics> {
  const { openMetrics } = await import('./metrics')
  if (cluster.isPrimary) return openMetrics(services, use)
  const { sumOverWorkers } = await import('./cluster/numbers')
  return openMetrics(services, use, sumOverWorkers)
}
