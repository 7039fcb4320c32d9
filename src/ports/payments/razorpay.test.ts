import { createHmac } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../config'
import { type ServedPart, servePart } from '../sandbox/serve-part'
import type { PaymentEvent, Payments } from './payments'
import { openRazorpay } from './razorpay'
import { openRazorpaySandbox } from './razorpay-sandbox'

const dataDir = mkdtempSync(join(tmpdir(), 'razorpay-'))
const long = { timeout: 30_000 }
const poll = { timeout: 20_000, interval: 50 }

/** What the shop would see: each webhook, read by the adapter. */
const events: PaymentEvent[] = []
const raw: { body: string; headers: Headers }[] = []
const shop = createServer(async (request, response) => {
  let body = ''
  for await (const chunk of request) body += chunk
  const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
  try {
    events.push(await payments.readWebhook(body, headers))
    raw.push({ body, headers })
    response.writeHead(200).end()
  } catch (error) {
    response.writeHead(400).end(String(error))
  }
})

let served: ServedPart
let payments: Payments
let adapterOn: (changes: Record<string, string | undefined>) => Payments

async function openSandbox() {
  const appOrigin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`
  served = await servePart('/razorpay', openRazorpaySandbox, { appOrigin: () => appOrigin, dataDir })
  adapterOn = (changes) => {
    const secrets = { APP_SECRET: 'x'.repeat(32), DATABASE_URL: 'mysql://nowhere' }
    const { razorpay } = readConfig({
      APP_ORIGIN: appOrigin,
      ...secrets,
      ...served.part.environment,
      ...changes,
    })
    if (!razorpay) throw new Error('razorpay is not configured')
    return openRazorpay(razorpay)
  }
  payments = adapterOn({})
}

const STANDARD = { webhooks: 'on', delaySeconds: 5, down: false, refunds: 'processed', capture: 'automatic' }

async function control(path: string, body?: object) {
  const answer = await fetch(served.base + path, {
    method: body ? 'POST' : 'GET',
    headers: { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  })
  return { status: answer.status, body: await answer.json() }
}
const set = (settings: object) => control('/settings', settings)
const pay = async (orderId: string, outcome = 'paid') => (await control('/pay', { orderId, outcome })).body

let receipts = 0
const newReceipt = () => `receipt-${Date.now()}-${++receipts}`
const open = async (amountPaise = 49_900) =>
  (await payments.openOrder({ receipt: newReceipt(), amountPaise, notes: { course: 'c1' } })).id

async function paidPayment(amountPaise = 49_900) {
  const receipt = await pay(await open(amountPaise))
  return String(receipt.razorpay_payment_id)
}

const typesAbout = (paymentId: string) =>
  events
    .filter((event) => event.about !== 'other' && event.payment?.id === paymentId)
    .map(({ type }) => type)
    .sort()

beforeAll(async () => {
  await new Promise<void>((done) => shop.listen(0, '127.0.0.1', done))
  await openSandbox()
})
beforeEach(() => set(STANDARD))
afterAll(async () => {
  await served.close()
  shop.closeAllConnections()
  shop.close()
  rmSync(dataDir, { recursive: true, force: true })
})

describe('orders', () => {
  it('are opened once for each receipt', long, async () => {
    const order = { receipt: newReceipt(), amountPaise: 49_900, notes: {} }
    const first = await payments.openOrder(order)
    expect(first.id).toMatch(/^order_\w{14}$/)
    expect(await payments.openOrder(order)).toEqual(first)
    expect((await payments.openOrder({ ...order, receipt: newReceipt() })).id).not.toBe(first.id)
  })

  it('of a known receipt are not taken for another amount', long, async () => {
    const order = { receipt: newReceipt(), amountPaise: 49_900, notes: {} }
    await payments.openOrder(order)
    await expect(payments.openOrder({ ...order, amountPaise: 100 })).rejects.toMatchObject({
      code: 'upstream',
    })
  })

  it.each([
    ['below INR 1', { amountPaise: 99 }, 'The amount must be at least INR 1.00'],
    ['over fractions of a paisa', { amountPaise: 100.5 }, 'The amount must be an integer.'],
    [
      'with a receipt of 41 characters',
      { receipt: 'r'.repeat(41) },
      'The receipt may not be greater than 40',
    ],
    ['with a long note', { notes: { course: 'x'.repeat(257) } }, 'The notes may not be greater than 256'],
    [
      'with sixteen notes',
      { notes: Object.fromEntries(Array.from('abcdefghijklmnop', (name) => [name, name])) },
      'less than or equal to 15',
    ],
  ])('%s are refused, and the cause says why', long, async (_, change, description) => {
    const asked = payments.openOrder({ receipt: newReceipt(), amountPaise: 49_900, notes: {}, ...change })
    await expect(asked).rejects.toMatchObject({
      code: 'upstream',
      cause: { status: 400, code: 'BAD_REQUEST_ERROR', description: expect.stringContaining(description) },
    })
  })

  it('need the right keys', long, async () => {
    const stranger = adapterOn({ RAZORPAY_KEY_SECRET: 'guessed' })
    await expect(stranger.openOrder({ receipt: 'r', amountPaise: 100, notes: {} })).rejects.toMatchObject({
      code: 'upstream',
      cause: { status: 401 },
    })
  })
})

describe('payments', () => {
  it('are captured at once, with a receipt that only the vendor can sign', long, async () => {
    const orderId = await open()
    expect(await payments.listPayments(orderId)).toEqual([])
    const receipt = await pay(orderId)
    const paymentId = receipt.razorpay_payment_id
    const captured = {
      id: paymentId,
      vendorOrderId: orderId,
      state: 'captured',
      amountPaise: 49_900,
      refundedPaise: 0,
      currency: 'INR',
      error: null,
      method: 'upi',
    }
    expect(await payments.findPayment(paymentId)).toEqual(captured)
    expect(await payments.listPayments(orderId)).toEqual([captured])

    const pair = { vendorOrderId: orderId, paymentId, signature: receipt.razorpay_signature }
    expect(await payments.isReceiptGenuine(pair)).toBe(true)
    expect(await payments.isReceiptGenuine({ ...pair, vendorOrderId: 'order_another0000' })).toBe(false)
    expect(await payments.isReceiptGenuine({ ...pair, paymentId: 'pay_another0000' })).toBe(false)
    for (const signature of ['', 'text', '00'.repeat(32), `${pair.signature}00`])
      expect(await payments.isReceiptGenuine({ ...pair, signature })).toBe(false)

    const types = ['order.paid', 'payment.authorized', 'payment.captured']
    await expect.poll(() => typesAbout(paymentId), poll).toEqual(types)
    expect(events.find(({ type }) => type === 'payment.authorized')).toMatchObject({
      payment: { state: 'authorized' },
    })
  })

  it('that the bank declines leave the order open for the next try', long, async () => {
    const orderId = await open()
    const { error } = await pay(orderId, 'declined')
    expect(error).toMatchObject({ code: 'BAD_REQUEST_ERROR', reason: 'payment_failed' })
    const failed = await payments.findPayment(error.metadata.payment_id)
    expect(failed).toMatchObject({ state: 'failed', error: error.description })
    const receipt = await pay(orderId)
    const states = (await payments.listPayments(orderId)).map(({ id, state }) => [id, state])
    expect(states).toEqual([
      [receipt.razorpay_payment_id, 'captured'],
      [failed?.id, 'failed'],
    ])
    expect((await pay(orderId)).error.description).toContain('already done')
  })

  it('of a slow bank fail first and are captured later', long, async () => {
    await set({ delaySeconds: 0.2 })
    const { error } = await pay(await open(), 'late')
    const paymentId = error.metadata.payment_id
    expect(error.reason).toBe('payment_timed_out')
    const types = ['order.paid', 'payment.authorized', 'payment.captured', 'payment.failed']
    await expect.poll(() => typesAbout(paymentId), poll).toEqual(types)
    expect(await payments.findPayment(paymentId)).toMatchObject({ state: 'captured', error: null })
  })

  it('that are not captured automatically can be captured, also twice', long, async () => {
    await set({ capture: 'manual' })
    const paymentId = await paidPayment()
    expect(await payments.findPayment(paymentId)).toMatchObject({ state: 'authorized' })
    await expect(payments.capture(paymentId, 100)).rejects.toMatchObject({ code: 'upstream' })
    expect(await payments.capture(paymentId, 49_900)).toMatchObject({ state: 'captured' })
    expect(await payments.capture(paymentId, 49_900)).toMatchObject({ state: 'captured' })
  })

  it('nobody made are not found, whatever the id looks like', long, async () => {
    for (const id of ['pay_nobody00000000', 'nonsense', '', '../orders', 'pay_1/refunds?x='])
      expect(await payments.findPayment(id)).toBeNull()
    await expect(payments.capture('pay_nobody00000000', 100)).rejects.toMatchObject({ code: 'upstream' })
    await expect(payments.listPayments('order_nobody000000')).rejects.toMatchObject({ code: 'upstream' })
  })
})

describe('refunds', () => {
  it('give back part and then the rest, once for each key', long, async () => {
    const paymentId = await paidPayment()
    const part = { paymentId, amountPaise: 10_000, key: `part-${paymentId}`, notes: {} }
    const first = await payments.refund(part)
    expect(first).toMatchObject({ paymentId, amountPaise: 10_000, state: 'processed' })
    expect(await payments.refund(part)).toEqual(first)
    expect(await payments.findPayment(paymentId)).toMatchObject({ state: 'captured', refundedPaise: 10_000 })
    await expect(payments.refund({ ...part, amountPaise: 5_000 })).rejects.toMatchObject({
      code: 'upstream',
      cause: { description: expect.stringContaining('same idempotency key') },
    })
    await expect(
      payments.refund({ ...part, key: `more-${paymentId}`, amountPaise: 39_901 }),
    ).rejects.toMatchObject({
      cause: { description: expect.stringContaining('greater than') },
    })
    const rest = await payments.refund({
      ...part,
      key: `rest-${paymentId}`,
      amountPaise: 39_900,
      notes: { why: 'asked' },
    })
    expect(await payments.findPayment(paymentId)).toMatchObject({ state: 'refunded', refundedPaise: 49_900 })
    expect(await payments.listRefunds(paymentId)).toEqual([rest, first])
    expect(await payments.capture(paymentId, 49_900)).toMatchObject({ state: 'refunded' })
    const types = ['refund.created', 'refund.created', 'refund.processed', 'refund.processed']
    await expect
      .poll(() => typesAbout(paymentId).filter((type) => type.startsWith('refund')), poll)
      .toEqual(types)
  })

  it('asked for twice at the same moment happen once', long, async () => {
    const paymentId = await paidPayment()
    const ask = () => payments.refund({ paymentId, amountPaise: 10_000, key: `same-${paymentId}`, notes: {} })
    const answers = await Promise.allSettled([ask(), ask(), ask()])
    for (const answer of answers)
      if (answer.status === 'rejected')
        expect(answer.reason).toMatchObject({ code: 'upstream', cause: { status: 409 } })
    expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true)
    expect(await payments.listRefunds(paymentId)).toHaveLength(1)
  })

  it('may wait for the bank, and fail there', long, async () => {
    await set({ refunds: 'pending' })
    const paymentId = await paidPayment()
    const give = { paymentId, amountPaise: 49_900, notes: {} }
    const waiting = await payments.refund({ ...give, key: `waits-${paymentId}` })
    expect(waiting.state).toBe('pending')
    await control(`/refunds/${waiting.id}/settle`, { state: 'failed' })
    expect(await payments.listRefunds(paymentId)).toEqual([{ ...waiting, state: 'failed' }])
    expect(await payments.findPayment(paymentId)).toMatchObject({ state: 'captured', refundedPaise: 0 })
    expect((await control(`/refunds/${waiting.id}/settle`, { state: 'processed' })).status).toBe(400)

    await set({ refunds: 'failed' })
    expect((await payments.refund({ ...give, key: `fails-${paymentId}` })).state).toBe('pending')
    await expect
      .poll(() => typesAbout(paymentId).filter((type) => type === 'refund.failed').length, poll)
      .toBe(2)
    const failed = events.find(
      (event) => event.about === 'refund' && event.refund.id === waiting.id && event.type === 'refund.failed',
    )
    expect(failed).toMatchObject({
      refund: { state: 'failed' },
      payment: { id: paymentId, refundedPaise: 0 },
    })
  })

  it('of a payment that never went through are refused', long, async () => {
    const { error } = await pay(await open(), 'declined')
    const refund = { paymentId: error.metadata.payment_id, amountPaise: 100, key: 'never-paid-1', notes: {} }
    await expect(payments.refund(refund)).rejects.toMatchObject({ code: 'upstream' })
    await expect(payments.refund({ ...refund, key: 'short' })).rejects.toMatchObject({
      cause: { description: expect.stringContaining('at least 10') },
    })
  })
})

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
    expect(await payments.readWebhook(body, signed(body))).toEqual(event)
    const downtime = body.replace('invoice.paid', 'payment.downtime.started')
    expect(await payments.readWebhook(downtime, signed(downtime))).toMatchObject({ about: 'other' })
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
      await expect(payments.readWebhook(text, headers)).rejects.toMatchObject({
        name: 'AppError',
        code: 'invalid',
      })
  })

  it('signed with the old secret are accepted as long as it is configured', async () => {
    const headers = signed(body, 'the one before')
    await expect(payments.readWebhook(body, headers)).rejects.toMatchObject({ code: 'invalid' })
    const rotating = adapterOn({ RAZORPAY_WEBHOOK_SECRET_OLD: 'the one before' })
    expect(await rotating.readWebhook(body, headers)).toMatchObject({ id: 'event1' })
    expect(await rotating.readWebhook(body, signed(body))).toMatchObject({ id: 'event1' })
  })

  it('come twice with the same id, or the last first, or only by hand', long, async () => {
    await set({ webhooks: 'duplicate' })
    const twice = await paidPayment()
    await expect.poll(() => typesAbout(twice).length, poll).toBe(6)
    const ids = events
      .filter((event) => event.about === 'payment' && event.payment.id === twice)
      .map(({ id }) => id)
    expect(new Set(ids).size).toBe(3)

    await set({ webhooks: 'reorder' })
    const reversed = await paidPayment()
    await expect.poll(() => typesAbout(reversed).length, poll).toBe(3)
    const order = events.filter((event) => event.about === 'payment' && event.payment.id === reversed)
    expect(order.map(({ type }) => type)).toEqual(['order.paid', 'payment.captured', 'payment.authorized'])

    await set({ webhooks: 'off' })
    const silent = await paidPayment()
    const { deliveries } = (await control('/state')).body
    const [last] = deliveries
    expect(last).toMatchObject({ type: 'order.paid', status: 'dropped', attempts: 0 })
    expect(typesAbout(silent)).toEqual([])
    expect((await control(`/deliveries/${last.id}/resend`, {})).body).toMatchObject({ status: 'delivered' })
    expect(typesAbout(silent)).toEqual(['order.paid'])
    expect((await control('/deliveries/nobody/resend', {})).status).toBe(404)
  })
})

describe('a vendor in trouble', () => {
  it('that answers 503 is upstream', long, async () => {
    const orderId = await open()
    await set({ down: true })
    const asked = [
      payments.openOrder({ receipt: 'r', amountPaise: 100, notes: {} }),
      payments.listPayments(orderId),
      payments.findPayment('pay_anything0000'),
      payments.capture('pay_anything0000', 100),
      payments.refund({ paymentId: 'pay_anything0000', amountPaise: 100, key: 'ten-letters', notes: {} }),
      payments.listRefunds('pay_anything0000'),
    ]
    for (const answer of await Promise.allSettled(asked))
      expect(answer).toMatchObject({
        status: 'rejected',
        reason: { code: 'upstream', cause: { status: 503 } },
      })
  })

  it('that is not there at all, or no such vendor, is upstream too', long, async () => {
    const gone = adapterOn({ RAZORPAY_API_BASE: 'http://127.0.0.1:9/razorpay' })
    const refund = { paymentId: 'pay_anything0000', amountPaise: 100, key: 'ten-letters', notes: {} }
    for (const asked of [gone.findPayment('pay_anything0000'), gone.refund(refund)])
      await expect(asked).rejects.toMatchObject({ code: 'upstream', cause: { status: null } })
    const other = adapterOn({ RAZORPAY_API_BASE: new URL(served.base).origin })
    await expect(other.listPayments('order_anything00')).rejects.toMatchObject({ code: 'upstream' })
  })
})

describe('the page that pays', () => {
  it('is told where the vendor lives, in production and here', () => {
    const { origin } = new URL(served.base)
    expect(payments.checkout).toEqual({
      keyId: 'rzp_test_sandbox',
      scriptUrl: `${served.base}/v1/checkout.js`,
      formAction: `${served.base}/v1/checkout/embedded`,
    })
    expect(payments.hosts).toEqual({ script: [origin], frame: [origin], connect: [origin], form: [origin] })
    const production = adapterOn({ RAZORPAY_API_BASE: undefined, RAZORPAY_CHECKOUT_JS: undefined })
    expect(production.checkout).toMatchObject({
      scriptUrl: 'https://checkout.razorpay.com/v1/checkout.js',
      formAction: 'https://api.razorpay.com/v1/checkout/embedded',
    })
    expect(production.hosts).toMatchObject({
      script: ['https://checkout.razorpay.com'],
      frame: ['https://api.razorpay.com'],
      form: ['https://api.razorpay.com'],
    })
  })
})

describe('the sandbox', () => {
  it('keeps its books over a restart, also a bank that has yet to answer', long, async () => {
    const paymentId = await paidPayment()
    await set({ delaySeconds: 1 })
    const late = (await pay(await open(), 'late')).error.metadata.payment_id
    await served.close()
    await openSandbox()
    expect(await payments.findPayment(paymentId)).toMatchObject({ state: 'captured' })
    await expect.poll(async () => (await payments.findPayment(late))?.state, poll).toBe('captured')
    expect((await control('/settings')).body).toEqual(STANDARD)
  })

  it('says what is wrong with a control it is given', async () => {
    for (const [path, body] of [
      ['/settings', { webhooks: 'maybe' }],
      ['/settings', { unknown: true }],
      ['/pay', { orderId: 'order_x' }],
      ['/pay', []],
    ] as const)
      expect((await control(path, body)).status).toBe(400)
    expect((await control('/pay', { orderId: 'order_x', outcome: 'paid' })).status).toBe(404)
  })
})
