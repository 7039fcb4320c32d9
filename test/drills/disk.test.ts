import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { minuteSeconds } from '../../src/rules/time'
import { openCheckout, owns, pay, paymentState, purchasesOf } from '../payments'
import { type Course, course, type Person, person } from '../people'
import { tellSoak } from '../soak-log'
import { until } from '../until'
import { openWorld, type World } from '../world'
import { type Asked, ask, faultsOf } from './answers'
import { listMoneyFaults, paymentIds } from './money'
import { askPages, openPages, type Page, statusesOf } from './pages'
import { drillRounds } from './site'
import { type DatabaseOnSmallDisk, needed, startOnSmallDisk } from './small-disk'

/** More than either server takes for itself. */
const megabytes = 512
/** What is written into the room that tables have already is not refused. */
const most = 80

const dir = mkdtempSync(join(tmpdir(), 'lms-disk-'))
let database: DatabaseOnSmallDisk | null = null
let world: World
let pages: Page[]
let invented: string[]

beforeAll(async () => {
  database = await startOnSmallDisk(dir, megabytes)
  if (!database) return
  world = await openWorld({ server: database.url })
  pages = await openPages(world)
  invented = await paymentIds(world)
})
afterAll(async () => {
  await world?.close()
  await database?.stop()
  rmSync(dir, { recursive: true, force: true })
})

interface Payer {
  buyer: Person
  vendorOrderId: string
}

const sum = {
  'full disks': 0,
  'servers that ended themselves': 0,
  'pages read': 0,
  'refused in words': 0,
  'webhooks refused': 0,
  purchases: 0,
}

async function openPeople() {
  const offered = await course(world)
  const payers: Payer[] = []
  for (let n = 0; n < 12; n++) {
    const buyer = await person(world)
    payers.push({ buyer, ...(await openCheckout(buyer, offered)) })
  }
  const buyers: Person[] = []
  for (let n = 0; n < most; n++) buyers.push(await person(world))
  return { offered, payers, buyers }
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
async function payUntilRefused(payers: Payer[]) {
  const paid: Person[] = []
  for (const { buyer, vendorOrderId } of payers) {
    await pay(world, vendorOrderId)
    paid.push(buyer)
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
  const usually = statusesOf(await askPages(pages))
  disk.fill()
  const sold = await sellUntilRefused(people.buyers, people.offered)
  const { paid, refused } = await payUntilRefused(people.payers)
  expect(faultsOf(sold)).toEqual([])
  const unready = await ready()
  expect(unready.status).toBe(503)
  const read = await askPages(pages)
  expect(faultsOf(read)).toEqual([])
  // Some servers end themselves when they find no room; else everything is there to read.
  const hasEnded = disk.hasEnded()
  if (!hasEnded) {
    expect(unready.missing).toEqual([expect.stringContaining('does not take a write')])
    expect(statusesOf(read)).toEqual(usually)
  }

  await disk.empty()
  await until(async () => {
    // A write may have been refused just before, and is told for half a minute.
    world.advance(minuteSeconds)
    return (await ready()).status === 200
  }, 'the site to be ready')
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
  expect(await lostOrders()).toEqual([])
  expect(await listMoneyFaults(world, invented)).toEqual([])
  return { read, refused, paid, hasEnded }
}

it('While the disk of the database is full pages are read and nothing is promised; with room again all goes on', {
  timeout: drillRounds * 120_000,
}, async ({ skip }) => {
  if (!database) {
    tellSoak({ 'not run': `it needs ${needed}` })
    return skip(`This drill needs ${needed}.`)
  }
  for (let round = 0; round < drillRounds; round++) {
    const { read, refused, paid, hasEnded } = await fillOnce(database)
    sum['full disks'] += 1
    sum['servers that ended themselves'] += Number(hasEnded)
    sum['pages read'] += read.length
    sum['refused in words'] += 1
    sum['webhooks refused'] += refused.length
    sum.purchases += paid.length
    tellSoak(sum)
  }
})
