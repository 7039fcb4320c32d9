import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { buildWorker } from '../../bin/build/worker'
import { freePort } from '../../bin/ports'
import { limits } from '../../src/db/schema'
import { BrowserSession } from '../browser-session'
import { openLine, type TcpLine } from '../line'
import { mailsTo } from '../mailbox'
import { person } from '../people'
import { until } from '../until'
import { fileWorld, openWorld, type World } from '../world'
import { mailGoesOut, mainJobRuns, pictureIsUploaded } from './smoke'
import { headersOf, staticFiles } from './static-files'
import { type RunningWorker, startWorker } from './worker'

const folder = 'dist/worker'
const token = 'a token for numbers that nobody counts'
let world: World
let worker: RunningWorker
let origin: string
let mysql: TcpLine
let mongo: TcpLine
let sizeKiB: number

beforeAll(async () => {
  sizeKiB = await buildWorker(folder)
  const port = await freePort()
  origin = `http://localhost:${port}`
  world = await openWorld({ appOrigin: origin })
  const { DATABASE_URL = '', MONGODB_URI = '' } = world.environment
  mysql = await openLine(DATABASE_URL)
  mongo = await openLine(MONGODB_URI)
  worker = await startWorker(folder, port, {
    ...world.environment,
    ...{ DATABASE_URL: mysql.url, MONGODB_URI: mongo.url, METRICS_TOKEN: token },
  })
})
afterAll(async () => {
  await worker?.stop()
  mysql?.cut()
  mongo?.cut()
  await world?.close()
})
const node = fileWorld()
const browser = () => new BrowserSession((address, init) => fetch(address, init), origin)

it('is small enough to start at once, with room below the megabyte it may take', () => {
  expect(sizeKiB).toBeLessThan(900)
})
it('runs the main job on workerd', () => mainJobRuns(world, browser()))
it('sends mail on workerd after the answer', () => mailGoesOut(world, browser()))
it('takes a picture on workerd', () => pictureIsUploaded(world, browser()))
it('sends files with the headers that Node sends', async () => {
  for (const path of staticFiles)
    expect([path, await headersOf(origin + path)]).toEqual([path, await headersOf(node.origin + path)])
})
it('has no numbers to tell, whatever the token', async () => {
  const answer = await fetch(`${origin}/metrics`, { headers: { Authorization: `Bearer ${token}` } })
  expect(answer.status).toBe(404)
})
it('opens one connection for a guess of a code, and none to the store of codes for a crowd of them', async () => {
  const { email } = await person(world)
  const asking = browser()
  await asking.post('/password-reset', { email })
  await until(async () => (await mailsTo(world, { email })).length > 0, 'the code')
  const cookie = asking.cookies.get('reset') ?? ''
  const before = { mysql: mysql.opened(), mongo: mongo.opened() }
  const guess = (typed: string) => {
    const tab = browser()
    tab.cookies.set('reset', cookie)
    return tab.post('/password-reset/code', { code: typed })
  }
  const answers = await Promise.all(
    Array.from({ length: 30 }, (_, step) => guess(String(step).padStart(6, '0'))),
  )
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([422]))
  expect(mysql.opened() - before.mysql).toBeLessThanOrEqual(30)
  // Five guesses, for each the driver's own watch and one that asks.
  expect(mongo.opened() - before.mongo).toBeLessThanOrEqual(10)
})
it('runs what is left over when its minute comes, and deletes what is over', async () => {
  const { db, now } = world.services
  await db.insert(limits).values({ key: 'over', count: 1, endsAt: now() })
  expect(await worker.runCron()).toBe('ok')
  const left = () => db.select().from(limits).where(eq(limits.key, 'over'))
  await until(async () => (await left()).length === 0, 'the clean-up')
})
