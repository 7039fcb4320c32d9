import { describe, expect, it } from 'vitest'
import { long, poll, razorpayHarness } from '../../../test/ports/razorpay'

const harness = razorpayHarness()

describe('refunds', () => {
  it('return a part and then the rest, once for each key', long, async () => {
    const paymentId = await harness.paidPayment()
    const part = { paymentId, amountPaise: 10_000, key: `part-${paymentId}`, notes: {} }
    const first = await harness.payments.refund(part)
    expect(first).toMatchObject({ paymentId, amountPaise: 10_000, state: 'processed' })
    expect(await harness.payments.refund(part)).toEqual(first)
    expect(await harness.payments.findPayment(paymentId)).toMatchObject({
      state: 'captured',
      refundedPaise: 10_000,
    })
    await expect(harness.payments.refund({ ...part, amountPaise: 5_000 })).rejects.toMatchObject({
      code: 'upstream',
      cause: { description: expect.stringContaining('same idempotency key') },
    })
    await expect(
      harness.payments.refund({ ...part, key: `more-${paymentId}`, amountPaise: 39_901 }),
    ).rejects.toMatchObject({
      cause: { description: expect.stringContaining('greater than') },
    })
    const rest = await harness.payments.refund({
      ...part,
      key: `rest-${paymentId}`,
      amountPaise: 39_900,
      notes: { why: 'asked' },
    })
    expect(await harness.payments.findPayment(paymentId)).toMatchObject({
      state: 'refunded',
      refundedPaise: 49_900,
    })
    expect(await harness.payments.listRefunds(paymentId)).toEqual([rest, first])
    expect(await harness.payments.capture(paymentId, 49_900)).toMatchObject({ state: 'refunded' })
    const types = ['refund.created', 'refund.created', 'refund.processed', 'refund.processed']
    await expect
      .poll(() => harness.typesAbout(paymentId).filter((type) => type.startsWith('refund')), poll)
      .toEqual(types)
  })

  it('asked for twice at the same moment happen once', long, async () => {
    const paymentId = await harness.paidPayment()
    const ask = () =>
      harness.payments.refund({ paymentId, amountPaise: 10_000, key: `same-${paymentId}`, notes: {} })
    const answers = await Promise.allSettled([ask(), ask(), ask()])
    for (const answer of answers)
      if (answer.status === 'rejected')
        expect(answer.reason).toMatchObject({ code: 'upstream', cause: { status: 409 } })
    expect(answers.some(({ status }) => status === 'fulfilled')).toBe(true)
    expect(await harness.payments.listRefunds(paymentId)).toHaveLength(1)
  })

  it('may stay pending, and fail in the end', long, async () => {
    await harness.settings({ refunds: 'pending' })
    const paymentId = await harness.paidPayment()
    const give = { paymentId, amountPaise: 49_900, notes: {} }
    const waiting = await harness.payments.refund({ ...give, key: `waits-${paymentId}` })
    expect(waiting.state).toBe('pending')
    await harness.control(`/refunds/${waiting.id}/settle`, { outcome: 'failed' })
    expect(await harness.payments.listRefunds(paymentId)).toEqual([{ ...waiting, state: 'failed' }])
    expect(await harness.payments.findPayment(paymentId)).toMatchObject({
      state: 'captured',
      refundedPaise: 0,
    })
    expect((await harness.control(`/refunds/${waiting.id}/settle`, { outcome: 'processed' })).status).toBe(
      400,
    )

    await harness.settings({ refunds: 'failed' })
    expect((await harness.payments.refund({ ...give, key: `fails-${paymentId}` })).state).toBe('pending')
    await expect
      .poll(() => harness.typesAbout(paymentId).filter((type) => type === 'refund.failed').length, poll)
      .toBe(2)
    const failed = harness
      .eventsAbout(paymentId)
      .find(
        (event) =>
          event.about === 'refund' && event.refund.id === waiting.id && event.type === 'refund.failed',
      )
    expect(failed).toMatchObject({
      refund: { state: 'failed' },
      payment: { id: paymentId, refundedPaise: 0 },
    })
  })

  it('of a payment that never went through are refused', long, async () => {
    const { error } = await harness.pay(await harness.openOrder(), 'declined')
    const refund = { paymentId: error.metadata.payment_id, amountPaise: 100, key: 'never-paid-1', notes: {} }
    await expect(harness.payments.refund(refund)).rejects.toMatchObject({ code: 'upstream' })
    await expect(harness.payments.refund({ ...refund, key: 'short' })).rejects.toMatchObject({
      cause: { description: expect.stringContaining('at least 10') },
    })
  })
})
