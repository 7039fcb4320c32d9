import { eq } from 'drizzle-orm'
import { orders } from '../../src/db/schema'
import { runDueJobs } from '../../src/jobs/run'
import { claimJob } from '../../src/models/job-queue'
import { nightlySince, reconcileMoney } from '../../src/models/purchases/reconciliation'
import { daySeconds, hourSeconds } from '../../src/rules/time'
import { type PostedReceipt, postCallback, receiptFields } from '../payments'
import type { Chance } from '../video/chance'
import { Process } from '../video/process'
import type { World } from '../world'
import { type Buyer, loseOrder, newBuyers } from './buyer'
import { decideHeld } from './decisions'
import { calm, disputes, moods } from './moods'
import { Vendor } from './vendor'

const buyersEach = 4
/** Some days of several buyers who buy at the same time, with everything that may go wrong. */
export class History {
  readonly log: string[] = []
  readonly buyers: Buyer[] = []
  readonly vendor: Vendor
  private readonly paid: string[] = []
  /** How the payments and buyers ended, counted by who judges. */
  readonly ends = new Map<string, number>()
  private readonly world: World
  private readonly chance: Chance
  private readonly clock: { seconds: number }
  private readonly isLong: boolean

  constructor(given: { world: World; chance: Chance; clock: { seconds: number }; isLong: boolean }) {
    this.world = given.world
    this.chance = given.chance
    this.clock = given.clock
    this.isLong = given.isLong
    this.vendor = new Vendor(given.world)
  }

  async begin(): Promise<void> {
    await this.vendor.settings({ ...calm, bareEvents: this.chance.happens(0.3) })
    await this.vendor.collect()
    this.vendor.outbox.length = 0
    this.buyers.push(...(await newBuyers(this.world, buyersEach)))
    for (const buyer of this.buyers) await this.open(buyer)
  }

  async step(): Promise<void> {
    const buyer = this.chance.of(this.buyers)
    if (!buyer) return
    const draw = this.chance.below(100)
    if (draw < 12) await this.open(buyer)
    else if (draw < 38) await this.pay(buyer)
    else if (draw < 54) await this.deliver()
    else if (draw < 62) await this.doAtOnce(buyer)
    else if (draw < 70) await this.bringReceipt(buyer)
    else if (draw < 80) await this.runJobs()
    else if (draw < 85) await this.refund()
    else if (draw < 89) await this.dispute()
    else if (draw < 93) await this.changeVendor()
    else if (draw < 95) await this.loseOrder(buyer)
    else if (draw < 97) await this.check(buyer)
    else await this.pass(1 + this.chance.below(3 * daySeconds))
  }

  /** Faults stop; what is under way at the vendor ends, jobs get their time, and two nights pass. */
  async settle(): Promise<void> {
    await this.vendor.settings(calm)
    await this.vendor.settleRefunds(this.chance)
    for (let night = 0; night < 2; night++) {
      await this.pass(daySeconds)
      await this.runAllJobs()
      const { recorded, problems } = await reconcileMoney(
        this.world.services,
        await nightlySince(this.world.services),
      )
      this.log.push(`night: ${[...recorded, ...problems].join(' | ')}`)
      if (night === 0) this.log.push(...(await decideHeld(this.world, this.chance)))
      await this.runAllJobs()
      await this.vendor.settleRefunds(this.chance)
    }
  }

  private async open(buyer: Buyer): Promise<void> {
    const answer = await buyer.person.browser.post(`/courses/${buyer.course.slug}/purchase`)
    const { db } = this.world.services
    const rows = await db
      .select({ id: orders.vendorOrderId })
      .from(orders)
      .where(eq(orders.userId, buyer.person.id))
    for (const { id } of rows) if (id) buyer.orders.add(id)
    this.log.push(`${this.name(buyer)} opens: ${answer.status}`)
  }

  private async pay(buyer: Buyer): Promise<void> {
    const orderId = this.chance.of([...buyer.orders])
    if (!orderId) return
    const different = this.chance.below(10)
    await this.vendor.settings({
      offerPercent: different === 0 ? 10 : 0,
      customerFeePercent: different === 1 ? 2 : 0,
      currency: different === 2 ? 'USD' : 'INR',
      capture: different === 3 ? 'manual' : 'automatic',
    })
    const outcome = this.chance.of(['paid', 'paid', 'paid', 'declined', 'late', 'pending'])
    const answer = await this.vendor.control<PostedReceipt>('pay', { orderId, outcome })
    this.log.push(
      `${this.name(buyer)} pays ${orderId} ${outcome} (${different}): ${answer ? (answer.razorpay_payment_id ?? 'no receipt') : 'refused'}`,
    )
    if (answer?.razorpay_signature) {
      buyer.receipts.push(answer)
      this.paid.push(answer.razorpay_payment_id)
    }
    await this.vendor.collect()
  }

  private async deliver(): Promise<void> {
    await this.vendor.collect()
    const { outbox } = this.vendor
    const at = this.chance.below(outbox.length)
    const event = outbox[at]
    if (!event) return
    const fate = this.chance.next()
    if (fate > 0.15) outbox.splice(at, 1)
    if (fate > 0.85) return void this.log.push(`${event.type} is lost`)
    const secret = fate > 0.8 ? 'guessed' : undefined
    const status = await this.vendor.deliver(event, secret)
    this.log.push(`${event.type} ${event.eventId}${fate <= 0.15 ? ', more than once' : ''}: ${status}`)
    if (status !== (secret ? 400 : 200)) throw new Error(`A webhook was answered ${status}`)
  }

