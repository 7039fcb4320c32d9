import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { paymentRow, requestsOf, tell, toldPayment } from '../../../test/payment-events'
import {
  newBuyer,
  openCheckout,
  orderRow,
  owns,
  pay,
  paymentState,
  paymentWorld,
  refund,
  studentCount,
} from '../../../test/payments'
import { give } from '../../../test/people'
import { jobs, purchases, refundRequests } from '../../db/schema'
import type { Dispute } from '../../ports/payments/payments'
import { daySeconds, hourSeconds, later } from '../../rules/time'
import { required } from '../../services'
import { findReconciliation, nightlySince, queueReconciliation, reconcileMoney } from './reconciliation'

const world = paymentWorld({ webhooks: 'off' })
const yesterday = () => later(new Date(), -daySeconds)
const run = (isListed = false) => reconcileMoney(world.services, yesterday(), isListed)
const about = (lines: string[], id: string) => lines.filter((line) => line.includes(id))

async function paid() {
  const buyer = await newBuyer(world)
  const { razorpay_payment_id: paymentId } = await pay(world, buyer.vendorOrderId)
  return { ...buyer, paymentId }
}
async function owner() {
  const buyer = await paid()
  await buyer.student.browser.post('/purchases/recovery', { reference: buyer.orderId })
  expect(await owns(world, buyer.student)).toBe(true)
  return buyer
}

describe('what the payment service has and we have not heard of', () => {
  it('is a payment: it is recorded, once', async () => {
    const { student, paymentId } = await paid()
    const first = await run()
    expect(about(first.recorded, paymentId)).toEqual([
      `Payment ${paymentId} of ₹499 is captured at Razorpay and not known here.`,
    ])
    expect(await owns(world, student)).toBe(true)
    const second = await run()
    expect(about([...second.recorded, ...second.problems], paymentId)).toEqual([])
    expect(second.checked.payments).toBeGreaterThan(0)
  })

  it('is only told of when nothing may change', async () => {
    const { student, paymentId } = await paid()
    const before = await findReconciliation(world.services)
    expect(about((await run(true)).problems, paymentId)).toHaveLength(1)
    expect(await owns(world, student)).toBe(false)
    expect(await findReconciliation(world.services)).toEqual(before)
  })

  it('is a refund, whenever it was made', async () => {
    const { student, offered, paymentId } = await owner()
    const { id } = await refund(world, paymentId, 10_000)
    expect(about((await run()).recorded, id)).toEqual([
      `Refund ${id} of payment ${paymentId} is processed at Razorpay and not known here.`,
    ])
    expect(await owns(world, student)).toBe(true)
    await refund(world, paymentId)
    expect(about((await run()).recorded, paymentId)).toHaveLength(1)
    expect(await owns(world, student)).toBe(false)
    expect(await studentCount(world, offered)).toBe(0)
  })

  it('is how a refund ended that took the bank weeks', async () => {
    await world.settings('razorpay', { refunds: 'pending' })
    const { student, paymentId } = await owner()
    const { id } = await refund(world, paymentId)
    await run()
    expect(await owns(world, student)).toBe(true)
    await fetch(`${world.sandbox.origin}/razorpay/refunds/${id}/settle`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ state: 'processed' }),
    })
    const longAfter = later(new Date(), hourSeconds)
    const { recorded } = await reconcileMoney(world.services, longAfter)
    expect(about(recorded, id)).toHaveLength(1)
    expect(await owns(world, student)).toBe(false)
  })

  it('is a dispute', async () => {
    const { student, paymentId } = await owner()
    const vendor = required(world.services.payments, 'Buying')
    const dispute: Dispute = {
      id: `disp_${paymentId.slice(4)}`,
      paymentId,
      amountPaise: 49_900,
      deductedPaise: 49_900,
      currency: 'INR',
      reasonCode: null,
      phase: 'chargeback',
      status: 'lost',
      respondBy: null,
      createdAt: new Date(),
    }
    async function* listDisputes() {
      yield dispute
    }
    const services = { ...world.services, payments: { ...vendor, listDisputes } }
    const { recorded, checked } = await reconcileMoney(services, yesterday())
    expect(about(recorded, dispute.id)).toHaveLength(1)
    expect(checked.disputes).toBe(1)
    expect(await owns(world, student)).toBe(false)
  })
})

