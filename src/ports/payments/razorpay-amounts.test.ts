import { describe, expect, it } from 'vitest'
import { long, poll, razorpayHarness } from '../../../test/ports/razorpay'

const harness = razorpayHarness()

async function paid(settings: object) {
  await harness.settings(settings)
  const orderId = await harness.openOrder()
  const paymentId = String((await harness.pay(orderId)).razorpay_payment_id)
  return { orderId, paymentId, payment: await harness.payments.findPayment(paymentId) }
}

describe('a payment that is not its order’s amount', () => {
  it.each([
    ['smaller by an offer', { offerPercent: 10 }, { amountPaise: 44_910, currency: 'INR' }],
    ['larger by a fee', { customerFeePercent: 2 }, { amountPaise: 51_078, feePaise: 1178, taxPaise: 180 }],
  ])('%s pays the order in full', long, async (_, settings, expected) => {
    const { orderId, paymentId, payment } = await paid(settings)
    expect(payment).toMatchObject({ state: 'captured', vendorOrderId: orderId, ...expected })
    const order = { state: 'paid', paidPaise: 49_900, duePaise: 0 }
    expect(await harness.payments.findOrder(orderId)).toMatchObject(order)
    await expect.poll(() => harness.typesAbout(paymentId), poll).toContain('order.paid')
  })

  it('in another currency leaves the order unpaid', long, async () => {
    const { orderId, payment } = await paid({ currency: 'USD' })
    expect(payment).toMatchObject({ state: 'captured', amountPaise: 624, currency: 'USD' })
    expect(await harness.payments.findOrder(orderId)).toMatchObject({ state: 'attempted', duePaise: 49_900 })
  })
})

it('A payment that is pending is in a status nobody knows, and may be captured later', long, async () => {
  await harness.settings({ delaySeconds: 0.2 })
  const { error } = await harness.pay(await harness.openOrder(), 'pending')
  const paymentId = error.metadata.payment_id
  expect(await harness.payments.findPayment(paymentId)).toMatchObject({
    state: 'unknown',
    vendorStatus: 'pending',
  })
  const types = ['order.paid', 'payment.authorized', 'payment.captured', 'payment.pending']
  await expect.poll(() => harness.typesAbout(paymentId), poll).toEqual(types)
})

describe('disputes', () => {
  it('go through all their phases, each an event with both, and are listed', long, async () => {
    const paymentId = await harness.paidPayment()
    const moved: unknown[] = []
    for (const phase of ['created', 'under_review', 'action_required', 'lost']) {
      const { body } = await harness.control('/dispute', { paymentId, phase })
      moved.push([body.status, body.amount_deducted])
    }
    expect(moved).toEqual([
      ['open', 0],
      ['under_review', 0],
      ['open', 0],
      ['lost', 49_900],
    ])
    for (const phase of ['won', 'closed']) await harness.control('/dispute', { paymentId, phase })
    const events = () => harness.eventsAbout(paymentId).filter(({ about }) => about === 'dispute')
    await expect.poll(() => events().length, poll).toBe(8)
    expect([...new Set(events().map(({ type }) => type))].sort()).toEqual(
      ['action_required', 'closed', 'created', 'lost', 'under_review', 'won'].map(
        (phase) => `payment.dispute.${phase}`,
      ),
    )
    const listed: unknown[] = []
    for await (const dispute of harness.payments.listDisputes())
      if (dispute.paymentId === paymentId) listed.push(dispute)
    expect(listed).toMatchObject([
      { status: 'closed', deductedPaise: 0 },
      { status: 'won', deductedPaise: 0 },
      {
        status: 'lost',
        phase: 'chargeback',
        amountPaise: 49_900,
        deductedPaise: 49_900,
        respondBy: expect.any(Date),
      },
    ])
  })

  it('are of payments that went through', long, async () => {
    const { error } = await harness.pay(await harness.openOrder(), 'declined')
    const paymentId = error.metadata.payment_id
    expect((await harness.control('/dispute', { paymentId, phase: 'created' })).status).toBe(400)
    expect((await harness.control('/dispute', { paymentId: 'pay_x', phase: 'created' })).status).toBe(404)
  })
})

describe('a refund', () => {
  it('is refused while there is not enough to pay it from', long, async () => {
    const paymentId = await harness.paidPayment()
    await harness.settings({ balance: 10_000 })
    const part = (amountPaise: number, key: string) =>
      harness.payments.refund({ paymentId, amountPaise, key: `${key}-${paymentId}`, notes: {} })
    await expect(part(10_001, 'too-much')).rejects.toMatchObject({
      code: 'upstream',
      cause: { status: 400, description: expect.stringContaining('not have enough balance') },
    })
    expect(await part(6_000, 'first')).toMatchObject({ state: 'processed' })
    await expect(part(6_000, 'second')).rejects.toMatchObject({ code: 'upstream' })
  })

  it('that should be instant may become a normal one', long, async () => {
    const paymentId = await harness.paidPayment()
    const ask = { paymentId, amountPaise: 100, key: `fast-${paymentId}`, notes: {} }
    const { id } = await harness.payments.refund({ ...ask, speed: 'optimum' })
    const slow = await harness.control(`/refunds/${id}/speed`, {})
    expect(slow.body).toMatchObject({ speed_requested: 'optimum', speed_processed: 'normal' })
    await expect.poll(() => harness.typesAbout(paymentId), poll).toContain('refund.speed_changed')
  })
})
