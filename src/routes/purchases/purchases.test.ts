import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { newBuyer, orderRow, owns, pay, paymentWorld } from '../../../test/payments'
import { person } from '../../../test/people'
import { until } from '../../../test/until'
import { orders } from '../../db/schema'

const world = paymentWorld()

describe('my purchases', () => {
  it('show nobody else’s', async () => {
    const { orderId } = await newBuyer(world)
    const stranger = await person(world)
    expect((await stranger.browser.get(`/purchases/${orderId}`)).status).toBe(404)
    expect((await world.browser().get(`/purchases/${orderId}`)).location).toBe(
      `/sign-in?next=${encodeURIComponent(`/purchases/${orderId}`)}`,
    )
    expect((await stranger.browser.get('/purchases')).html).toContain('Nothing bought yet')
  })

  it('find a lost payment by its id', async () => {
    const { student, vendorOrderId, orderId } = await newBuyer(world)
    await world.settings('razorpay', { webhooks: 'off' })
    const receipt = await pay(world, vendorOrderId)
    const answer = await student.browser.post('/purchases/recovery', {
      reference: ` ${receipt.razorpay_payment_id} `,
    })
    expect([answer.status, answer.location]).toEqual([303, `/purchases/${orderId}`])
    expect(await owns(world, student)).toBe(true)
    expect((await student.browser.get('/purchases')).html).toContain('Paid')
  })

  it('keep what was typed when the reference is not known, empty, or another person’s', async () => {
    const other = await newBuyer(world)
    const student = await person(world)
    for (const reference of ['pay_unknown123', '', other.vendorOrderId, other.orderId, 'x'.repeat(80)]) {
      const answer = await student.browser.post('/purchases/recovery', { reference })
      expect(answer.status).toBe(422)
      expect(answer.$('#reference').attr('value') ?? '').toBe(reference)
      expect(answer.$('#reference-error').attr('role')).toBe('alert')
    }
  })

  it('are checked as often as a person may need, not more', async () => {
    const { student, orderId } = await newBuyer(world)
    const check = () => student.browser.post('/purchases/recovery', { reference: orderId })
    for (let time = 0; time < 30; time++) expect((await check()).status).toBe(303)
    const refused = await check()
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
  })

  it('update by themselves only while the order is open', async () => {
    const { student, vendorOrderId, orderId } = await newBuyer(world)
    const waiting = await student.browser.part.get(`/purchases/${orderId}`)
    expect(waiting.$('#purchase-state').attr('hx-trigger')).toMatch(/^every \ds$/)
    await pay(world, vendorOrderId)
    await until(() => owns(world, student))
    const done = await student.browser.part.get(`/purchases/${orderId}`)
    expect(done.$('#purchase-state').attr('hx-trigger')).toBeUndefined()
    expect(done.html).not.toContain('<html')
  })

  it('never move an order backward', async () => {
    const { vendorOrderId, orderId } = await newBuyer(world)
    await pay(world, vendorOrderId)
    await until(async () => (await orderRow(world, orderId)).state === 'paid')
    await pay(world, vendorOrderId, 'declined').catch(() => undefined)
    const [order] = await world.services.db.select().from(orders).where(eq(orders.id, orderId))
    expect(order).toMatchObject({ state: 'paid', lastError: null })
  })
})
