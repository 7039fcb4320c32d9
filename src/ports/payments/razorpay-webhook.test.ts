import { createHmac } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openShop, type Shop, STANDARD } from '../../../test/ports/razorpay'

const long = { timeout: 30_000 }
const poll = { timeout: 20_000, interval: 50 }
let shop: Shop

beforeAll(async () => {
  shop = await openShop()
})
beforeEach(() => shop.set(STANDARD))
afterAll(() => shop.close())

describe('webhooks', () => {
  const body = JSON.stringify({
    entity: 'event',
    event: 'invoice.paid',
    payload: {},
    created_at: 1_700_000_000,
  })
  const signed = (text: string, secret = 'razorpay-sandbox-webhook-secret') =>
    new Headers({
      'x-razorpay-signature': createHmac('sha256', secret).update(text).digest('hex'),
      'x-razorpay-event-id': 'event1',
    })

  it('about something else are told as such', async () => {
    const event = { id: 'event1', type: 'invoice.paid', at: new Date(1_700_000_000_000), about: 'other' }
    expect(await shop.payments.readWebhook(body, signed(body))).toEqual(event)
    const downtime = body.replace('invoice.paid', 'payment.downtime.started')
    expect(await shop.payments.readWebhook(downtime, signed(downtime))).toMatchObject({ about: 'other' })
  })

  it('that are forged, unsigned, unnumbered or unreadable are invalid', async () => {
    const without = (name: string) => {
      const headers = signed(body)
      headers.delete(name)
      return headers
    }
    const paidWithout = JSON.stringify({ event: 'order.paid', payload: {}, created_at: 1_700_000_000 })
    const tries: [string, Headers][] = [
      [body, signed(body, 'guessed')],
      [body, signed(body, 'razorpay-sandbox-key-secret')],
      [`${body} `, signed(body)],
      [body, without('x-razorpay-signature')],
      [body, without('x-razorpay-event-id')],
      [body, new Headers({ 'x-razorpay-signature': 'ä'.repeat(9), 'x-razorpay-event-id': 'event1' })],
      ['{"half":', signed('{"half":')],
      ['[]', signed('[]')],
      [paidWithout, signed(paidWithout)],
    ]
    for (const [text, headers] of tries)
      await expect(shop.payments.readWebhook(text, headers)).rejects.toMatchObject({
        name: 'AppError',
        code: 'invalid',
      })
  })

  it('signed with the old secret are accepted as long as it is configured', async () => {
    const headers = signed(body, 'the one before')
    await expect(shop.payments.readWebhook(body, headers)).rejects.toMatchObject({ code: 'invalid' })
    const rotating = shop.adapterWith({ RAZORPAY_WEBHOOK_SECRET_OLD: 'the one before' })
    expect(await rotating.readWebhook(body, headers)).toMatchObject({ id: 'event1' })
    expect(await rotating.readWebhook(body, signed(body))).toMatchObject({ id: 'event1' })
  })

  it('come twice with the same id, or the last first, or only by hand', long, async () => {
    await shop.set({ webhooks: 'duplicate' })
    const twice = await shop.paidPayment()
    await expect.poll(() => shop.typesAbout(twice).length, poll).toBe(6)
    const ids = shop.eventsAbout(twice).map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)

    await shop.set({ webhooks: 'reorder' })
    const reversed = await shop.paidPayment()
    await expect.poll(() => shop.typesAbout(reversed).length, poll).toBe(3)
    const order = shop.eventsAbout(reversed)
    expect(order.map(({ type }) => type)).toEqual(['order.paid', 'payment.captured', 'payment.authorized'])

    await shop.set({ webhooks: 'off' })
    const silent = await shop.paidPayment()
    const { deliveries } = (await shop.control('/state')).body
    const [last] = deliveries
    expect(last).toMatchObject({ type: 'order.paid', status: 'dropped', attempts: 0 })
    expect(shop.typesAbout(silent)).toEqual([])
    expect((await shop.control(`/deliveries/${last.id}/resend`, {})).body).toMatchObject({
      status: 'delivered',
    })
    expect(shop.typesAbout(silent)).toEqual(['order.paid'])
    expect((await shop.control('/deliveries/nobody/resend', {})).status).toBe(404)
  })
})
