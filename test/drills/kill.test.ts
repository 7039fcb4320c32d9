import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jobs, orders } from '../../src/db/schema'
import { holdRows } from '../held-row'
import { openLine, type TcpLine } from '../line'
import { untilWaiting } from '../locks'
import { mailsTo } from '../mailbox'
import { openCheckout, owns, pay, paymentState, purchasesOf, receiptFields } from '../payments'
import { type Course, course, type Person, person } from '../people'
import type { ServedSite } from '../served-site'
import { tellSoak } from '../soak-log'
import { until } from '../until'
import { listMoneyFaults, passMinuteForJobs } from './money'
import { type DrillSite, drillRounds, isLongDrill, openDrillSite, servingPids } from './site'

let drill: DrillSite
let site: ServedSite
let vendor: TcpLine
let mail: TcpLine
let database: TcpLine | undefined
let offered: Course

const sum = { 'killed workers': 0, 'killed primaries': 0, 'answers lost': 0, purchases: 0, 'emails twice': 0 }

async function serve(): Promise<ServedSite> {
  database = await openLine(String(drill.world.environment.DATABASE_URL))
  const lines = { RAZORPAY_API_BASE: vendor.url, SMTP_URL: mail.url, DATABASE_URL: database.url }
  return drill.serve(lines)
}
beforeAll(async () => {
  drill = await openDrillSite()
  const { environment } = drill.world
  vendor = await openLine(String(environment.RAZORPAY_API_BASE))
  mail = await openLine(String(environment.SMTP_URL))
  site = await serve()
  offered = await course(drill.world)
})
afterAll(async () => {
  vendor?.cut()
  mail?.cut()
  database?.cut()
  await drill?.close()
})

async function newPerson(): Promise<Person> {
  const someone = await person(drill.world)
  return { ...someone, browser: drill.atServed(someone.browser) }
}
const buy = ({ browser }: Person) => browser.post(`/courses/${offered.slug}/purchase`)

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
const livingPids = () => servingPids(site).filter(isAlive)

/** With the primary its workers end, so that the port is free for the next one. */
async function killAll() {
  const pids = [...livingPids(), Number(site.child.pid)]
  site.child.kill('SIGKILL')
  await until(() => !pids.some(isAlive), 'no process to be left')
  // What stands still on their line is never said any more.
  database?.cut()
  sum['killed primaries'] += 1
}

/** Started again when the claims of the killed have run out. */
async function startAgain() {
  vendor.thaw()
  mail.thaw()
  await passMinuteForJobs(drill.world)
  site = await serve()
  await wakeJobs()
}
/** Whatever is posted wakes the process that answers it; the others look every few seconds. */
const wakeJobs = () => drill.atServed(drill.world.browser()).post('/theme', { theme: 'dark' })

/** Somebody at the checkout, who has not paid: of what is paid anybody here may hear at any time. */
async function newCheckout() {
  const buyer = await newPerson()
  return { buyer, ...(await openCheckout(buyer, offered)) }
}
type Checkout = Awaited<ReturnType<typeof newCheckout>>

/** The browser comes back with the receipt while webhooks tell of it, too. */
async function payAndReturn({ buyer, vendorOrderId }: Checkout) {
  const paid = await pay(drill.world, vendorOrderId)
  await buyer.browser.post('/purchases/receipt', receiptFields(paid))
}

async function untilWatching(buyer: Person, mails = 1) {
  await until(() => owns(drill.world, buyer), 'the course to be granted')
  expect(await purchasesOf(drill.world, buyer)).toHaveLength(1)
  await until(async () => (await mailsTo(drill.world, buyer)).length >= mails, 'the receipt')
  expect(await mailsTo(drill.world, buyer)).toHaveLength(mails)
  sum.purchases += 1
}

