import type { Context } from 'hono'
import { createApp } from './app'
import { type Environment, readConfig } from './config'
import { databaseAddress } from './db/address'
import { type Connection, connect } from './db/connect'
import { cleanUpDaily } from './jobs/clean-up'
import { noteUnreadable, runDueJobs } from './jobs/run'
import { type Memory, openServices, type Services } from './services'
import type { Runtime } from './web/env'

interface Hyperdrive {
  host: string
  port: number
  user: string
  password: string
  database: string
  connectionString: string
}
type Bindings = Environment & { HYPERDRIVE?: unknown }

const memory: Memory = {}
const connections = new WeakMap<Services, Connection>()

/** Sockets cannot outlive a request here. */
function open(bindings: Bindings): Services {
  const { HYPERDRIVE: binding, ASSETS: _, ...rest } = bindings
  const hyperdrive = binding as Hyperdrive | undefined
  const environment: Environment = {
    ...rest,
    DATABASE_URL: hyperdrive?.connectionString ?? rest.DATABASE_URL,
  }
  const config = readConfig(environment)
  const address = hyperdrive
    ? {
        host: hyperdrive.host,
        port: hyperdrive.port,
        user: hyperdrive.user,
        password: hyperdrive.password,
        database: hyperdrive.database,
      }
    : databaseAddress(config)
  const connection = connect({ ...address, connectionLimit: 3, disableEval: true, enableKeepAlive: false })
  const services = openServices(config, connection.db, memory, { maxCodeConnections: 1 })
  connections.set(services, connection)
  return services
}

async function close(services: Services): Promise<void> {
  await Promise.allSettled([services.otp?.close(), connections.get(services)?.close()])
}

/** The platform ends what runs longer than thirty seconds after the answer, and counts connections. */
const afterAnswer = { beginMs: 15_000, deadlineMs: 13_000, atOnce: 1 }
/** The next minute brings the next one, and what is left over is its work. */
const cronMs = 50_000

const runtime: Runtime = {
  open: (c: Context) => open(c.env as Bindings),
  after: (c, services, wrote) => {
    const work = async () => {
      const { beginMs, ...options } = afterAnswer
      const until = Date.now() + beginMs
      if (wrote)
        await runDueJobs(services, { ...options, goesOn: () => Date.now() < until }).catch(
          noteUnreadable(services),
        )
    }
    c.executionCtx.waitUntil(work().finally(() => close(services)))
  },
  ip: (c) => c.req.header('CF-Connecting-IP') ?? 'unknown',
}

const app = createApp(runtime)

export default {
  fetch: app.fetch,
  async scheduled(
    _event: unknown,
    bindings: Bindings,
    context: { waitUntil(work: Promise<unknown>): void },
  ): Promise<void> {
    const services = open(bindings)
    const until = Date.now() + cronMs
    const goesOn = () => Date.now() < until
    const work = Promise.all([
      runDueJobs(services, { goesOn, atOnce: afterAnswer.atOnce }).catch(noteUnreadable(services)),
      cleanUpDaily(services, goesOn),
    ])
    context.waitUntil(work.finally(() => close(services)))
  },
}
