import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import {
  newBuyer,
  orderRow,
  owns,
  pay,
  paymentState,
  paymentWorld,
  postCallback,
  receiptFields,
  refund,
} from '../../../test/payments'
import { until } from '../../../test/until'
import { jobs, orders } from '../../db/schema'
import { runDueJobs } from '../../jobs/run'
import { required } from '../../services'

const world = paymentWorld({ webhooks: 'off' })

const payments = () => required(world.services.payments, 'Buying')

describe('syncing an order', () => {
  it('settles what is paid although a second payment of the same order cannot be captured', async () => {
    const { student, vendorOrderId, orderId } = await newBuyer(world)
    // Both begin before either is confirmed.
    await world.settings('razorpay', { delaySeconds: 1 })
    await Promise.all([pay(world, vendorOrderId, 'late'), pay(world, vendorOrderId, 'late')])
    await until(async () => {
      const states = (await payments().listPayments(vendorOrderId)).map(({ state }) => state)
      return states.join() === 'authorized,captured'
    }, 'a second payment that stays authorised')
    const answer = await student.browser.post('/purchases/recovery', { reference: orderId })
    expect([answer.status, answer.location]).toEqual([303, `/purchases/${orderId}`])
    expect(await owns(world, student)).toBe(true)
    const state = await paymentState(world)
    expect(
      state.payments.filter((one) => one.order_id === vendorOrderId && one.status === 'captured'),
    ).toHaveLength(1)
  })

  it('never grants a refunded payment while its refunds cannot be read', async () => {
    const { student, vendorOrderId, orderId } = await newBuyer(world)
    const { razorpay_payment_id: paymentId } = await pay(world, vendorOrderId)
    await refund(world, paymentId)
    const withoutRefunds = { ...payments(), listRefunds: () => Promise.reject(new Error('no answer')) }
    world.advance(61)
    await runDueJobs({ ...world.services, payments: withoutRefunds })
    expect(await owns(world, student)).toBe(false)
    world.advance(60)
    await world.runJobs()
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'paid', paymentId })
    expect(await owns(world, student)).toBe(false)
  })

  it('goes on for an abandoned order when a receipt came while the payment service was down', async () => {
    const { student, callback, vendorOrderId, orderId } = await newBuyer(world)
    await world.services.db
      .update(orders)
      .set({ state: 'abandoned', openKey: null })
      .where(eq(orders.id, orderId))
    const receipt = receiptFields(await pay(world, vendorOrderId))
    await world.settings('razorpay', { down: true })
    expect((await postCallback(world, callback, receipt)).status).toBe(303)
    await world.settings('razorpay', { down: false })
    await world.runJobs()
    expect(await owns(world, student)).toBe(true)
  })

  it('is not forgotten while payments are switched off', async () => {
    const { student, vendorOrderId, orderId } = await newBuyer(world)
    await pay(world, vendorOrderId)
    world.advance(61)
    await runDueJobs({ ...world.services, payments: null })
    const waiting = await world.services.db.select().from(jobs).where(eq(jobs.kind, 'check-order'))
    expect(waiting.filter(({ payload }) => payload.orderId === orderId && !payload.once)).toHaveLength(1)
    world.advance(3601)
    await world.runJobs()
    expect(await owns(world, student)).toBe(true)
  })
})

describe('a callback that tells of a decline', () => {
  it('queues one sync, however often somebody posts it', async () => {
    const { callback, vendorOrderId, orderId } = await newBuyer(world)
    await pay(world, vendorOrderId, 'declined')
    const waiting = async () =>
      (await world.services.db.select().from(jobs).where(eq(jobs.kind, 'check-order'))).filter(
        (job) => job.payload.orderId === orderId && job.payload.once,
      )
    const decline = { 'error[code]': 'BAD_REQUEST_ERROR' }
    await Promise.all(Array.from({ length: 20 }, () => postCallback(world, callback, decline)))
    expect(await waiting()).toHaveLength(1)
    await world.runJobs()
    expect((await orderRow(world, orderId)).lastError).not.toBeNull()
    await postCallback(world, callback, decline)
    expect(await waiting()).toHaveLength(1)
  })

  it('is followed by one question in five seconds, however often its page is looked at', async () => {
    const { callback, vendorOrderId, orderId } = await newBuyer(world)
    const asked: string[] = []
    const counting = {
      ...payments(),
      listPayments: (id: string) => {
        asked.push(id)
        return payments().listPayments(id)
      },
    }
    const look = async () => {
      await postCallback(world, callback, { 'error[code]': 'BAD_REQUEST_ERROR' })
      await runDueJobs({ ...world.services, payments: counting })
    }
    const ours = () => asked.filter((id) => id === vendorOrderId)
    await look()
    await look()
    expect(ours()).toHaveLength(1)
    world.advance(6)
    await look()
    expect(ours()).toHaveLength(2)
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'open' })
  })
})