  /** What comes in the same moment, also the same event twice. */
  private async doAtOnce(buyer: Buyer): Promise<void> {
    await this.vendor.collect()
    const { outbox } = this.vendor
    const events = outbox.splice(Math.max(0, outbox.length - 1 - this.chance.below(4)))
    const again = this.chance.of(events)
    this.log.push(`at the same time: ${events.map(({ type }) => type)}, ${again?.type} and what is due`)
    const answers = await Promise.all([
      ...[...events, ...(again ? [again] : [])].map((event) => this.vendor.deliver(event)),
      this.bringReceipt(buyer).then(() => 200),
      runDueJobs(this.world.services).then(() => 200),
    ])
    for (const status of answers)
      if (status !== 200) throw new Error(`A webhook at the same time was answered ${status}`)
  }

  /** Its own, or with a signature of somebody else's. */
  private async bringReceipt(buyer: Buyer): Promise<void> {
    const receipt = this.chance.of(buyer.receipts)
    if (!receipt) return
    const other = this.chance.happens(0.2)
      ? this.chance.of(this.chance.of(this.buyers)?.receipts ?? [])
      : null
    const fields = receiptFields(
      other ? { ...receipt, razorpay_signature: other.razorpay_signature } : receipt,
    )
    const [order] = await this.world.services.db
      .select({ id: orders.id })
      .from(orders)
      .where(eq(orders.vendorOrderId, receipt.razorpay_order_id))
    const answer =
      order && this.chance.happens(0.5)
        ? await postCallback(this.world, `/purchases/callback?order=${order.id}`, fields)
        : await buyer.person.browser.post('/purchases/receipt', fields)
    this.log.push(`${this.name(buyer)} brings ${other ? 'a forged receipt' : 'a receipt'}: ${answer.status}`)
  }

  /** Some die: with a job claimed, or at any of their queries. */
  private async runJobs(): Promise<void> {
    const { services } = this.world
    const fate = this.chance.next()
    this.log.push(fate < 0.15 ? 'jobs, killed at once' : fate < 0.4 ? 'jobs, killed' : 'jobs')
    if (fate < 0.15) await claimJob(services, 'payments')
    else if (fate < 0.4) {
      const process = new Process()
      const work = () => runDueJobs({ ...services, db: process.database(services.db) })
      await process.run(work, this.chance.below(12))
    } else await runDueJobs(services)
  }

  private async refund(): Promise<void> {
    const paymentId = this.chance.of(this.paid)
    if (!paymentId) return
    const amounts = this.chance.of([[undefined], [undefined], [20_000], [20_000, undefined]]) ?? []
    for (const amount of amounts) {
      const made = await this.vendor.control('refund', { paymentId, amount })
      this.log.push(`the dashboard refunds ${amount ?? 'the rest'} of ${paymentId}: ${made !== null}`)
    }
  }

  private async dispute(): Promise<void> {
    const paymentId = this.chance.of(this.paid)
    if (!paymentId) return
    for (const phase of this.chance.of(disputes) ?? []) {
      const moved = await this.vendor.control('dispute', { paymentId, phase })
      this.log.push(`dispute of ${paymentId} ${phase}: ${moved !== null}`)
    }
  }

  private async changeVendor(): Promise<void> {
    const change = this.chance.of(moods)
    if (!change) return
    if (this.isLong && this.chance.happens(0.03)) return this.hang()
    await this.vendor.settings({ ...change })
    this.log.push(`the vendor: ${JSON.stringify(change)}`)
  }

  /** Silent while somebody asks. */
  private async hang(): Promise<void> {
    await this.vendor.settings({ answer: 'hang' })
    this.log.push('the vendor hangs')
    const buyer = this.chance.of(this.buyers)
    if (buyer) await this.check(buyer)
    await this.runJobs()
    await this.vendor.settings({ answer: null })
  }

  /** A backup from before the order was put back. */
  private async loseOrder(buyer: Buyer): Promise<void> {
    const id = this.chance.of([...buyer.orders])
    if (!id) return
    const gone = await loseOrder(this.world, id)
    if (gone) buyer.lost.add(id)
    this.log.push(`order ${id} is lost: ${gone}`)
  }

  private async check(buyer: Buyer): Promise<void> {
    const { db } = this.world.services
    const rows = await db.select({ id: orders.id }).from(orders).where(eq(orders.userId, buyer.person.id))
    const order = this.chance.of(rows)
    if (!order) return
    const answer = await buyer.person.browser.post(`/purchases/${order.id}/check`)
    this.log.push(`${this.name(buyer)} asks about an order: ${answer.status}`)
  }

  private async pass(seconds: number): Promise<void> {
    this.world.advance(seconds)
    this.clock.seconds += seconds
    await this.vendor.settings({ aheadSeconds: this.clock.seconds })
    this.log.push(`${(seconds / hourSeconds).toFixed(1)} hours pass`)
  }

  private async runAllJobs(): Promise<void> {
    for (let round = 0; round < 4; round++) {
      await this.pass(hourSeconds)
      await runDueJobs(this.world.services)
    }
  }

  private name = (buyer: Buyer) => `buyer ${this.buyers.indexOf(buyer)}`
}
