import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { mailsTo } from '../../../test/mailbox'
import { paymentRow, tell } from '../../../test/payment-events'
import { newBuyer, orderRow, owns, pay, paymentState, paymentWorld } from '../../../test/payments'
import { orders } from '../../db/schema'
import { newId } from '../../ids'
import { daySeconds, later } from '../../rules/time'
import { required } from '../../services'
import { reconcileMoney } from './reconciliation'

const world = paymentWorld({ webhooks: 'off' })
const run = (isListed = false) => reconcileMoney(world.services, later(new Date(), -daySeconds), isListed)
const about = (lines: string[], id: string) => lines.filter((line) => line.includes(id))

async function paid() {
  const buyer = await newBuyer(world)
  const { razorpay_payment_id: paymentId } = await pay(world, buyer.vendorOrderId)
  return { ...buyer, paymentId }
}

describe('what the comparison finds after a restore', () => {
  it('is a payment of an order that a backup does not have: the order is rebuilt', async () => {
    const { student, offered, orderId, vendorOrderId, paymentId } = await paid()
    await world.services.db.delete(orders).where(eq(orders.id, orderId))
    expect(about((await run(true)).problems, paymentId)).toHaveLength(1)
    expect(await owns(world, student)).toBe(false)
    const { recorded, problems } = await run()
    expect(about(recorded, paymentId)).toHaveLength(1)
    expect(about(problems, paymentId)).toEqual([])
    expect(await orderRow(world, orderId)).toMatchObject({
      ...{ userId: student.id, courseId: offered.id, vendorOrderId, state: 'paid', paymentId },
    })
    expect(await owns(world, student)).toBe(true)
    await world.runJobs()
    expect(await mailsTo(world, student)).toHaveLength(1)
  })

  it('is the order of a payment that a webhook told of after the restore', async () => {
    const { student, orderId, paymentId } = await paid()
    await world.services.db.delete(orders).where(eq(orders.id, orderId))
    const payment = (await paymentState(world)).payments.find(({ id }) => id === paymentId)
    expect(await tell(world, 'payment.captured', { payment })).toBe('held')
    expect(about((await run(true)).problems, paymentId)).toHaveLength(1)
    expect(about((await run()).recorded, paymentId)).toContain(
      `Payment ${paymentId} of ₹499 was held, and its order is rebuilt.`,
    )
    expect(await owns(world, student)).toBe(true)
  })

  it('is a payment whose buyer nobody knows here: it is held', async () => {
    const notes = { order: newId(), buyer: newId(), course: newId() }
    const payments = required(world.services.payments, 'Buying')
    const { id } = await payments.openOrder({ receipt: notes.order, amountPaise: 49_900, notes })
    const { razorpay_payment_id: paymentId } = await pay(world, id)
    const held = `Payment ${paymentId} of ₹499 waits for a decision: It belongs to no order known here.`
    expect(about((await run()).problems, paymentId)).toEqual([held])
    const again = await run()
    expect(about([...again.recorded, ...again.problems], paymentId)).toEqual([held])
    expect(await paymentRow(world, paymentId)).toMatchObject({ outcome: 'held', orderId: null })
  })
})
