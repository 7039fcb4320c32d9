import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { long, poll, razorpayHarness } from '../../../test/ports/razorpay'

const harness = razorpayHarness()

describe('orders', () => {
  it('are opened once for each receipt', long, async () => {
    const order = { receipt: harness.newReceipt(), amountPaise: 49_900, notes: {} }
    const first = await harness.payments.openOrder(order)
    expect(first.id).toMatch(/^order_\w{14}$/)
    expect(await harness.payments.openOrder(order)).toEqual(first)
    expect((await harness.payments.openOrder({ ...order, receipt: harness.newReceipt() })).id).not.toBe(
      first.id,
    )
  })

  it('of a known receipt are not taken for another amount', long, async () => {
    const order = { receipt: harness.newReceipt(), amountPaise: 49_900, notes: {} }
    await harness.payments.openOrder(order)
    await expect(harness.payments.openOrder({ ...order, amountPaise: 100 })).rejects.toMatchObject({
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
    const asked = harness.payments.openOrder({
      receipt: harness.newReceipt(),
      amountPaise: 49_900,
      notes: {},
      ...change,
    })
    await expect(asked).rejects.toMatchObject({
      code: 'upstream',
      cause: { status: 400, code: 'BAD_REQUEST_ERROR', description: expect.stringContaining(description) },
    })
  })

  it('need the right keys', long, async () => {
    const stranger = harness.adapterWith({ RAZORPAY_KEY_SECRET: 'guessed' })
    await expect(stranger.openOrder({ receipt: 'r', amountPaise: 100, notes: {} })).rejects.toMatchObject({
      code: 'upstream',
      cause: { status: 401 },
    })
  })
})

describe('payments', () => {
  it('are captured at once, with a receipt that only the vendor can sign', long, async () => {
    const orderId = await harness.openOrder()
    expect(await harness.payments.listPayments(orderId)).toEqual([])
    const receipt = await harness.pay(orderId)
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
    expect(await harness.payments.findPayment(paymentId)).toMatchObject(captured)
    expect(await harness.payments.listPayments(orderId)).toMatchObject([captured])

    const pair = { vendorOrderId: orderId, paymentId, signature: receipt.razorpay_signature }
    expect(await harness.payments.isReceiptGenuine(pair)).toBe(true)
    expect(await harness.payments.isReceiptGenuine({ ...pair, vendorOrderId: 'order_another0000' })).toBe(
      false,
    )
    expect(await harness.payments.isReceiptGenuine({ ...pair, paymentId: 'pay_another0000' })).toBe(false)
    for (const signature of ['', 'text', '00'.repeat(32), `${pair.signature}00`])
      expect(await harness.payments.isReceiptGenuine({ ...pair, signature })).toBe(false)

    const types = ['order.paid', 'payment.authorized', 'payment.captured']
    await expect.poll(() => harness.typesAbout(paymentId), poll).toEqual(types)
    expect(harness.eventsAbout(paymentId).find(({ type }) => type === 'payment.authorized')).toMatchObject({
      payment: { state: 'authorized' },
    })
  })

  it('that are declined leave the order open for the next try', long, async () => {
    const orderId = await harness.openOrder()
    const { error } = await harness.pay(orderId, 'declined')
    expect(error).toMatchObject({ code: 'BAD_REQUEST_ERROR', reason: 'payment_failed' })
    const failed = await harness.payments.findPayment(error.metadata.payment_id)
    expect(failed).toMatchObject({ state: 'failed', error: error.description })
    const receipt = await harness.pay(orderId)
    const states = (await harness.payments.listPayments(orderId)).map(({ id, state }) => [id, state])
    expect(states).toEqual([
      [receipt.razorpay_payment_id, 'captured'],
      [failed?.id, 'failed'],
    ])
    expect((await harness.pay(orderId)).error.description).toContain('already done')
  })

  it('that are confirmed late fail first and are captured later', long, async () => {
    await harness.settings({ delaySeconds: 0.2 })
    const { error } = await harness.pay(await harness.openOrder(), 'late')
    const paymentId = error.metadata.payment_id
    expect(error.reason).toBe('payment_timed_out')
    const types = ['order.paid', 'payment.authorized', 'payment.captured', 'payment.failed']
    await expect.poll(() => harness.typesAbout(paymentId), poll).toEqual(types)
    expect(await harness.payments.findPayment(paymentId)).toMatchObject({ state: 'captured', error: null })
  })

  it('that are not captured automatically can be captured, also twice', long, async () => {
    await harness.settings({ capture: 'manual' })
    const paymentId = await harness.paidPayment()
    expect(await harness.payments.findPayment(paymentId)).toMatchObject({ state: 'authorized' })
    await expect(harness.payments.capture(paymentId, 100)).rejects.toMatchObject({ code: 'upstream' })
    expect(await harness.payments.capture(paymentId, 49_900)).toMatchObject({ state: 'captured' })
    expect(await harness.payments.capture(paymentId, 49_900)).toMatchObject({ state: 'captured' })
  })

  it('that do not exist are not found, whatever the id looks like', long, async () => {
    for (const id of ['pay_nobody00000000', 'nonsense', '', '../orders', 'pay_1/refunds?x=']) {
      expect(harness.payments.isPaymentId(id)).toBe(id === 'pay_nobody00000000')
      expect(await harness.payments.findPayment(id)).toBeNull()
    }
    await expect(harness.payments.capture('pay_nobody00000000', 100)).rejects.toMatchObject({
      code: 'upstream',
    })
    await expect(harness.payments.listPayments('order_nobody000000')).rejects.toMatchObject({
      code: 'upstream',
      failure: 'refused',
    })
  })
})

describe('a vendor in trouble', () => {
  it('that answers 503 is upstream', long, async () => {
    const orderId = await harness.openOrder()
    await harness.settings({ down: true })
    const asked = [
      harness.payments.openOrder({ receipt: 'r', amountPaise: 100, notes: {} }),
      harness.payments.listPayments(orderId),
      harness.payments.findPayment('pay_anything0000'),
      harness.payments.capture('pay_anything0000', 100),
      harness.payments.refund({
        paymentId: 'pay_anything0000',
        amountPaise: 100,
        key: 'ten-letters',
        notes: {},
      }),
      harness.payments.listRefunds('pay_anything0000'),
    ]
    for (const answer of await Promise.allSettled(asked))
      expect(answer).toMatchObject({
        status: 'rejected',
        reason: { code: 'upstream', failure: 'outage', cause: { status: 503 } },
      })
  })

  it('that is busy says until when, and nobody waits so long', long, async () => {
    await harness.settings({ down: false, answer: '429', retryAfterSeconds: 3000 })
    await expect(harness.payments.findPayment('pay_anything0000')).rejects.toMatchObject({
      ...{ failure: 'outage', retryAfterSeconds: 3000 },
      cause: { status: 429, description: expect.stringContaining('Too many requests') },
    })
    await harness.settings({ answer: 'html' })
    await expect(harness.payments.findPayment('pay_anything0000')).rejects.toMatchObject({ code: 'upstream' })
    await harness.settings({ answer: null })
  })

  it('that is not there at all, or no such vendor, is upstream too', long, async () => {
    const gone = harness.adapterWith({ RAZORPAY_API_BASE: `http://127.0.0.1:${await closedPort()}/razorpay` })
    const refund = { paymentId: 'pay_anything0000', amountPaise: 100, key: 'ten-letters', notes: {} }
    for (const asked of [gone.findPayment('pay_anything0000'), gone.refund(refund)])
      await expect(asked).rejects.toMatchObject({
        ...{ code: 'upstream', failure: 'outage' },
        cause: { status: null, code: 'ECONNREFUSED' },
      })
    const other = harness.adapterWith({ RAZORPAY_API_BASE: new URL(harness.base).origin })
    await expect(other.listPayments('order_anything00')).rejects.toMatchObject({ code: 'upstream' })
  })
})

/** A port that was free a moment ago. */
async function closedPort() {
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  return port
}