describe('what we have and the payment service has not', () => {
  it('is a problem for a person', async () => {
    const { vendorOrderId } = await newBuyer(world)
    const payment = toldPayment({ order_id: vendorOrderId, amount: 49_900 })
    await tell(world, 'payment.captured', { payment })
    // What was told of just now may not be listed yet.
    expect(about((await run()).problems, payment.id)).toEqual([])
    world.advance(2 * hourSeconds)
    expect(about((await run()).problems, payment.id)).toEqual([
      `Payment ${payment.id} of ₹499 is captured here and is not known at Razorpay.`,
    ])
  })
})

describe('each payment has its end', () => {
  it('also where the request for its refund was lost', async () => {
    const { student, offered } = await newBuyer(world)
    const { vendorOrderId, orderId } = await openCheckout(student, offered)
    await give(world, student, offered)
    const { razorpay_payment_id: paymentId } = await pay(world, vendorOrderId)
    await run()
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'duplicate' })
    await world.services.db.delete(refundRequests).where(eq(refundRequests.paymentId, paymentId))
    const { recorded } = await run()
    expect(about(recorded, paymentId)).toHaveLength(1)
    await world.runJobs()
    expect(await requestsOf(world, paymentId)).toMatchObject([{ state: 'sent', amountPaise: 49_900 }])
    expect(await paymentRow(world, paymentId)).toMatchObject({ outcome: 'returned' })
  })

  it('and access is what the money says, both ways', async () => {
    const [open, closed] = [await owner(), await owner()]
    await refund(world, open.paymentId)
    await run()
    const set = (student: { id: string }, revokedAt: Date | null) =>
      world.services.db.update(purchases).set({ revokedAt }).where(eq(purchases.userId, student.id))
    await set(open.student, null)
    await set(closed.student, new Date())
    const { recorded } = await run()
    expect(about(recorded, open.paymentId)).toHaveLength(1)
    expect(about(recorded, closed.paymentId)).toHaveLength(1)
    expect([await owns(world, open.student), await owns(world, closed.student)]).toEqual([false, true])
  })

  it('or a person hears that a granted one has no course', async () => {
    const { student, paymentId } = await owner()
    await world.services.db.delete(purchases).where(eq(purchases.userId, student.id))
    expect(about((await run()).problems, paymentId)).toEqual([
      `Payment ${paymentId} is granted, and its buyer does not have the course.`,
    ])
  })

  it('or a person hears that a refund is not made for a day', async () => {
    const { paymentId } = await owner()
    const now = world.services.now()
    await world.services.db.insert(refundRequests).values({
      id: crypto.randomUUID(),
      paymentId,
      amountPaise: 10_000,
      reason: 'Test',
      state: 'approved',
      answer: 'Your account does not have enough balance.',
      createdAt: later(now, -daySeconds),
    })
    expect(about((await run()).problems, paymentId)).toEqual([
      `The refund of ₹100 of payment ${paymentId} is not made: Your account does not have enough balance.`,
    ])
  })
})

describe('every night', () => {
  it('it runs, keeps its result and comes again; an outage only makes it later', async () => {
    const { db, now } = world.services
    const { student } = await paid()
    await queueReconciliation(world.services, now())
    await queueReconciliation(world.services, later(now(), hourSeconds))
    const waiting = () => db.select().from(jobs).where(eq(jobs.kind, 'reconcile-payments'))
    const before = await findReconciliation(world.services)
    await world.settings('razorpay', { down: true })
    await world.runJobs()
    expect(await findReconciliation(world.services)).toEqual(before)
    await world.settings('razorpay', { down: false })
    world.advance(60)
    await world.runJobs()
    expect(await owns(world, student)).toBe(true)
    const last = await findReconciliation(world.services)
    expect(last?.at.getTime()).toBeGreaterThan(before?.at.getTime() ?? 0)
    const [next, ...others] = await waiting()
    expect(others).toEqual([])
    expect(next?.runAt.toISOString()).toMatch(/T22:00:00/)
    expect((await paymentState(world)).payments.length).toBeLessThanOrEqual(last?.checked.payments ?? 0)
  })

  it('it looks a week back, and over every night that was missed', async () => {
    const last = await findReconciliation(world.services)
    const since = async () => (await nightlySince(world.services)).getTime()
    const week = later(world.services.now(), -7 * daySeconds).getTime()
    expect((await since()) - week).toBeLessThan(1_000)
    world.advance(30 * daySeconds)
    expect(await since()).toBe(later(last?.at ?? new Date(), -daySeconds).getTime())
  })
})
