import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { minuteSeconds } from '../../src/rules/time'
import { openCheckout, owns, pay, paymentState, purchasesOf } from '../payments'
import { type Course, course, give, type Person, person } from '../people'
import { tellSoak } from '../soak-log'
import { until } from '../until'
import { openWorld, type World } from '../world'
import { type Asked, ask, faultsOf } from './answers'
import { listMoneyFaults } from './money'
import { drillRounds } from './site'
import { type DatabaseOnSmallDisk, needed, startOnSmallDisk } from './small-disk'

/** More than either server takes for itself. */
const megabytes = 512
/** What is written into the room that tables have already is not refused. */
const most = 80

const dir = mkdtempSync(join(tmpdir(), 'lms-disk-'))
let database: DatabaseOnSmallDisk | null = null
let world: World

beforeAll(async () => {
  database = await startOnSmallDisk(dir, megabytes)
  if (database) world = await openWorld({ server: database.url })
})
afterAll(async () => {
  await world?.close()
  await database?.stop()
  rmSync(dir, { recursive: true, force: true })
})

const sum = { 'full disks': 0, 'pages read': 0, 'refused in words': 0, 'webhooks refused': 0, purchases: 0 }

async function openPeople() {
  const owner = await person(world, { role: 'instructor' })
  const offered = await course(world, { owner })
  const reader = await person(world)
  const admin = await person(world, { role: 'admin' })
  await give(world, reader, offered)
  const payers: { person: Person; vendorOrderId: string }[] = []
  for (let n = 0; n < 12; n++) {
    const someone = await person(world)
    payers.push({ person: someone, ...(await openCheckout(someone, offered)) })
  }
  const buyers: Person[] = []
  for (let n = 0; n < most; n++) buyers.push(await person(world))
  return { owner, offered, reader, admin, payers, buyers }
}

const buy = ({ browser }: Person, { slug }: Course) =>
  ask('a purchase', browser.post(`/courses/${slug}/purchase`))

/** Until one is refused; gives all of them. */
async function sellUntilRefused(buyers: Person[], offered: Course): Promise<Asked[]> {
  const asked: Asked[] = []
  for (const one of buyers) {
    asked.push(await buy(one, offered))
    if (asked.at(-1)?.answer.status !== 303) return asked
  }
  throw new Error('Nobody was refused.')
}

/** Until the payment service is told of a failure; gives those who have paid. */
async function payUntilRefused(payers: { person: Person; vendorOrderId: string }[]) {
  const paid: Person[] = []
  for (const { person: payer, vendorOrderId } of payers) {
    await pay(world, vendorOrderId)
    paid.push(payer)
    const { deliveries } = await until(async () => {
      const state = await paymentState(world)
      const isAnswered = state.deliveries.every(({ responseStatus }) => responseStatus !== null)
      return isAnswered ? state : null
    }, 'the webhooks to be answered')
    const refused = deliveries.filter(({ responseStatus }) => (responseStatus ?? 0) >= 500)
    if (refused.length > 0) return { paid, refused }
  }
  throw new Error('No webhook was refused.')
}

const readPages = ({ owner, offered, reader, admin }: Awaited<ReturnType<typeof openPeople>>) => {
  const seen: [Pick<Person, 'browser'>, string[]][] = [
    [{ browser: world.browser() }, ['/', '/courses', '/courses?q=queues', `/courses/${offered.slug}`]],
    [{ browser: world.browser() }, ['/sitemap.xml', '/sign-in', '/no-such-page']],
    [reader, ['/account', '/purchases', `/learn/${offered.slug}/${offered.chapters[0]?.id}`]],
    [owner, ['/teach', `/teach/courses/${offered.id}`, '/teach/earnings']],
    [admin, ['/admin', '/admin/jobs', '/admin/people']],
  ]
  return Promise.all(seen.flatMap(([{ browser }, list]) => list.map((path) => ask(path, browser.get(path)))))
}

async function ready() {
  const { status, html } = await world.browser().get('/health/ready')
  return { status, ...(JSON.parse(html) as { missing: string[] }) }
}

/** Orders that nobody will ever ask about. */
async function lostOrders(): Promise<unknown[]> {
  const [rows] = await world.services.db.execute(
    sql`select id from orders where state = 'open' and not exists
      (select 1 from jobs where json_unquote(json_extract(payload, '$.orderId')) = orders.id)`,
  )
  return rows as unknown as unknown[]
}

async function fillOnce(disk: DatabaseOnSmallDisk) {
  const people = await openPeople()
  disk.fill()
  const sold = await sellUntilRefused(people.buyers, people.offered)
  const { paid, refused } = await payUntilRefused(people.payers)
  expect(faultsOf(sold)).toEqual([])
  expect(await ready()).toMatchObject({
    status: 503,
    missing: [expect.stringContaining('does not take a write')],
  })
  const read = await readPages(people)
  const unread = read.filter(({ what, answer }) => answer.status !== (what === '/no-such-page' ? 404 : 200))
  expect(unread.map(({ what, answer }) => `${what}: ${answer.status}`)).toEqual([])
  expect(await lostOrders()).toEqual([])

  disk.empty()
  world.advance(minuteSeconds)
  expect(await ready()).toMatchObject({ status: 200, missing: [] })
  await until(
    async () => (await paymentState(world)).deliveries.every(({ status }) => status === 'delivered'),
    'the webhooks to come again',
  )
  await world.runJobs()
  for (const payer of paid) {
    expect(await owns(world, payer)).toBe(true)
    expect(await purchasesOf(world, payer)).toHaveLength(1)
  }
  const [again] = people.buyers.slice(sold.length - 1)
  if (again) expect((await buy(again, people.offered)).answer.status).toBe(303)
  expect(await listMoneyFaults(world)).toEqual([])
  return { read, refused, paid }
}

it('While the disk of the database is full pages are read and nothing is promised; with room again all goes on', {
  timeout: drillRounds * 120_000,
}, async ({ skip }) => {
  if (!database) {
    tellSoak({ 'not run': `it needs ${needed}` })
    return skip(`This drill needs ${needed}.`)
  }
  for (let round = 0; round < drillRounds; round++) {
    const { read, refused, paid } = await fillOnce(database)
    sum['full disks'] += 1
    sum['pages read'] += read.length
    sum['refused in words'] += 1
    sum['webhooks refused'] += refused.length
    sum.purchases += paid.length
    tellSoak(sum)
  }
})
