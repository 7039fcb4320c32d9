import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildWorker } from '../../bin/build/worker'
import { freePort } from '../../bin/ports'
import { BrowserSession } from '../browser-session'
import { openWorld, type World } from '../world'
import { mainJobRuns } from './smoke'
import { openTransactionPooler, type TransactionPooler } from './transaction-pooler'
import { type RunningWorker, startWorker } from './worker'

const folder = '.data/pooled-worker'
let world: World
let worker: RunningWorker
let caching: RunningWorker
let poolers: TransactionPooler[]

/** On workerd each SET is lost, as behind Hyperdrive; one of the two has its cache on, too. */
beforeAll(async () => {
  await buildWorker(folder)
  const port = await freePort()
  world = await openWorld({ appOrigin: `http://localhost:${port}` })
  poolers = await Promise.all(
    [false, true].map((isCaching) =>
      openTransactionPooler(world.environment.DATABASE_URL ?? '', { isCaching }),
    ),
  )
  const [plain, cached] = poolers.map(({ url }) => url)
  worker = await startWorker(folder, port, { ...world.environment, DATABASE_URL: plain })
  caching = await startWorker(folder, await freePort(), { ...world.environment, DATABASE_URL: cached })
})
afterAll(async () => {
  await worker?.stop()
  await caching?.stop()
  for (const pooler of poolers ?? []) await pooler.close()
  await world?.close()
})
const browser = () => new BrowserSession((address, init) => fetch(address, init), world.origin)

it('runs the main job on workerd behind a pooler', () => mainJobRuns(world, browser()))
it('behind a pooler with its cache on says what is wrong, and is not ready', async () => {
  const answer = await fetch(`${caching.origin}/health/ready`)
  expect(answer.status).toBe(503)
  expect(await answer.json()).toEqual({
    ready: false,
    missing: ['the database answers from a cache: create Hyperdrive with --caching-disabled'],
  })
})
