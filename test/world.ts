import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import type { Hono } from 'hono'
import { afterAll, beforeAll, inject } from 'vitest'
import { createDatabase } from '../bin/database/server'
import { migrate } from '../bin/migrate'
import { openSandbox } from '../bin/sandbox'
import { type Environment, readConfig } from '../src/config'
import { connect } from '../src/db/connect'
import { runDueJobs } from '../src/jobs/run'
import { type JobRunner, startJobRunner } from '../src/jobs/runner'
import { nodeApp } from '../src/node-app'
import { openServices, type Services } from '../src/services'
import { BrowserSession } from './browser-session'

export interface World {
  app: Hono
  services: Services
  /** The application over real HTTP, for webhooks and Chromium. */
  origin: string
  sandbox: { origin: string; environment: Environment }
  /** All variables that the application was configured by. */
  environment: Environment
  /** A browser that nobody has signed in. */
  browser(): BrowserSession
  /** Runs every due job; in a world with `liveJobs` they run by themselves. */
  runJobs(): Promise<void>
  /** Moves the application's clock; outside services keep their own. */
  advance(seconds: number): void
  /** Tells a part of the sandbox how to behave, such as `settings('mail', { down: true })`. */
  settings(part: string, values: Record<string, unknown>): Promise<void>
  close(): Promise<void>
}

/** A whole application of one's own: a fresh database, a fresh sandbox, real adapters, a clock that can be moved. `environment` changes the configuration; undefined removes a variable. `appOrigin` is for an application that runs elsewhere on the same database and sandbox, `server` a database server of its own. */
export async function openWorld(
  options: {
    liveJobs?: boolean
    environment?: Environment
    appOrigin?: string
    server?: string | undefined
  } = {},
): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'lms-world-'))
  let listener: ReturnType<typeof getRequestListener> | undefined
  const server = createServer((request, response) => listener?.(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = options.appOrigin ?? `http://localhost:${(server.address() as AddressInfo).port}`

  const [databaseUrl, sandbox] = await Promise.all([
    createDatabase(
      options.server ?? inject('databaseUrl'),
      `lms_test_${crypto.randomUUID().replaceAll('-', '')}`,
    ),
    openSandbox({ port: 0, dataDir, appOrigin: () => origin }),
  ])
  await migrate(databaseUrl)
  const environment: Environment = {
    ...sandbox.environment,
    DATABASE_URL: databaseUrl,
    APP_ORIGIN: origin,
    APP_SECRET: 'sandbox secret of the test world, 32 characters',
    ...options.environment,
  }
  const config = readConfig(environment)
  const connection = connect({ uri: databaseUrl, connectionLimit: 10 })
  let offsetMs = 0
  const services: Services = {
    ...openServices(config, connection.db),
    now: () => new Date(Date.now() + offsetMs),
  }
  const runner: JobRunner | null = options.liveJobs ? startJobRunner(services) : null
  const app = nodeApp(services, () => runner?.wake())
  listener = getRequestListener(app.fetch)

  return {
    app,
    services,
    origin,
    sandbox: { origin: sandbox.origin, environment: sandbox.environment },
    environment,
    browser: () => new BrowserSession((address, init) => app.request(address, init), origin),
    runJobs: () => runDueJobs(services),
    advance: (seconds) => {
      offsetMs += seconds * 1000
    },
    settings: async (part, values) => {
      const response = await fetch(`${sandbox.origin}/${part}/settings`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(values),
      })
      if (!response.ok) throw new Error(`${part} settings: ${response.status} ${await response.text()}`)
    },
    close: async () => {
      await runner?.stop()
      await sandbox.close()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await services.otp?.close()
      await connection.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The world of a test file, or of the `describe` around it: it stands before its first test and goes after its last. */
export function fileWorld(options?: Parameters<typeof openWorld>[0]): World {
  const world = {} as World
  beforeAll(async () => void Object.assign(world, await openWorld(options)))
  afterAll(() => world.close?.())
  return world
}
