import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { orders } from '../../src/db/schema'
import { openLine, type TcpLine } from '../line'
import { mailsTo } from '../mailbox'
import { openCheckout, owns, pay, paymentState, purchasesOf, receiptFields } from '../payments'
import { type Course, course, type Person, person } from '../people'
import type { ServedSite } from '../served-site'
import { tellSoak } from '../soak-log'
import { until } from '../until'
import { type Asked, ask, faultsOf, slowestSeconds } from './answers'
import { askPages, openPages, type Page, statusesOf } from './pages'
import {
  asMetrics,
  type DrillSite,
  drillRounds,
  isLongDrill,
  metric,
  openDrillSite,
  servingPids,
} from './site'

/** How often everybody asks again while the server stands still. */
const waves = isLongDrill ? 5 : 1
/** A statement's five seconds after a connection's two, and patience with a busy machine. */
const longestSeconds = 20

let drill: DrillSite
let site: ServedSite
let vendor: TcpLine
let pages: Page[]

beforeAll(async () => {
  drill = await openDrillSite({ ownDatabase: true })
  const { world } = drill
  vendor = await openLine(String(world.environment.RAZORPAY_API_BASE))
  site = await drill.serve({ RAZORPAY_API_BASE: vendor.url })
  const seen = await openPages(world)
  pages = seen.map(({ browser, path }) => ({ browser: drill.atServed(browser), path }))
})
afterAll(async () => {
  if (drill) signal('SIGCONT')
  vendor?.cut()
  await drill?.close()
})

function signal(name: 'SIGSTOP' | 'SIGCONT'): void {
  if (!drill.databasePid) throw new Error('There is no database server that may be stopped.')
  process.kill(drill.databasePid, name)
}

const atServed = (someone: Person): Person => ({ ...someone, browser: drill.atServed(someone.browser) })
const newPerson = async () => atServed(await person(drill.world))
const buy = ({ browser }: Person, { slug }: Course) => browser.post(`/courses/${slug}/purchase`)
const askAll = () => askPages(pages)
const rush = () => askPages(pages, pages.length)

/** One that has asked the payment service, which does not answer yet. */
async function beginToBuy(offered: Course) {
  const { db } = drill.world.services
  const buyer = await newPerson()
  vendor.freeze()
  const answer = ask('a purchase under way', buy(buyer, offered))
  await until(async () => {
    const [row] = await db.select().from(orders).where(eq(orders.userId, buyer.id))
    return row
  }, 'the order')
  return { buyer, answer }
}

/** Whether the processes are said to live, and to be ready, for as long as `work` goes on. */
async function watch(work: Promise<unknown>) {
  let isOver = false
  const over = work.finally(() => {
    isOver = true
  })
  const seen = { live: [] as number[], ready: [] as number[] }
  while (!isOver) {
    const [live, ready] = await Promise.all([site.ask('/health/live'), site.ask('/health/ready')])
    seen.live.push(live.status)
    seen.ready.push(ready.status)
  }
  await over
  return seen
}

