import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../test/browser-session'
import { keepPayment, newBuyer, orderRow, pay, paymentWorld, refund } from '../../../test/payments'
import { give } from '../../../test/people'
import { until } from '../../../test/until'
import { courses, orders, payments, users } from '../../db/schema'
import { hourSeconds, later } from '../../rules/time'

const world = paymentWorld({ webhooks: 'off' })

const standing = ({ $ }: Answer) => $('#purchase-state').attr('data-standing')
const said = ({ $ }: Answer) => $('#purchase-state [role=status]').text()
const pollAddress = ({ $ }: Answer) => $('#purchase-state').attr('hx-get') ?? ''
describe('the page of an order', () => {
  it('can be loaded again and shared, and holds what is to be paid while it is unpaid', async () => {
    const { student, orderId, vendorOrderId, answer } = await newBuyer(world)
    for (const page of [answer, await student.browser.get(`/purchases/${orderId}`)]) {
      expect(page.status).toBe(200)
      expect(page.$('form[data-checkout] input[name=order_id]').val()).toBe(vendorOrderId)
      expect(page.$('title').text()).toMatch(/^(Not paid|We are checking with Razorpay): Queues/)
      expect(page.html).not.toMatch(/nothing was paid|never paid/i)
    }
  })

  it('prefills the phone number of who has given it', async () => {
    const { student, orderId, answer } = await newBuyer(world)
    const contact = 'input[name="prefill[contact]"]'
    expect(answer.$(contact)).toHaveLength(0)
    const phoneNumber = `+9198${Math.floor(10_000_000 + Math.random() * 89_999_999)}`
    await world.services.db.update(users).set({ phoneNumber }).where(eq(users.id, student.id))
    expect((await student.browser.get(`/purchases/${orderId}`)).$(contact).val()).toBe(phoneNumber)
  })

  it('leaves the form alone where windows cannot open', async () => {
    const { student, orderId } = await newBuyer(world)
    const inside = { 'User-Agent': 'Mozilla/5.0 (Linux; Android 14; wv) Chrome/131.0 Instagram 340.0' }
    const page = await student.browser.get(`/purchases/${orderId}`, inside)
    expect(page.$('#pay form').attr('action')).toContain('/checkout/embedded')
    expect(page.$('[data-checkout], script[src*="checkout"]')).toHaveLength(0)
    expect((await student.browser.get(`/purchases/${orderId}`)).$('[data-checkout]')).toHaveLength(1)
  })

  it('is not offered to be paid when the course is owned, or off sale', async () => {
    const owner = await newBuyer(world)
    await give(world, owner.student, owner.offered)
    const owned = await owner.student.browser.get(`/purchases/${owner.orderId}`)
    expect([standing(owned), owned.$('[data-checkout]').length]).toEqual(['owned', 0])
    expect(owned.$('#purchase-next').text()).toBe('Continue learning')
    const { student, orderId, offered } = await newBuyer(world)
    await world.services.db
      .update(courses)
      .set({ suspendedAt: world.services.now() })
      .where(eq(courses.id, offered.id))
    const page = await student.browser.get(`/purchases/${orderId}`)
    expect([page.html.includes('not on sale'), page.$('[data-checkout]').length]).toEqual([true, 0])
  })

  it('says what became of each payment', async () => {
    const { student, orderId } = await newBuyer(world)
    const page = () => student.browser.get(`/purchases/${orderId}`)
    await keepPayment(world, orderId, { vendorStatus: 'failed', error: 'Your bank said no.' })
    expect(said(await page())).toContain('Declined: Your bank said no.')
    expect((await page()).$('[data-checkout]')).toHaveLength(1)
    await keepPayment(world, orderId, { vendorStatus: 'authorized' })
    expect([standing(await page()), (await page()).$('[data-checkout]').length]).toEqual(['confirming', 0])
    await keepPayment(world, orderId, { outcome: 'held', heldReason: 'Too little.', amountPaise: 100 })
    expect(said(await page())).toContain('We are looking into this payment')
    expect((await page()).html).not.toContain('Too little.')
  })
})

