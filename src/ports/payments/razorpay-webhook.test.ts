import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { long, poll, razorpayHarness } from '../../../test/ports/razorpay'

const harness = razorpayHarness()

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
    const event = { id: 'event1', type: 'invoice.paid', about: 'other' }
    expect(await harness.payments.readWebhook(body, signed(body))).toEqual(event)
    const downtime = body.replace('invoice.paid', 'payment.downtime.started')
    expect(await harness.payments.readWebhook(downtime, signed(downtime))).toMatchObject({ about: 'other' })
  })

  it('that are forged or unsigned are invalid', async () => {
    const unsigned = signed(body)
    unsigned.delete('x-razorpay-signature')
    const tries: [string, Headers][] = [
      [body, signed(body, 'guessed')],
      [body, signed(body, 'razorpay-sandbox-key-secret')],
      [`${body} `, signed(body)],
      [body, unsigned],
      [body, new Headers({ 'x-razorpay-signature': 'ä'.repeat(9), 'x-razorpay-event-id': 'event1' })],
    ]
    for (const [text, headers] of tries)
      await expect(harness.payments.readWebhook(text, headers)).rejects.toMatchObject({
        name: 'AppError',
        code: 'invalid',
      })
  })

  const about = (event: string, payload: object) => JSON.stringify({ event, payload })
  const payment = { id: 'pay_1', order_id: 'order_1', amount: 100, currency: 'INR' }
  const refund = { id: 'rfnd_1', payment_id: 'pay_1', amount: 100 }

  it.each([
    ['that are no JSON', '{"half":'],
    ['that are no object', '[]'],
    ['without their payment', about('order.paid', {})],
    [
      'of a refund in an unknown state',
      about('refund.speed_changed', { refund: { entity: { ...refund, status: 'slowed' } } }),
    ],
  ])('%s are taken, and told as not understood', async (_, text) => {
    expect(await harness.payments.readWebhook(text, signed(text))).toMatchObject({ about: 'unreadable' })
  })

  it('of a payment in an unknown state tell the vendor’s word for it', async () => {
    const text = about('payment.pending', { payment: { entity: { ...payment, status: 'pending' } } })
    expect(await harness.payments.readWebhook(text, signed(text))).toMatchObject({
      payment: { state: 'unknown', vendorStatus: 'pending' },
    })
  })

  it('without a number are known by their body', async () => {
    const headers = signed(body)
    headers.delete('x-razorpay-event-id')
    const { id } = await harness.payments.readWebhook(body, headers)
    expect(id).toMatch(/^body:[0-9a-f]{64}$/)
    expect(await harness.payments.readWebhook(body, headers)).toMatchObject({ id })
  })

  it('signed with the old secret are accepted as long as it is configured', async () => {
    const headers = signed(body, 'the one before')
    await expect(harness.payments.readWebhook(body, headers)).rejects.toMatchObject({ code: 'invalid' })
    const rotating = harness.adapterWith({ RAZORPAY_WEBHOOK_SECRET_OLD: 'the one before' })
    expect(await rotating.readWebhook(body, headers)).toMatchObject({ id: 'event1' })
    expect(await rotating.readWebhook(body, signed(body))).toMatchObject({ id: 'event1' })
  })

  it('come twice with the same id, or the last first, or only by hand', long, async () => {
    await harness.settings({ webhooks: 'duplicate' })
    const twice = await harness.paidPayment()
    await expect.poll(() => harness.typesAbout(twice).length, poll).toBe(6)
    const ids = harness.eventsAbout(twice).map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)

    await harness.settings({ webhooks: 'reorder' })
    const reversed = await harness.paidPayment()
    await expect.poll(() => harness.typesAbout(reversed).length, poll).toBe(3)
    const order = harness.eventsAbout(reversed)
    expect(order.map(({ type }) => type)).toEqual(['order.paid', 'payment.captured', 'payment.authorized'])

    await harness.settings({ webhooks: 'off' })
    const silent = await harness.paidPayment()
    const { deliveries } = (await harness.control('/state')).body
    const [last] = deliveries
    expect(last).toMatchObject({ type: 'order.paid', status: 'dropped', attempts: 0 })
    expect(harness.typesAbout(silent)).toEqual([])
    expect((await harness.control(`/deliveries/${last.id}/resend`, {})).body).toMatchObject({
      status: 'delivered',
    })
    expect(harness.typesAbout(silent)).toEqual(['order.paid'])
    expect((await harness.control('/deliveries/nobody/resend', {})).status).toBe(404)
  })
})