async function freezeOnce() {
  const { world } = drill
  const offered = await course(world)
  const payer = await newPerson()
  const { vendorOrderId } = await openCheckout(payer, offered)
  const { buyer, answer } = await beginToBuy(offered)
  const late = await newPerson()
  const served = servingPids(site)
  const statuses = statusesOf(await askAll())

  const asked: Asked[] = []
  signal('SIGSTOP')
  vendor.thaw()
  const paid = await pay(world, vendorOrderId)
  const crowd = async () => {
    const visits = [
      ask('the receipt', payer.browser.post('/purchases/receipt', receiptFields(paid))),
      ask('a new purchase', buy(late, offered)),
      ask('a sign-in', late.browser.post('/sign-in', { email: late.email, password: 'learn-by-doing' })),
      ask('a part', payer.browser.part.get('/courses?q=queues')),
      ask('the numbers', late.browser.get('/metrics', asMetrics)),
    ]
    const [seen, ...answers] = await Promise.all([rush(), answer, ...visits])
    asked.push(...seen, ...answers)
    for (let wave = 1; wave < waves; wave++) asked.push(...(await rush()))
  }
  const seen = await watch(crowd()).finally(() => signal('SIGCONT'))
  const thawedAt = performance.now()

  expect(faultsOf(asked)).toEqual([])
  expect(asked.filter(({ answer: { status } }) => status === 303)).toEqual([])
  expect(slowestSeconds(asked)).toBeLessThan(longestSeconds)
  const refused = asked.filter(({ answer: { status } }) => status === 503)
  for (const what of ['a purchase under way', 'the receipt', 'a new purchase', 'a sign-in', '/courses'])
    expect(refused.map((one) => one.what)).toContain(what)
  expect(new Set(seen.live)).toEqual(new Set([200]))
  expect(new Set(seen.ready)).toEqual(new Set([503]))

  const isWell = async () => (await askAll()).every(({ answer: { status } }) => status < 500)
  await until(isWell, 'the site to serve again')
  // Nobody was signed out meanwhile.
  expect(statusesOf(await askAll())).toEqual(statuses)
  const againSeconds = (performance.now() - thawedAt) / 1000
  await until(async () => (await site.ask('/health/ready')).status === 200, 'the site to be ready')
  expect(servingPids(site)).toEqual(served)
  await checkMoney({ payer, buyer, offered })
  await checkConnections()
  return { asked, seen, againSeconds }
}

async function checkMoney({ payer, buyer, offered }: { payer: Person; buyer: Person; offered: Course }) {
  const { world } = drill
  const state = () => paymentState(world)
  const areDelivered = async () => (await state()).deliveries.every(({ status }) => status === 'delivered')
  await until(areDelivered, 'what the payment service told to be taken')
  expect(Math.max(...(await state()).deliveries.map(({ attempts }) => attempts))).toBeGreaterThan(1)
  expect(await owns(world, payer)).toBe(true)
  expect(await purchasesOf(world, payer)).toHaveLength(1)
  await until(async () => (await mailsTo(world, payer)).length > 0, 'the receipt')

  const again = await openCheckout(buyer, offered)
  const ofBuyer = (await state()).orders.filter(({ receipt }) => receipt === again.orderId)
  expect(ofBuyer.map(({ id }) => id)).toEqual([again.vendorOrderId])
  expect(await owns(world, buyer)).toBe(false)
}

const connections = (state: string) => metric(site, `lms_database_connections{state="${state}"}`)

/** Two processes keep ten each at most, and nobody holds one. */
async function checkConnections() {
  await until(async () => (await connections('inUse')) === 0, 'no connection to be held')
  expect(await connections('waiting')).toBe(0)
  const [rows] = await drill.world.services.db.execute('show status like "Threads_connected"')
  const [{ Value: connected }] = rows as unknown as [{ Value: string }]
  expect(Number(connected)).toBeLessThanOrEqual(2 * 10 + 10)
}

it('While the database server stands still every page says so in time; afterwards all goes on, and who paid watches', {
  timeout: drillRounds * 300_000,
}, async () => {
  const sum = {
    freezes: 0,
    answers: 0,
    'slowest seconds': 0,
    'asked whether live': 0,
    'seconds to serve again': 0,
  }
  for (let round = 0; round < drillRounds; round++) {
    const { asked, seen, againSeconds } = await freezeOnce()
    sum.freezes += 1
    sum.answers += asked.length
    sum['asked whether live'] += seen.live.length
    sum['slowest seconds'] = Math.max(sum['slowest seconds'], slowestSeconds(asked))
    sum['seconds to serve again'] = Math.max(
      sum['seconds to serve again'],
      slowestSeconds([{ seconds: againSeconds }]),
    )
    tellSoak(sum)
  }
})
