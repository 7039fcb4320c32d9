import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { untilWaiting } from '../../../test/locks'
import { newRefundId, tell } from '../../../test/payment-events'
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
import { course, person } from '../../../test/people'
import { behindPooler } from '../../../test/pooler'
import type { World } from '../../../test/world'
import { transact } from '../../db/connect'
import { payments, refundRequests, refunds, sessions, users } from '../../db/schema'
import { openOrder } from './open-order'
import { joinCourse } from './purchase'
import { settlePayment } from './settlement'

// Webhooks are delivered by these tests, each at its moment.
const world = paymentWorld({ webhooks: 'off' })

/** The body of the event that the sandbox has about this id. */
async function bodyOf(type: string, id: string): Promise<string> {
  const { deliveries } = await paymentState(world)
  const found = deliveries.find((one) => one.type === type && one.body.includes(id))
  if (!found) throw new Error(`No ${type} about ${id}`)
  return found.body
}
const deliver = async (body: string, at = world) => expect((await postWebhook(at, body)).status).toBe(200)

async function paid() {
  const buying = await newBuyer(world)
  const { razorpay_payment_id: paymentId } = await pay(world, buying.vendorOrderId)
  return { ...buying, paymentId, captured: await bodyOf('payment.captured', paymentId) }
}
const queuedRefunds = async (orderId: string) => {
  const { db } = world.services
  const rows = await db
    .select({ paymentId: refundRequests.paymentId, state: refundRequests.state })
    .from(refundRequests)
    .innerJoin(payments, eq(payments.id, refundRequests.paymentId))
    .where(eq(payments.orderId, orderId))
  return rows.filter(({ state }) => state === 'approved').map(({ paymentId }) => paymentId)
}

describe('what comes after a payment', () => {
  it('does not undo it: a late decline is not shown on a paid order', async () => {
    const { student, vendorOrderId, orderId } = await newBuyer(world)
    await pay(world, vendorOrderId, 'declined')
    const decline = await bodyOf('payment.failed', vendorOrderId)
    const { razorpay_payment_id: paymentId } = await pay(world, vendorOrderId)
    await deliver(await bodyOf('payment.captured', paymentId))
    await deliver(decline)
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'paid', paymentId, lastError: null })
    expect((await student.browser.get(`/purchases/${orderId}`)).html).not.toContain('did not go through')
  })

  it('leaves the course when it is the refund of a payment too many', async () => {
    const { student, offered, vendorOrderId, orderId, paymentId, captured } = await paid()
    const second = `${paymentId}two`
    await deliver(captured)
    await deliver(captured.replaceAll(paymentId, second))
    expect(await queuedRefunds(orderId)).toEqual([second])

    const other = await paid()
    const { id: refundId } = await refund(world, other.paymentId)
    const refunded = (await bodyOf('refund.processed', refundId))
      .replaceAll(other.paymentId, second)
      .replaceAll(other.vendorOrderId, vendorOrderId)
      .replaceAll(refundId, `${refundId}two`)
    await deliver(refunded)
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
    const pooled = behindPooler(world)
    const delivered = await db.transaction(async (tx) => {
      await tx.select().from(users).where(eq(users.id, student.id)).for('update')
      const both = [captured, captured.replaceAll(paymentId, second)].map((body) => deliver(body, pooled))
      await untilWaiting(world, 2)
      return { both: Promise.all(both) }
    })
    await delivered.both
    const order = await orderRow(world, orderId)
    expect(order.state).toBe('paid')
    expect(await purchasesOf(world, student)).toMatchObject([{ paymentId: order.paymentId, revokedAt: null }])
    expect(await queuedRefunds(orderId)).toEqual([order.paymentId === second ? paymentId : second])
    expect(await studentCount(world, offered)).toBe(1)
  })

  it.each([
    ['as it should be', (one: World) => one],
    ['behind a pooler', behindPooler],
  ])('a payment and the deletion of its account: the payment is refunded, %s', async (_, through) => {
    const line = through(world)
    const { student, orderId, paymentId, captured } = await paid()
    const { db } = world.services
    const deletion = await db.transaction(async (tx) => {
      await tx.select().from(sessions).where(eq(sessions.userId, student.id)).for('update')
      const left = student.browser.post('/account/delete', { email: student.email })
      await untilWaiting(world, 1)
      const settled = deliver(captured, line)
      await untilWaiting(world, 2)
      return { both: Promise.all([left, settled]) }
    })
    const [left] = await deletion.both
    expect(left).toMatchObject({ status: 303, location: '/' })
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'duplicate', paymentId })
    expect(await queuedRefunds(orderId)).toEqual([paymentId])
    expect(await purchasesOf(world, student)).toEqual([])
  })
})

describe('where a pooler loses every SET', () => {
  it('two halves that are refunded at once end access, always', async () => {
    const pooled = behindPooler(world)
    for (let round = 0; round < 6; round += 1) {
      const { student, offered, paymentId, captured } = await paid()
      await deliver(captured, pooled)
      const { db } = world.services
      const half = offered.pricePaise / 2
      const both = await db.transaction(async (tx) => {
        await tx.select().from(users).where(eq(users.id, student.id)).for('update')
        const told = [newRefundId(), newRefundId()].map((id) => {
          const refund = { id, payment_id: paymentId, amount: half, status: 'processed' }
          return tell(pooled, 'refund.processed', { refund })
        })
        await untilWaiting(world, 2)
        return { told: Promise.all(told) }
      })
      await both.told
      expect(await owns(world, student)).toBe(false)
      expect(await studentCount(world, offered)).toBe(0)
    }
  })

  it('ten who join one free course, and ten who join ten, all get in', async () => {
    const { services } = behindPooler(world)
    const join = async (offered: { id: string }[]) => {
      const students = await Promise.all(Array.from({ length: 10 }, () => person(world)))
      const joined = students.map(({ id }, n) =>
        joinCourse(services, id, offered[n % offered.length]?.id ?? ''),
      )
      await Promise.all(joined)
      for (const student of students) expect(await owns(world, student)).toBe(true)
    }
    for (let round = 0; round < 5; round += 1) {
      const offered = await course(world, { pricePaise: 0 })
      await join([offered])
      expect(await studentCount(world, offered)).toBe(10)
    }
    await join(await Promise.all(Array.from({ length: 10 }, () => course(world, { pricePaise: 0 }))))
  })
})

describe('many students', () => {
  it('join one free course at once, and everybody is counted', async () => {
    const offered = await course(world, { pricePaise: 0 })
    const students = await Promise.all(Array.from({ length: 40 }, () => person(world)))
    await Promise.all(students.map(({ id }) => joinCourse(world.services, id, offered.id)))
    expect(await studentCount(world, offered)).toBe(40)
  })

  it('pay for one course at once, and everybody is counted', async () => {
    const offered = await course(world)
    const students = await Promise.all(Array.from({ length: 40 }, () => person(world)))
    const paying = await Promise.all(students.map(({ id }) => openOrder(world.services, id, offered)))
    await Promise.all(
      paying.map((order) =>
        transact(world.services.db, (db) =>
          settlePayment(
            { ...world.services, db },
            {
              id: `pay_${order.id}`,
              vendorOrderId: order.vendorOrderId,
              state: 'captured',
              vendorStatus: 'captured',
              feePaise: null,
              taxPaise: null,
              createdAt: null,
              notes: {},
              amountPaise: order.amountPaise,
              refundedPaise: 0,
              currency: 'INR',
              error: null,
              method: 'upi',
            },
          ),
        ),
      ),
    )
    expect(await studentCount(world, offered)).toBe(40)
  })
})
