import cluster from 'node:cluster'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import type { Config } from './config'
import { openSharedPages } from './copies/pages'
import { databaseAddress } from './db/address'
import { type Connection, connect } from './db/connect'
import { readShownVersion } from './db/versions'
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
  const { fetch } = nodeApp(services, jobs.wake, metrics)
  const pages = openSharedPages({
    origin: config.APP_ORIGIN,
    render: fetch,
    readVersion: () => readShownVersion(services.db),
    answered: ({ path, ...answer }) => {
      log('info', { method: 'GET', path, shared: true, ...answer })
      metrics?.count({ method: 'GET', pattern: 'shared page', ...answer })
    },
  })
  const server = createServer(pages.before(getRequestListener(fetch)))
  server.listen(config.PORT, () => {
    const { port } = server.address() as AddressInfo
    log('info', { listening: config.APP_ORIGIN, port })
  })
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
