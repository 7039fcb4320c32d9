import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { mailsTo } from '../../../test/mailbox'
import {
  newRefundId,
  paidOrder,
  paymentRow,
  requestsOf,
  tell,
  toldPayment,
} from '../../../test/payment-events'
import { newBuyer, orderRow, owns, pay, paymentWorld, purchasesOf } from '../../../test/payments'
import { person } from '../../../test/people'
import { courses } from '../../db/schema'
import { daySeconds } from '../../rules/time'

// Each payment is told of by these tests; the sandbox has heard of its order alone.
const world = paymentWorld({ webhooks: 'off' })
const seconds = (date: Date) => Math.floor(date.getTime() / 1000)

describe('a payment of another amount than its order', () => {
  it.each([
    ['an offer made it smaller', { amount: 44_910, offer_id: 'offer_A' }],
    ['the buyer bears the fee', { amount: 51_078 }],
    ['it was made in another currency', { amount: 599, currency: 'USD', base_amount: 49_900 }],
  ])('grants the course when the order is paid: %s', async (_, change) => {
    const { student, vendorOrderId, orderId } = await newBuyer(world)
    const payment = toldPayment({ order_id: vendorOrderId, ...change })
    const order = paidOrder(vendorOrderId, 49_900)
    expect(await tell(world, 'order.paid', { payment, order })).toBe('granted')
    expect(await owns(world, student)).toBe(true)
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'paid', paymentId: payment.id })
    expect(await paymentRow(world, payment.id)).toMatchObject({
      outcome: 'granted',
      orderId,
      amountPaise: change.amount,
      feePaise: 1_178,
      taxPaise: 180,
      method: 'upi',
      vendorStatus: 'captured',
      paidAt: new Date(payment.created_at * 1000),
    })
    // An event without the order, which may come late, changes nothing.
    expect(await tell(world, 'payment.captured', { payment })).toBe('already settled')
  })

  it('told without its order is held until the payment service was asked, and then granted', async () => {
    const { student, vendorOrderId } = await newBuyer(world)
    await pay(world, vendorOrderId)
    const payment = toldPayment({ order_id: vendorOrderId, amount: 44_910 })
    expect(await tell(world, 'payment.captured', { payment })).toBe('another amount, order sync queued')
    expect(await paymentRow(world, payment.id)).toMatchObject({ outcome: 'held' })
    expect(await owns(world, student)).toBe(false)
    const order = paidOrder(vendorOrderId, 49_900)
    expect(await tell(world, 'order.paid', { payment, order })).toBe('granted')
    expect(await owns(world, student)).toBe(true)
  })

  it('is held for a person, who is told at once, when the order is not paid by it', async () => {
    const admin = await person(world, { role: 'admin' })
    const { student, vendorOrderId, orderId } = await newBuyer(world)
    const payment = toldPayment({ order_id: vendorOrderId, amount: 10_000 })
    const order = { ...paidOrder(vendorOrderId, 49_900), status: 'attempted', amount_due: 39_900 }
    expect(await tell(world, 'order.paid', { payment, order })).toBe('held')
    const reason = '₹100 paid for an order of ₹499, and Razorpay does not report the order as paid.'
    expect(await paymentRow(world, payment.id)).toMatchObject({
      ...{ outcome: 'held', heldFor: 'decision', heldReason: reason },
    })
    expect(await owns(world, student)).toBe(false)
    await tell(world, 'payment.captured', { payment })
    await world.runJobs()
    const mails = await mailsTo(world, admin)
    expect(mails.map(({ subject }) => subject)).toEqual(['A payment needs you: ₹100'])
    expect(mails[0]?.text).toContain(reason)
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'open', paymentId: null })
    world.advance(6 * daySeconds)
    await world.runJobs()
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'open' })
  })

  it('is refunded in full by its own amount, not its order’s', async () => {
    const { student, vendorOrderId } = await newBuyer(world)
    const payment = toldPayment({ order_id: vendorOrderId, amount: 44_910 })
    await tell(world, 'order.paid', { payment, order: paidOrder(vendorOrderId, 49_900) })
    const refund = { id: `rfnd_${payment.id.slice(4)}`, payment_id: payment.id, amount: 44_909 }
    await tell(world, 'refund.processed', { refund: { ...refund, status: 'processed' } })
    expect(await owns(world, student)).toBe(true)
    const rest = { ...refund, id: `${refund.id}b`, amount: 1, status: 'processed' }
    await tell(world, 'refund.processed', { refund: rest })
    expect(await owns(world, student)).toBe(false)
    expect(await paymentRow(world, payment.id)).toMatchObject({ outcome: 'returned' })
  })
})

