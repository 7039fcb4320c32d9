import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { mailsTo } from '../../../test/mailbox'
import {
  newBuyer,
  openCheckout,
  orderRow,
  owns,
  pay,
  paymentState,
  paymentWorld,
  postWebhook,
  purchasesOf,
  refund,
  resend,
  settleRefund,
  studentCount,
} from '../../../test/payments'
import type { Course, Person } from '../../../test/people'
import { until } from '../../../test/until'
import { courses, refunds } from '../../db/schema'

const world = paymentWorld()

describe('too much paid', () => {
  it('a second order for an owned course is refunded by itself and said so', async () => {
    const first = await newBuyer(world, { pricePaise: 50_000 })
    await world.services.db
      .update(courses)
      .set({ pricePaise: 40_000 })
      .where(eq(courses.id, first.offered.id))
    const second = await openCheckout(first.student, first.offered)
    await pay(world, first.vendorOrderId)
    await until(() => owns(world, first.student))
    const receipt = await pay(world, second.vendorOrderId)
    await until(async () => (await orderRow(world, second.orderId)).state === 'duplicate')
    await world.runJobs()
    const { refunds } = await paymentState(world)
    expect(refunds.filter((one) => one.payment_id === receipt.razorpay_payment_id)).toMatchObject([
      { amount: 40_000 },
    ])
    expect(await owns(world, first.student)).toBe(true)
    expect(await studentCount(world, first.offered)).toBe(1)
    const page = await first.student.browser.get(`/purchases/${second.orderId}`)
    expect(page.html).toContain('You already own this course')
    await world.runJobs()
    const email = (await mailsTo(world, first.student)).find((mail) => mail.subject.startsWith('Refund:'))
    expect(email?.text).toContain('you owned it already, so ₹400 goes back to you')
  })

  it('is given back once the bank answers again', async () => {
    const first = await newBuyer(world, { pricePaise: 50_000 })
    await world.services.db.update(courses).set({ pricePaise: 0 }).where(eq(courses.id, first.offered.id))
    await first.student.browser.post(`/courses/${first.offered.slug}/purchase`)
    const receipt = await pay(world, first.vendorOrderId)
    await until(async () => (await orderRow(world, first.orderId)).state === 'duplicate')
    await world.settings('razorpay', { down: true })
    await world.runJobs()
    await world.settings('razorpay', { down: false })
    world.advance(15)
    await world.runJobs()
    const { refunds } = await paymentState(world)
    expect(refunds.filter((one) => one.payment_id === receipt.razorpay_payment_id)).toHaveLength(1)
  })

  it('is given back a day later when the bank’s first refund fails', async () => {
    const first = await newBuyer(world, { pricePaise: 50_000 })
    await world.services.db.update(courses).set({ pricePaise: 0 }).where(eq(courses.id, first.offered.id))
    await first.student.browser.post(`/courses/${first.offered.slug}/purchase`)
    await world.settings('razorpay', { refunds: 'failed' })
    const receipt = await pay(world, first.vendorOrderId)
    await until(async () => (await orderRow(world, first.orderId)).state === 'duplicate')
    const given = async () =>
      (await paymentState(world)).refunds
        .filter((one) => one.payment_id === receipt.razorpay_payment_id)
        .map(({ status }) => status)
        .sort()
    await world.runJobs()
    await until(async () =>
      (await paymentState(world)).deliveries.some(
        (one) =>
          one.type === 'refund.failed' &&
          one.status === 'delivered' &&
          one.body.includes(first.vendorOrderId),
      ),
    )
    await world.runJobs()
    expect(await given()).toEqual(['failed'])
    await world.settings('razorpay', { refunds: 'processed' })
    world.advance(86_401)
    await world.runJobs()
    expect(await given()).toEqual(['failed', 'processed'])
    world.advance(86_401)
    await world.runJobs()
    expect(await given()).toHaveLength(2)
  })

  it('is looked after until it is back, also when the bank’s word is lost', async () => {
    const first = await newBuyer(world, { pricePaise: 50_000 })
    await world.services.db.update(courses).set({ pricePaise: 0 }).where(eq(courses.id, first.offered.id))
    await first.student.browser.post(`/courses/${first.offered.slug}/purchase`)
    await world.settings('razorpay', { refunds: 'failed', webhooks: 'off' })
    await pay(world, first.vendorOrderId)
    await first.student.browser.post('/purchases/recovery', { reference: first.orderId })
    const known = async () =>
      (await world.services.db.select().from(refunds).where(eq(refunds.orderId, first.orderId)))
        .map(({ state }) => state)
        .sort()
    await world.runJobs()
    expect(await known()).toEqual(['pending'])
    await world.settings('razorpay', { refunds: 'processed' })
    world.advance(6 * 3600 + 1)
    await world.runJobs()
    expect(await known()).toEqual(['failed', 'processed'])
  })
})

