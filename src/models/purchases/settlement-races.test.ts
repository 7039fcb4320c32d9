import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { untilWaiting } from '../../../test/locks'
import {
  newBuyer,
  orderRow,
  owns,
  pay,
  paymentState,
  paymentWorld,
  postWebhook,
  purchasesOf,
  refund,
  studentCount,
} from '../../../test/payments'
import type { Db } from '../../db/connect'
import { jobs, refunds, sessions, users } from '../../db/schema'
import { nodeApp } from '../../node-app'

// What the vendor has to say is delivered by these tests, each word at its moment.
const world = paymentWorld({ webhooks: 'off' })

/** The body of an event that the vendor has about this id. */
async function wordOf(type: string, id: string): Promise<string> {
  const { deliveries } = await paymentState(world)
  const found = deliveries.find((one) => one.type === type && one.body.includes(id))
  if (!found) throw new Error(`No ${type} about ${id}`)
  return found.body
}
const tell = async (body: string, at = world) => expect((await postWebhook(at, body)).status).toBe(200)

async function paid() {
  const buying = await newBuyer(world)
  const { razorpay_payment_id: paymentId } = await pay(world, buying.vendorOrderId)
  return { ...buying, paymentId, captured: await wordOf('payment.captured', paymentId) }
}
const goingBack = async (orderId: string) =>
  (await world.services.db.select().from(jobs).where(eq(jobs.kind, 'refund-duplicate')))
    .filter(({ payload }) => payload.orderId === orderId)
    .map(({ payload }) => payload.paymentId)

describe('what comes after the payment', () => {
  it('is no refusal any more: a late one says nothing on a paid order', async () => {
    const { student, vendorOrderId, orderId } = await newBuyer(world)
    await pay(world, vendorOrderId, 'declined')
    const refusal = await wordOf('payment.failed', vendorOrderId)
    const { razorpay_payment_id: paymentId } = await pay(world, vendorOrderId)
    await tell(await wordOf('payment.captured', paymentId))
    await tell(refusal)
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'paid', paymentId, lastError: null })
    expect((await student.browser.get(`/purchases/${orderId}`)).html).not.toContain('did not go through')
  })

  it('takes no course away when it is the refund of a payment too many', async () => {
    const { student, offered, vendorOrderId, orderId, paymentId, captured } = await paid()
    const second = `${paymentId}two`
    await tell(captured)
    await tell(captured.replaceAll(paymentId, second))
    expect(await goingBack(orderId)).toEqual([second])

    const other = await paid()
    const { id: refundId } = await refund(world, other.paymentId)
    const refunded = (await wordOf('refund.processed', refundId))
      .replaceAll(other.paymentId, second)
      .replaceAll(other.vendorOrderId, vendorOrderId)
      .replaceAll(refundId, `${refundId}two`)
    await tell(refunded)
    const kept = await world.services.db.select().from(refunds).where(eq(refunds.orderId, orderId))
    expect(kept).toMatchObject([{ paymentId: second, amountPaise: offered.pricePaise, state: 'processed' }])
    expect(await owns(world, student)).toBe(true)
    expect(await studentCount(world, offered)).toBe(1)
  })
})

describe('at the same moment', () => {
  it('two payments of one order: one is kept, also where a pooler loses the isolation level', async () => {
    const { student, offered, orderId, paymentId, captured } = await paid()
    const second = `${paymentId}two`
    const { db } = world.services
    const transaction: Db['transaction'] = (verb) => db.transaction(verb)
    const plain: Db = Object.create(db, { transaction: { value: transaction } })
    const pooled = { ...world, app: nodeApp({ ...world.services, db: plain }, () => {}) }
    const told = await db.transaction(async (tx) => {
      await tx.select().from(users).where(eq(users.id, student.id)).for('update')
      const both = [captured, captured.replaceAll(paymentId, second)].map((body) => tell(body, pooled))
      await untilWaiting(world, 2)
      return { both: Promise.all(both) }
    })
    await told.both
    const order = await orderRow(world, orderId)
    expect(order.state).toBe('paid')
    expect(await purchasesOf(world, student)).toMatchObject([{ paymentId: order.paymentId, revokedAt: null }])
    expect(await goingBack(orderId)).toEqual([order.paymentId === second ? paymentId : second])
    expect(await studentCount(world, offered)).toBe(1)
  })

  it('a payment and the leaving of who paid it: the money goes back', async () => {
    const { student, orderId, paymentId, captured } = await paid()
    const { db } = world.services
    const leaving = await db.transaction(async (tx) => {
      await tx.select().from(sessions).where(eq(sessions.userId, student.id)).for('update')
      const left = student.browser.post('/account/delete', { email: student.email })
      await untilWaiting(world, 1)
      const told = tell(captured)
      await untilWaiting(world, 2)
      return { both: Promise.all([left, told]) }
    })
    const [left] = await leaving.both
    expect(left).toMatchObject({ status: 303, location: '/' })
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'duplicate', paymentId })
    expect(await goingBack(orderId)).toEqual([paymentId])
    expect(await purchasesOf(world, student)).toEqual([])
  })
})