describe('a page that is open', () => {
  it('is answered with nothing as long as nothing has changed', async () => {
    const { student, orderId, answer } = await newBuyer(world)
    const same = await student.browser.part.get(pollAddress(answer))
    expect([same.status, same.html]).toEqual([204, ''])
    await keepPayment(world, orderId, { vendorStatus: 'failed', error: 'No balance.' })
    const changed = await student.browser.part.get(pollAddress(answer))
    expect(changed.status).toBe(200)
    expect(changed.headers.get('HX-Retarget')).toBeNull()
    expect(changed.$('#purchase-state, #purchase').attr('id')).toBe('purchase-state')
    expect(changed.$('title').text()).toMatch(/^Declined: /)
    expect(changed.trigger).toEqual({ announce: { text: 'Declined: No balance.' } })
    expect((await student.browser.part.get(pollAddress(changed))).status).toBe(204)
  })

  it('is exchanged as a whole once there is nothing to pay any more', async () => {
    const { student, orderId, vendorOrderId, answer } = await newBuyer(world)
    await pay(world, vendorOrderId)
    world.advance(4)
    await world.runJobs()
    const paid = await student.browser.part.get(pollAddress(answer))
    expect(paid.headers.get('HX-Retarget')).toBe('#purchase')
    expect([standing(paid), paid.$('form[data-checkout]').length]).toEqual(['in', 0])
    expect(paid.$('#purchase-next').text()).toBe('Continue learning')
    expect(paid.$('#money').text()).toContain('Paid by UPI')
    expect(pollAddress(paid)).toBe('')
    expect((await orderRow(world, orderId)).state).toBe('paid')
  })

  it('stops asking after a while, and says so', async () => {
    const { student, answer } = await newBuyer(world)
    const trigger = ({ $ }: Answer) => $('#purchase-state').attr('hx-trigger')
    expect(trigger(answer)).toBe('every 3s')
    world.advance(181)
    const later = await student.browser.part.get(pollAddress(answer))
    expect(trigger(later)).toBe('every 15s')
    world.advance(720)
    const stopped = await student.browser.part.get(pollAddress(later))
    expect([trigger(stopped), stopped.html.includes('no longer updates automatically')]).toEqual([
      undefined,
      true,
    ])
    expect(stopped.$('form[data-check] button').text()).toBe('I have paid: check now')
  })
})

describe('what was paid and what came back', () => {
  it('is shown in all its parts', async () => {
    const { student, orderId, vendorOrderId } = await newBuyer(world, { pricePaise: 50_000 })
    const { razorpay_payment_id } = await pay(world, vendorOrderId)
    await student.browser.post(`/purchases/${orderId}/check`)
    await refund(world, razorpay_payment_id, 10_000)
    await student.browser.post(`/purchases/${orderId}/check`)
    await world.services.db.update(payments).set({ amountPaise: 45_000 }).where(eq(payments.orderId, orderId))
    await keepPayment(world, orderId, { amountPaise: 50_000, outcome: 'returning', vendorStatus: 'captured' })
    const page = await until(async () => {
      const now = await student.browser.get(`/purchases/${orderId}`)
      return now.$('#money').text().includes('Refunded') ? now : null
    })
    const rows = page.$('#money tbody tr').map((_, row) => page.$(row).text().replace(/\s+/g, ' ').trim())
    expect(rows.get().map((text) => text.replace(/\d+ \w+ 20\d\d/, ' '))).toEqual([
      expect.stringMatching(/^Price ?₹500$/),
      expect.stringMatching(/^Discount at checkout ?−₹50$/),
      expect.stringMatching(/^Paid by UPI ?₹450$/),
      expect.stringMatching(/^Refunded ?−₹100$/),
      expect.stringMatching(/^Paid again ?₹500$/),
    ])
    expect(standing(page)).toBe('in')
  })
})

describe('the list of purchases', () => {
  it('calls an order that nobody paid not paid, and leaves it out after a day', async () => {
    const { student, orderId } = await newBuyer(world)
    const list = async () => (await student.browser.get('/purchases')).$('main table').text()
    expect(await list()).toContain('Not paid')
    await keepPayment(world, orderId, { vendorStatus: 'failed', error: 'No.' })
    expect(await list()).toContain('Declined')
    await world.services.db
      .update(orders)
      .set({ createdAt: later(world.services.now(), -25 * hourSeconds) })
      .where(eq(orders.id, orderId))
    expect(await list()).toBe('')
    await keepPayment(world, orderId, { outcome: 'held', heldReason: 'Late.' })
    expect(await list()).toContain('Under review')
  })
})
