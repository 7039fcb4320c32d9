import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, openHarness } from '../test/ports/mux'
import { long, poll, razorpayHarness } from '../test/ports/razorpay'

const razorpay = razorpayHarness()
let mux: Harness
beforeAll(async () => {
  mux = await openHarness()
})
afterAll(() => mux.close())

describe.each([
  ['payment', () => `${razorpay.base}/v1/payments`, (settings: object) => razorpay.settings(settings)],
  ['video', () => `${mux.base}/video/v1/assets`, (settings: object) => mux.settings(settings)],
])('The %s service', (_, address, settings) => {
  it('can be busy, broken or a page of somebody else, in its own shape', long, async () => {
    await settings({ answer: '429', retryAfterSeconds: 7 })
    const busy = await fetch(address())
    expect([busy.status, busy.headers.get('retry-after')]).toEqual([429, '7'])
    expect(await busy.json()).toHaveProperty('error')
    await settings({ answer: '500' })
    expect((await fetch(address())).status).toBe(500)
    await settings({ answer: 'html' })
    expect((await fetch(address())).headers.get('content-type')).toContain('text/html')
    await settings({ answer: null })
    expect((await fetch(address())).status).toBe(401)
  })

  it('can hang until nobody waits any more', long, async () => {
    await settings({ answer: 'hang' })
    await expect(fetch(address(), { signal: AbortSignal.timeout(300) })).rejects.toThrow('timeout')
    await settings({ answer: null })
    expect((await fetch(address())).status).toBe(401)
  })
})

describe('an adapter', () => {
  it.each(['429', '500', 'html'])('meets an answer of %s as upstream', long, async (answer) => {
    await razorpay.settings({ answer })
    await mux.settings({ answer })
    const asked = [
      razorpay.payments.findOrder('order_anything00'),
      mux.video.findAsset('anything'),
      mux.video.deleteAsset('anything'),
      mux.listed(),
    ]
    for (const one of await Promise.allSettled(asked))
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'upstream' } })
    await mux.settings({ answer: null })
  })
})

describe('an event of one’s own making', () => {
  it('is signed and delivered as it is', long, async () => {
    const payment = { id: 'pay_own00000000000', status: 'pending', amount: 100, currency: 'INR' }
    const event = { event: 'payment.pending', payload: { payment: { entity: payment } } }
    expect((await razorpay.control('/event', event)).status).toBe(200)
    await expect.poll(() => razorpay.typesAbout(payment.id), poll).toEqual(['payment.pending'])

    await fetch(`${mux.base}/event`, {
      method: 'POST',
      body: JSON.stringify({ event: 'video.live_stream.idle', payload: { id: 'live' } }),
    })
    await expect.poll(() => mux.events(), poll).toMatchObject([{ about: 'other' }])
    expect(JSON.parse(mux.received[0]?.body ?? '')).toMatchObject({ data: { id: 'live' } })
  })

  it('without a name is refused', long, async () => {
    expect((await razorpay.control('/event', { payload: {} })).status).toBe(400)
    expect((await fetch(`${mux.base}/event`, { method: 'POST', body: '{"payload":{}}' })).status).toBe(400)
  })
})

it('Webhooks can leave out all that is optional, and are understood', long, async () => {
  await razorpay.settings({ bareEvents: true })
  const paymentId = await razorpay.paidPayment()
  await expect.poll(() => razorpay.typesAbout(paymentId), poll).toContain('order.paid')
  await razorpay.control('/dispute', { paymentId, phase: 'lost' })
  await razorpay.control('/refund', { paymentId, amount: 100 })
  const types = ['payment.dispute.lost', 'refund.processed']
  await expect.poll(() => razorpay.typesAbout(paymentId), poll).toEqual(expect.arrayContaining(types))
  expect(razorpay.eventsAbout(paymentId).filter(({ about }) => about === 'unreadable')).toEqual([])
})
