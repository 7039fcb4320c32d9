import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../test/browser-session'
import { newBuyer, openCheckout, orderRow, owns, pay, paymentWorld } from '../../../test/payments'
import { person } from '../../../test/people'
import { jobs } from '../../db/schema'
import { required } from '../../services'
import { checkOrderNow } from './order-question'
import { confirmReceipt } from './receipt'

const world = paymentWorld({ webhooks: 'off' })

const standing = ({ $ }: Answer) => $('#purchase-state').attr('data-standing')
const said = ({ $ }: Answer) => $('#purchase-state [role=status]').text()
const pollAddress = ({ $ }: Answer) => $('#purchase-state').attr('hx-get') ?? ''
const questions = (orderId: string) =>
  world.services.db
    .select()
    .from(jobs)
    .where(eq(jobs.dedupeKey, `check-order:${orderId}:yes`))

describe('opening the page wakes one question', () => {
  it('so that access comes without a webhook, however often it is opened', async () => {
    const { student, orderId, vendorOrderId } = await newBuyer(world)
    await pay(world, vendorOrderId)
    await Promise.all([1, 2, 3, 4, 5].map(() => student.browser.get(`/purchases/${orderId}`)))
    expect(await questions(orderId)).toHaveLength(1)
    expect(await owns(world, student)).toBe(false)
    world.advance(4)
    await world.runJobs()
    expect(await owns(world, student)).toBe(true)
    await student.browser.get(`/purchases/${orderId}`)
    expect(await questions(orderId)).toHaveLength(0)
  })

  it('as buying again and the list of purchases do', async () => {
    const { student, orderId, offered } = await newBuyer(world)
    for (const open of [
      () => student.browser.post(`/courses/${offered.slug}/purchase`),
      () => student.browser.get('/purchases'),
    ]) {
      world.advance(10)
      await world.runJobs()
      expect(await questions(orderId)).toHaveLength(0)
      await open()
      expect(await questions(orderId)).toHaveLength(1)
    }
  })

  it('and offers nothing to be paid on what was known long ago', async () => {
    const { student, orderId, offered, vendorOrderId } = await newBuyer(world)
    world.advance(4)
    await world.runJobs()
    await pay(world, vendorOrderId)
    world.advance(90)
    const { answer } = await openCheckout(student, offered)
    expect([standing(answer), answer.$('[data-checkout]').length]).toEqual(['checking', 0])
    expect(answer.html).toContain('<noscript><meta http-equiv="refresh" content="5"></noscript>')
    await world.runJobs()
    const paid = await student.browser.part.get(pollAddress(answer))
    expect([standing(paid), paid.headers.get('HX-Retarget')]).toEqual(['in', '#purchase'])
    expect((await student.browser.get(`/purchases/${orderId}`)).html).not.toContain('http-equiv="refresh"')
  })

  it('and lets pay when the payment service has nothing, without the page being loaded again', async () => {
    const { student, orderId } = await newBuyer(world)
    world.advance(90)
    await world.runJobs()
    world.advance(90)
    const opened = await student.browser.get(`/purchases/${orderId}`)
    expect([standing(opened), opened.$('[data-checkout]').length]).toEqual(['checking', 0])
    await world.runJobs()
    const answered = await student.browser.get(`/purchases/${orderId}`)
    expect([standing(answered), answered.$('[data-checkout]').length]).toEqual(['not-paid', 1])
    expect(answered.html).not.toContain('http-equiv="refresh"')
  })

  it('and goes on when the payment service is silent', async () => {
    const { student, orderId } = await newBuyer(world)
    await world.settings('razorpay', { down: true })
    world.advance(90)
    await world.runJobs()
    const page = await student.browser.get(`/purchases/${orderId}`)
    expect(said(page)).toContain('Razorpay is not responding right now')
    expect(page.$('[data-checkout]')).toHaveLength(1)
  })
})

describe('checking now', () => {
  it('asks the payment service and answers with what it says', async () => {
    const { student, orderId, vendorOrderId, answer } = await newBuyer(world)
    await pay(world, vendorOrderId, 'declined')
    const part = await student.browser.part.post(`/purchases/${orderId}/check`, { pay: 'yes' })
    expect([part.status, standing(part), part.headers.get('HX-Retarget')]).toEqual([200, 'declined', null])
    expect(part.$('form[data-check] [name=pay]').val()).toBe('yes')
    await pay(world, vendorOrderId)
    const whole = await student.browser.post(`/purchases/${orderId}/check`)
    expect([whole.status, whole.location]).toEqual([303, `/purchases/${orderId}`])
    expect(await owns(world, student)).toBe(true)
    const page = await student.browser.get(`/purchases/${orderId}`)
    expect(page.$('.site-notice').text()).toContain('You are in')
    expect((await student.browser.part.get(pollAddress(answer))).headers.get('HX-Retarget')).toBe('#purchase')
  })

  it('says that nobody answers, and a job goes on asking', async () => {
    const { student, orderId, vendorOrderId } = await newBuyer(world)
    await pay(world, vendorOrderId)
    await world.settings('razorpay', { down: true })
    const part = await student.browser.part.post(`/purchases/${orderId}/check`, { pay: 'yes' })
    expect([part.status, said(part).includes('is not responding')]).toEqual([200, true])
    await world.settings('razorpay', { down: false })
    // So long its lane may rest.
    world.advance(60)
    await world.runJobs()
    expect(await owns(world, student)).toBe(true)
  })

  it('waits for nobody who never answers, and neither does a receipt', { timeout: 20_000 }, async () => {
    const { orderId, vendorOrderId } = await newBuyer(world)
    const { razorpay_payment_id: paymentId, razorpay_signature: signature } = await pay(world, vendorOrderId)
    const never = () => new Promise<never>(() => undefined)
    const payments = required(world.services.payments, 'Buying')
    const services = {
      ...world.services,
      payments: { ...payments, listPayments: never, findPayment: never },
    }
    const order = await orderRow(world, orderId)
    const receipt = { outcome: 'paid' as const, vendorOrderId, paymentId, signature }
    await Promise.all([
      expect(checkOrderNow(services, order)).resolves.toBe(false),
      confirmReceipt(services, order, receipt),
    ])
    expect(await questions(orderId)).toHaveLength(1)
  })

  it('is for the buyer alone, and not without end', async () => {
    const { student, orderId } = await newBuyer(world)
    const stranger = await person(world)
    expect((await stranger.browser.post(`/purchases/${orderId}/check`)).status).toBe(404)
    const check = () => student.browser.post(`/purchases/${orderId}/check`)
    for (let time = 0; time < 30; time++) expect((await check()).status).toBe(303)
    expect((await check()).status).toBe(429)
  })
})