describe('refunds', () => {
  async function bought(): Promise<{ student: Person; offered: Course; orderId: string; paymentId: string }> {
    const buying = await newBuyer(world)
    const receipt = await pay(world, buying.vendorOrderId)
    await until(() => owns(world, buying.student))
    return { ...buying, paymentId: receipt.razorpay_payment_id }
  }

  it('take access when the money has gone back, and only then', async () => {
    await world.settings('razorpay', { refunds: 'pending' })
    const { student, offered, orderId, paymentId } = await bought()
    const { id } = await refund(world, paymentId)
    await until(async () => (await student.browser.get(`/purchases/${orderId}`)).html.includes('You are in'))
    expect(await owns(world, student)).toBe(true)
    await settleRefund(world, id, 'processed')
    await until(async () => !(await owns(world, student)))
    expect(await studentCount(world, offered)).toBe(0)
    expect((await student.browser.get(`/purchases/${orderId}`)).html).toContain('This purchase was refunded')
  })

  it('that fail after all restore it, and stay failed whatever comes late', async () => {
    const { student, offered, paymentId } = await bought()
    const { id } = await refund(world, paymentId)
    await until(async () => !(await owns(world, student)))
    const processed = await until(async () =>
      (await paymentState(world)).deliveries.find(
        (one) => one.type === 'refund.processed' && one.body.includes(id),
      ),
    )
    const failed = processed.body
      .replace('"refund.processed"', '"refund.failed"')
      .replaceAll('"status":"processed"', '"status":"failed"')
    expect((await postWebhook(world, failed)).status).toBe(200)
    expect(await owns(world, student)).toBe(true)
    expect(await studentCount(world, offered)).toBe(1)
    expect((await postWebhook(world, processed.body)).status).toBe(200)
    expect(await owns(world, student)).toBe(true)
  })

  it('whose webhooks were lost are found by asking the bank', async () => {
    const { student, paymentId } = await bought()
    await world.settings('razorpay', { webhooks: 'off' })
    await refund(world, paymentId)
    await world.runJobs()
    expect(await owns(world, student)).toBe(true)
    world.advance(86_401)
    await world.runJobs()
    expect(await owns(world, student)).toBe(false)
  })

  it('of a part leave the course', async () => {
    const { student, paymentId } = await bought()
    const { id } = await refund(world, paymentId, 10_000)
    await until(async () =>
      (await paymentState(world)).deliveries.some(
        (one) => one.type === 'refund.processed' && one.body.includes(id) && one.status === 'delivered',
      ),
    )
    expect(await owns(world, student)).toBe(true)
  })

  it('known before the payment is known end in the same place', async () => {
    const { student, vendorOrderId, orderId } = await newBuyer(world)
    await world.settings('razorpay', { webhooks: 'off' })
    const receipt = await pay(world, vendorOrderId)
    await refund(world, receipt.razorpay_payment_id)
    const { deliveries } = await paymentState(world)
    const ours = deliveries.filter((one) => one.body.includes(receipt.razorpay_payment_id))
    await world.settings('razorpay', { webhooks: 'on' })
    const inReverse = [...ours].sort((one, other) => (one.type < other.type ? 1 : -1))
    for (const delivery of inReverse) await resend(world, delivery.id)
    await until(async () => (await orderRow(world, orderId)).state === 'paid')
    expect(await owns(world, student)).toBe(false)
  })

  it('leave the way open to buy again', async () => {
    const { student, offered, paymentId } = await bought()
    await refund(world, paymentId)
    await until(async () => !(await owns(world, student)))
    const again = await openCheckout(student, offered)
    await pay(world, again.vendorOrderId)
    await until(() => owns(world, student))
    expect(await purchasesOf(world, student)).toMatchObject([{ orderId: again.orderId }])
  })
})