async function killOneWorker() {
  const buyers = await Promise.all([1, 2, 3, 4].map(newPerson))
  const before = (await paymentState(drill.world)).orders.length
  vendor.holdAnswers()
  const answers = buyers.map((one) =>
    buy(one).then(
      ({ status }) => status,
      () => 'lost' as const,
    ),
  )
  const areAsked = async () => (await paymentState(drill.world)).orders.length === before + buyers.length
  await until(areAsked, 'the payment service to be asked')
  const [first = 0, second = 0] = livingPids()
  const count = servingPids(site).length
  process.kill(first, 'SIGKILL')
  sum['killed workers'] += 1
  await until(() => !isAlive(first), 'the worker to end')
  vendor.thaw()

  const statuses = await Promise.all(answers)
  expect(new Set(statuses)).toEqual(new Set(['lost', 303]))
  sum['answers lost'] += statuses.filter((status) => status === 'lost').length
  expect(isAlive(second)).toBe(true)
  await until(() => servingPids(site).length === count + 1, 'another worker')
  for (const one of buyers) {
    const { orderId, vendorOrderId } = await openCheckout(one, offered)
    const own = (await paymentState(drill.world)).orders.filter(({ receipt }) => receipt === orderId)
    expect(own.map(({ id }) => id)).toEqual([vendorOrderId])
  }
}

/**
 * While one course is granted in a transaction, a refund is made whose answer is not here yet, and
 * nobody has taken an email; one more pays while nobody is there.
 */
async function killInTheMiddle() {
  const { world } = drill
  const [refunded, written] = [await newCheckout(), await newCheckout()]
  const [settling, late] = [await newCheckout(), await newCheckout()]
  await payAndReturn(refunded)
  await untilWatching(refunded.buyer)

  const made = (await paymentState(world)).refunds.length
  const dialled = mail.opened()
  mail.freeze()
  await payAndReturn(written)
  vendor.holdAnswers()
  const reason = { reason: 'It was not for me.' }
  await refunded.buyer.browser.post(`/purchases/${refunded.orderId}/refund`, reason)
  await until(() => mail.opened() > dialled, 'the mail server to be asked')
  await until(async () => (await paymentState(world)).refunds.length > made, 'the refund')
  const row = await holdRows(world, (tx) =>
    tx.select().from(orders).where(eq(orders.id, settling.orderId)).for('update'),
  )
  await pay(world, settling.vendorOrderId)
  await untilWaiting(world, 1)

  await killAll()
  await row.release()
  expect(await owns(world, settling.buyer)).toBe(false)
  await pay(world, late.vendorOrderId)
  await startAgain()
  for (const { buyer } of [settling, written, late]) await untilWatching(buyer)
  await until(async () => !(await owns(world, refunded.buyer)), 'the refund to be known')
  const hasLetter = async () => (await mailsTo(world, refunded.buyer)).length === 2
  await until(hasLetter, 'the email about the refund')
  expect((await paymentState(world)).refunds).toHaveLength(made + 1)
}

/**
 * Killed between the mail server's yes and noting it: nobody can tell this from an email that was
 * not taken, so it is sent again rather than never.
 */
async function killAfterTheEmail() {
  const { world } = drill
  const checkout = await newCheckout()
  const { buyer, orderId } = checkout
  const dialled = mail.opened()
  mail.freeze()
  await payAndReturn(checkout)
  await until(() => mail.opened() > dialled, 'the mail server to be asked')
  database?.freeze()
  mail.thaw()
  await until(async () => (await mailsTo(world, buyer)).length === 1, 'the email')
  await killAll()
  await startAgain()
  await untilWatching(buyer, 2)
  const isDone = async () =>
    (await world.services.db.select().from(jobs)).every(({ payload }) => payload.orderId !== orderId)
  await until(isDone, 'the job to be done')
  expect(await mailsTo(world, buyer)).toHaveLength(2)
  sum['emails twice'] += 1
}

describe('a site whose processes are killed', () => {
  it('ends every purchase as if nothing had been, and does every job once', {
    timeout: drillRounds * 120_000,
  }, async () => {
    for (let round = 0; round < drillRounds; round++) {
      await killOneWorker()
      await killInTheMiddle()
      if (isLongDrill) await killAfterTheEmail()
      expect(await listMoneyFaults(drill.world)).toEqual([])
      tellSoak(sum)
    }
  })
})