describe('a payment', () => {
  it.each([
    ['an order that is not known here', 'order_unknown'],
    ['no order at all', null],
  ])('of %s is held', async (_, order_id) => {
    const payment = toldPayment({ order_id, amount: 49_900, notes: { order: 'lost' } })
    expect(await tell(world, 'payment.captured', { payment })).toBe('held')
    expect(await tell(world, 'payment.captured', { payment })).toBe('held')
    expect(await paymentRow(world, payment.id)).toMatchObject({
      outcome: 'held',
      orderId: null,
      ...{ heldFor: 'decision', heldReason: 'It belongs to no order known here.' },
    })
  })

  it('is kept with its decline, and counts when it is confirmed later', async () => {
    const { student, vendorOrderId, orderId } = await newBuyer(world)
    const failed = toldPayment({
      order_id: vendorOrderId,
      amount: 49_900,
      status: 'failed',
      error_description: 'The bank said no',
    })
    await tell(world, 'payment.failed', { payment: failed })
    expect(await paymentRow(world, failed.id)).toMatchObject({
      vendorStatus: 'failed',
      outcome: null,
      error: 'The bank said no',
      orderId,
    })
    await tell(world, 'payment.captured', { payment: { ...failed, status: 'captured' } })
    expect(await owns(world, student)).toBe(true)
    await tell(world, 'payment.failed', { payment: failed })
    expect(await paymentRow(world, failed.id)).toMatchObject({ vendorStatus: 'captured', outcome: 'granted' })
  })

  it('that was never captured and went back by itself opens nothing and is no sale', async () => {
    const { student, vendorOrderId, orderId } = await newBuyer(world)
    const payment = toldPayment({
      order_id: vendorOrderId,
      amount: 49_900,
      status: 'refunded',
      captured: false,
      amount_refunded: 49_900,
    })
    const refund = { id: newRefundId(), payment_id: payment.id, amount: 49_900, status: 'processed' }
    await tell(world, 'refund.processed', { payment, refund })
    expect(await paymentRow(world, payment.id)).toMatchObject({
      vendorStatus: 'auto_refunded',
      outcome: null,
    })
    expect(await purchasesOf(world, student)).toEqual([])
    const order = await orderRow(world, orderId)
    expect(order).toMatchObject({ state: 'open', paymentId: null })
    expect(order.lastError).toContain('went back')
  })

  it('in a status that nobody knows is kept without an outcome', async () => {
    const { vendorOrderId } = await newBuyer(world)
    const payment = toldPayment({ order_id: vendorOrderId, amount: 49_900, status: 'pénding'.repeat(9) })
    await tell(world, 'payment.pending', { payment })
    expect((await paymentRow(world, payment.id))?.outcome).toBeNull()
  })
})

describe('a price that has risen since', () => {
  async function latePayment(change: Partial<typeof courses.$inferInsert>, days: number) {
    const buyer = await newBuyer(world)
    await world.services.db.update(courses).set(change).where(eq(courses.id, buyer.offered.id))
    const { createdAt } = await orderRow(world, buyer.orderId)
    const payment = toldPayment({
      order_id: buyer.vendorOrderId,
      amount: 49_900,
      created_at: seconds(createdAt) + days * daySeconds + 60,
    })
    world.advance(300 * daySeconds)
    return { ...buyer, payment, outcome: await tell(world, 'payment.captured', { payment }) }
  }

  it('does not matter for who paid within five days, however late we hear of it', async () => {
    const { student, outcome } = await latePayment({ pricePaise: 500_000 }, 4)
    expect(outcome).toBe('granted')
    expect(await owns(world, student)).toBe(true)
  })

  it.each([{ pricePaise: 50_000 }, { isPublished: false }])(
    'sends a later payment back: %o',
    async (change) => {
      const { student, payment, outcome, orderId } = await latePayment(change, 5)
      expect(outcome).toBe('returning')
      expect(await purchasesOf(world, student)).toEqual([])
      expect(await requestsOf(world, payment.id)).toMatchObject([{ state: 'approved', amountPaise: 49_900 }])
      expect(await orderRow(world, orderId)).toMatchObject({ state: 'duplicate', paymentId: payment.id })
    },
  )

  it('sends nothing back when the price of today is not higher', async () => {
    const { student } = await latePayment({ pricePaise: 49_900 }, 30)
    expect(await owns(world, student)).toBe(true)
  })
})
