import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { mailsTo } from '../../../test/mailbox'
import { paymentRow, requestsOf, tell, toldPayment } from '../../../test/payment-events'
import {
  newBuyer,
  orderRow,
  owns,
  pay,
  paymentState,
  paymentWorld,
  purchasesOf,
  refund,
  studentCount,
} from '../../../test/payments'
import { give, person } from '../../../test/people'
import { auditEvents, orders } from '../../db/schema'
import { acceptPayment, returnPayment } from './held-payment'

const world = paymentWorld({ webhooks: 'off' })

const accept = (actor: { id: string }, paymentId: string) =>
  acceptPayment(world.services, actor.id, paymentId, 'The bank statement shows it.')
const sendBack = (actor: { id: string }, paymentId: string) =>
  returnPayment(world.services, actor.id, paymentId, 'Nobody knows what it is for.')
const auditOf = (paymentId: string) =>
  world.services.db
    .select({ actorId: auditEvents.actorId, action: auditEvents.action, reason: auditEvents.reason })
    .from(auditEvents)
    .where(and(eq(auditEvents.subjectType, 'payment'), eq(auditEvents.subjectId, paymentId)))

/** Too little was paid, and a person has to say what becomes of it. */
async function heldPayment() {
  const admin = await person(world, { role: 'admin' })
  const buyer = await newBuyer(world)
  const payment = toldPayment({ order_id: buyer.vendorOrderId, amount: 10_000 })
  await tell(world, 'payment.captured', { payment })
  return { ...buyer, admin, paymentId: payment.id }
}

/** Paid at the sandbox for an order that a restored backup does not have. */
async function lostOrder() {
  const admin = await person(world, { role: 'admin' })
  const buyer = await newBuyer(world)
  const { razorpay_payment_id: paymentId } = await pay(world, buyer.vendorOrderId)
  await world.services.db.delete(orders).where(eq(orders.id, buyer.orderId))
  const payment = (await paymentState(world)).payments.find(({ id }) => id === paymentId)
  expect(await tell(world, 'payment.captured', { payment })).toBe('held')
  return { ...buyer, admin, paymentId }
}

describe('a held payment', () => {
  it('is accepted: the course opens, a receipt is mailed, and it is on record who decided', async () => {
    const { admin, student, offered, orderId, paymentId } = await heldPayment()
    expect(await accept(admin, paymentId)).toBe('granted')
    expect(await accept(admin, paymentId)).toBe('not held')
    expect(await sendBack(admin, paymentId)).toBe('not held')
    expect(await purchasesOf(world, student)).toMatchObject([
      { orderId, paymentId, source: 'bought', revokedAt: null },
    ])
    expect(await studentCount(world, offered)).toBe(1)
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'paid', paymentId })
    expect(await auditOf(paymentId)).toEqual([
      { actorId: admin.id, action: 'accept-payment', reason: 'The bank statement shows it.' },
    ])
    await world.runJobs()
    expect((await mailsTo(world, student)).map(({ subject }) => subject)).toEqual([
      `Receipt: ${offered.title}`,
    ])
  })

  it('is sent back whole, once, and its order is closed', async () => {
    const { admin, student, orderId, paymentId } = await heldPayment()
    expect(await sendBack(admin, paymentId)).toBe('returning')
    expect(await sendBack(admin, paymentId)).toBe('not held')
    expect(await accept(admin, paymentId)).toBe('not held')
    expect(await requestsOf(world, paymentId)).toMatchObject([
      { amountPaise: 10_000, requestedBy: admin.id, decidedBy: admin.id, state: 'approved' },
    ])
    expect(await owns(world, student)).toBe(false)
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'duplicate' })
    expect(await auditOf(paymentId)).toMatchObject([{ action: 'return-payment' }])
  })

  it('gives no second course to who has it already', async () => {
    const { admin, student, offered, paymentId } = await heldPayment()
    await give(world, student, offered)
    expect(await accept(admin, paymentId)).toEqual({ refused: 'owned' })
    expect(await paymentRow(world, paymentId)).toMatchObject({ outcome: 'held' })
  })

  it('that was refunded at the payment service is returned, and takes no decision any more', async () => {
    const { admin, paymentId } = await lostOrder()
    const { id } = await refund(world, paymentId)
    const told = { id, payment_id: paymentId, amount: 49_900, status: 'processed' }
    await tell(world, 'refund.processed', { refund: told })
    expect(await paymentRow(world, paymentId)).toMatchObject({ outcome: 'returned' })
    expect(await accept(admin, paymentId)).toBe('not held')
  })

  it('of nobody’s knowledge is not found', async () => {
    const admin = await person(world, { role: 'admin' })
    await expect(accept(admin, 'pay_nothing')).rejects.toMatchObject({ code: 'not_found' })
    await expect(sendBack(admin, 'pay_nothing')).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a payment whose order was lost', () => {
  it('is accepted: the order is rebuilt from the notes that the payment service kept', async () => {
    const { admin, student, offered, orderId, vendorOrderId, paymentId } = await lostOrder()
    expect(await accept(admin, paymentId)).toBe('granted')
    expect(await orderRow(world, orderId)).toMatchObject({
      userId: student.id,
      courseId: offered.id,
      vendorOrderId,
      amountPaise: 49_900,
      state: 'paid',
      paymentId,
    })
    expect(await owns(world, student)).toBe(true)
    expect(await studentCount(world, offered)).toBe(1)
    expect(await paymentRow(world, paymentId)).toMatchObject({ outcome: 'granted', orderId })
  })

  it('is held as before when the payment service has no order, or no notes of ours', async () => {
    const admin = await person(world, { role: 'admin' })
    const payment = toldPayment({ order_id: 'order_Unknown123456', amount: 49_900 })
    await tell(world, 'payment.captured', { payment })
    expect(await accept(admin, payment.id)).toEqual({ refused: 'no order' })
    const without = toldPayment({ order_id: null, amount: 49_900 })
    await tell(world, 'payment.captured', { payment: without })
    expect(await accept(admin, without.id)).toEqual({ refused: 'no order' })
    expect(await sendBack(admin, without.id)).toBe('returning')
  })
})
