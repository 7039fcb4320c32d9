import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { newBuyer, orderRow, owns, pay, paymentWorld } from '../../../test/payments'
import { jobs } from '../../db/schema'
import { runDueJobs } from '../../jobs/run'
import { daySeconds, hourSeconds } from '../../rules/time'
import { required } from '../../services'

/** The application as it runs its jobs, with a note of each question to the payment service. */
function asking(world: ReturnType<typeof paymentWorld>) {
  const vendor = required(world.services.payments, 'Buying')
  const asked = { lists: 0, orders: 0 }
  const payments: typeof vendor = {
    ...vendor,
    listPaymentsBetween: (from, to) => {
      asked.lists += 1
      return vendor.listPaymentsBetween(from, to)
    },
    listPayments: (id) => {
      asked.orders += 1
      return vendor.listPayments(id)
    },
  }
  const run = async (seconds: number) => {
    world.advance(seconds)
    await runDueJobs({ ...world.services, payments })
  }
  return { asked, run }
}
const waiting = (world: ReturnType<typeof paymentWorld>, kind: string) =>
  world.services.db.select().from(jobs).where(eq(jobs.kind, kind))

describe('orders that nobody tells of any more', () => {
  const world = paymentWorld({ webhooks: 'off' })

  it('are asked about in one question, and what was paid is granted', async () => {
    const { asked, run } = asking(world)
    const buyers = []
    for (let n = 0; n < 6; n += 1) buyers.push(await newBuyer(world))
    await run(hourSeconds + 1)
    expect(await waiting(world, 'check-order')).toEqual([])
    expect(await waiting(world, 'check-open-orders')).toHaveLength(1)
    const [paid, late] = buyers
    if (!paid || !late) throw new Error('No buyers')
    await pay(world, paid.vendorOrderId)
    await pay(world, late.vendorOrderId, 'declined')
    Object.assign(asked, { lists: 0, orders: 0 })
    await run(hourSeconds + 1)
    expect(asked).toEqual({ lists: 1, orders: 0 })
    expect(await owns(world, paid.student)).toBe(true)
    expect((await orderRow(world, late.orderId)).lastError).not.toBeNull()
    await run(hourSeconds + 1)
    expect(asked).toEqual({ lists: 2, orders: 0 })
  })
})

describe('orders that are not paid', () => {
  const world = paymentWorld({ webhooks: 'off' })

  it('cost an hourly question, are abandoned after five days, and then nobody asks', async () => {
    const { asked, run } = asking(world)
    const buyers = [await newBuyer(world), await newBuyer(world)]
    await run(hourSeconds + 1)
    await run(2 * hourSeconds)
    // While the payment service is silent nothing is given up.
    await world.settings('razorpay', { down: true })
    await run(5 * daySeconds)
    for (const { orderId } of buyers) expect((await orderRow(world, orderId)).state).toBe('open')
    await world.settings('razorpay', { down: false })
    await run(hourSeconds)
    for (const { orderId } of buyers)
      expect(await orderRow(world, orderId)).toMatchObject({ state: 'abandoned', openKey: null })
    expect(await waiting(world, 'check-open-orders')).toEqual([])
    const before = asked.lists
    await run(daySeconds)
    expect(asked.lists).toBe(before)
  })
})
