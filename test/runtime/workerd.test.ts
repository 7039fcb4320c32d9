import diagnostics from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { eq } from 'drizzle-orm'
import { Miniflare } from 'miniflare'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildWorker } from '../../bin/build/worker'
import { freePort } from '../../bin/ports'
import { limits } from '../../src/db/schema'
import { BrowserSession } from '../browser-session'
import { until } from '../until'
import { openWorld, type World } from '../world'
import { mailGoesOut, mainJobRuns, pictureIsUploaded } from './smoke'

const folder = 'dist/worker'
let world: World
let worker: Miniflare
let origin: string
let sizeKiB: number

// Miniflare pipes the database's sockets without listening to their errors: a connection that
// workerd drops would end this process.
const sockets = ['net.server.socket', 'net.client.socket']
function hearError(message: unknown) {
  const { socket } = message as { socket: Socket }
  socket.on('error', () => {})
}

beforeAll(async () => {
  for (const channel of sockets) diagnostics.subscribe(channel, hearError)
  sizeKiB = await buildWorker(folder)
  const port = await freePort()
  origin = `http://localhost:${port}`
  world = await openWorld({ appOrigin: origin })
  const { DATABASE_URL, ...environment } = world.environment
  worker = new Miniflare({
    host: '127.0.0.1',
    port,
    rootPath: folder,
    scriptPath: 'worker.js',
    modules: true,
    unsafeTriggerHandlers: true,
    modulesRules: [{ type: 'ESModule', include: ['**/*.js'] }],
    compatibilityDate: '2026-04-20',
    compatibilityFlags: ['nodejs_compat'],
    bindings: Object.fromEntries(
      Object.entries(environment).filter(([, value]) => value !== undefined),
    ) as Record<string, string>,
    hyperdrives: { HYPERDRIVE: DATABASE_URL ?? '' },
  })
  await worker.ready
})
afterAll(async () => {
  await worker?.dispose()
  await world?.close()
  for (const channel of sockets) diagnostics.unsubscribe(channel, hearError)
})
const browser = () => new BrowserSession((address, init) => fetch(address, init), origin)

it('is small enough to start at once, with room below the megabyte it may take', () => {
  expect(sizeKiB).toBeLessThan(900)
})
it('runs the main job on workerd', () => mainJobRuns(world, browser()))
it('sends mail on workerd after the answer', () => mailGoesOut(world, browser()))
it('takes a picture on workerd', () => pictureIsUploaded(world, browser()))
it('runs what is left over when its minute comes, and deletes what is over', async () => {
  const { db, now } = world.services
  await db.insert(limits).values({ key: 'over', count: 1, endsAt: now() })
  const answer = await fetch(`${origin}/cdn-cgi/handler/scheduled`)
  expect([answer.status, await answer.text()]).toEqual([200, 'ok'])
  const left = () => db.select().from(limits).where(eq(limits.key, 'over'))
  await until(async () => (await left()).length === 0, 'the clean-up')
})
