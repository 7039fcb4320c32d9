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
import { until } from '../../../test/until'
import { courses, refundRequests, refunds } from '../../db/schema'
import { daySeconds, hourSeconds } from '../../rules/time'

const world = paymentWorld()

/** Somebody who joined for free while their order was still open, so that paying it is too much. */
async function ownerWithOrder() {
  const buyer = await newBuyer(world, { pricePaise: 50_000 })
  await world.services.db.update(courses).set({ pricePaise: 0 }).where(eq(courses.id, buyer.offered.id))
  await buyer.student.browser.post(`/courses/${buyer.offered.slug}/purchase`)
  return buyer
}
const requestStates = async (paymentId: string) =>
  (await world.services.db.select().from(refundRequests).where(eq(refundRequests.paymentId, paymentId)))
    .map(({ state }) => state)
    .sort()
const refundsOf = async (paymentId: string) =>
  (await paymentState(world)).refunds.filter((one) => one.payment_id === paymentId)
const untilDelivered = (type: string, id: string) =>
  until(async () =>
    (await paymentState(world)).deliveries.some(
      (one) => one.type === type && one.status === 'delivered' && one.body.includes(id),
    ),
  )

describe('a payment too many', () => {
  it('is refunded by itself, and the page and an email say so', async () => {
    const { student, offered, ...first } = await newBuyer(world, { pricePaise: 50_000 })
    await world.services.db.update(courses).set({ pricePaise: 40_000 }).where(eq(courses.id, offered.id))
    const second = await openCheckout(student, offered)
    await pay(world, first.vendorOrderId)
    await until(() => owns(world, student))
    const { razorpay_payment_id: paymentId } = await pay(world, second.vendorOrderId)
    await until(async () => (await orderRow(world, second.orderId)).state === 'duplicate')
    await world.runJobs()
    expect(await refundsOf(paymentId)).toMatchObject([{ amount: 40_000 }])
    expect(await owns(world, student)).toBe(true)
    expect(await studentCount(world, offered)).toBe(1)
    const page = await student.browser.get(`/purchases/${second.orderId}`)
    expect(page.html).toContain('You already own this course')
    await world.runJobs()
    const email = (await mailsTo(world, student)).find(({ subject }) => subject.startsWith('Refund:'))
    expect(email?.text).toContain('₹400')
  })

  it('is refunded once the payment service answers again', async () => {
    const { vendorOrderId, orderId } = await ownerWithOrder()
    const { razorpay_payment_id: paymentId } = await pay(world, vendorOrderId)
    await until(async () => (await orderRow(world, orderId)).state === 'duplicate')
    await world.settings('razorpay', { down: true })
    await world.runJobs()
    await world.settings('razorpay', { down: false })
    world.advance(15)
    await world.runJobs()
    expect(await refundsOf(paymentId)).toHaveLength(1)
  })

  it('is refunded again a day later when the first refund fails', async () => {
    const { vendorOrderId, orderId } = await ownerWithOrder()
    await world.settings('razorpay', { refunds: 'failed' })
    const { razorpay_payment_id: paymentId } = await pay(world, vendorOrderId)
    await until(async () => (await orderRow(world, orderId)).state === 'duplicate')
    const states = async () => (await refundsOf(paymentId)).map(({ status }) => status).sort()
    await world.runJobs()
    await untilDelivered('refund.failed', vendorOrderId)
    await world.runJobs()
    expect(await states()).toEqual(['failed'])
    await world.settings('razorpay', { refunds: 'processed' })
    world.advance(86_401)
    await world.runJobs()
    expect(await states()).toEqual(['failed', 'processed'])
    world.advance(86_401)
    await world.runJobs()
    expect(await states()).toHaveLength(2)
  })

  it('is checked until the money is back, also when the webhooks are lost', async () => {
    const { student, vendorOrderId, orderId } = await ownerWithOrder()
    await world.settings('razorpay', { refunds: 'failed', webhooks: 'off' })
    await pay(world, vendorOrderId)
    await student.browser.post('/purchases/recovery', { reference: orderId })
    const states = async () =>
      (await world.services.db.select().from(refunds).where(eq(refunds.orderId, orderId)))
        .map(({ state }) => state)
        .sort()
    await world.runJobs()
    expect(await states()).toEqual(['pending'])
    await world.settings('razorpay', { refunds: 'processed' })
    world.advance(6 * hourSeconds + 1)
    await world.runJobs()
    expect(await states()).toEqual(['failed'])
    world.advance(daySeconds + 1)
    await world.runJobs()
    expect(await states()).toEqual(['failed', 'processed'])
  })

  it('is refunded to the last paisa when a part is refunded already', async () => {
    const { vendorOrderId, orderId, offered } = await ownerWithOrder()
    const { razorpay_payment_id: paymentId } = await pay(world, vendorOrderId)
    await until(async () => (await orderRow(world, orderId)).state === 'duplicate')
    await world.settings('razorpay', { webhooks: 'off' })
    await refund(world, paymentId, 10_000)
    await world.runJobs()
    const amounts = (await refundsOf(paymentId)).map(({ amount }) => amount).sort()
    expect(amounts).toEqual([10_000, offered.pricePaise - 10_000])
    expect(await requestStates(paymentId)).toEqual(['closed', 'sent'])
  })
})

describe('refunds', () => {
  async function newOwner() {
    const buyer = await newBuyer(world)
    const { razorpay_payment_id: paymentId } = await pay(world, buyer.vendorOrderId)
    await until(() => owns(world, buyer.student))
    return { ...buyer, paymentId }
  }

  it('end access when the money is back, and only then', async () => {
    await world.settings('razorpay', { refunds: 'pending' })
    const { student, offered, orderId, paymentId } = await newOwner()
    const { id } = await refund(world, paymentId)
    await until(async () => (await student.browser.get(`/purchases/${orderId}`)).html.includes('You are in'))
    expect(await owns(world, student)).toBe(true)
    await settleRefund(world, id, 'processed')
    await until(async () => !(await owns(world, student)))
    expect(await studentCount(world, offered)).toBe(0)
    expect((await student.browser.get(`/purchases/${orderId}`)).html).toContain('This purchase was refunded')
  })

  it('that fail after all restore access, and stay failed whatever comes late', async () => {
    const { student, offered, paymentId } = await newOwner()
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

  it('of a part leave access', async () => {
    const { student, paymentId } = await newOwner()
    const { id } = await refund(world, paymentId, 10_000)
    await untilDelivered('refund.processed', id)
    expect(await owns(world, student)).toBe(true)
    await world.runJobs()
    // It was told of twice, as made and as processed.
    const told = (await mailsTo(world, student)).filter(({ subject }) => subject.startsWith('Refund:'))
    expect(told).toHaveLength(1)
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

  it('let the student buy again', async () => {
    const { student, offered, paymentId } = await newOwner()
    await refund(world, paymentId)
    await until(async () => !(await owns(world, student)))
    const again = await openCheckout(student, offered)
    await pay(world, again.vendorOrderId)
    await until(() => owns(world, student))
    expect(await purchasesOf(world, student)).toMatchObject([{ orderId: again.orderId }])
  })
})
