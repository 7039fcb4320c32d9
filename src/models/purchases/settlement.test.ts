import { describe, expect, it } from 'vitest'
import { mailsTo } from '../../../test/mailbox'
import {
  newBuyer,
  orderRow,
  owns,
  pay,
  paymentState,
  paymentWorld,
  postCallback,
  purchasesOf,
  receiptFields,
  resend,
  studentCount,
} from '../../../test/payments'
import { until } from '../../../test/until'
import { webhookEvents } from '../../db/schema'
import { daySeconds } from '../../rules/time'

const world = paymentWorld()

describe('one payment, however it is told', () => {
  it('the webhook alone grants the course when the browser is closed', async () => {
    const { student, offered, vendorOrderId, orderId } = await newBuyer(world)
    await pay(world, vendorOrderId)
    await until(() => owns(world, student), 'the webhook')
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'paid', openKey: null })
    expect(await purchasesOf(world, student)).toMatchObject([{ orderId, pricePaise: offered.pricePaise }])
    expect((await student.browser.get(`/purchases/${orderId}`)).html).toContain('You are in')
  })

  it('the callback alone grants it when the webhook never comes', async () => {
    const { student, callback, vendorOrderId, orderId } = await newBuyer(world)
    await world.settings('razorpay', { webhooks: 'off' })
    const answer = await postCallback(world, callback, receiptFields(await pay(world, vendorOrderId)))
    expect([answer.status, answer.location]).toEqual([303, `/purchases/${orderId}`])
    expect(await owns(world, student)).toBe(true)
  })

  it('the receipt of the checkout window alone grants it', async () => {
    const { student, vendorOrderId, orderId } = await newBuyer(world)
    await world.settings('razorpay', { webhooks: 'off' })
    const answer = await student.browser.post(
      '/purchases/receipt',
      receiptFields(await pay(world, vendorOrderId)),
    )
    expect([answer.status, answer.location]).toEqual([303, `/purchases/${orderId}`])
    expect(await owns(world, student)).toBe(true)
  })

  it('the job grants it when both were lost', async () => {
    const { student, vendorOrderId } = await newBuyer(world)
    await world.settings('razorpay', { webhooks: 'off' })
    await pay(world, vendorOrderId)
    await world.runJobs()
    expect(await owns(world, student)).toBe(false)
    world.advance(61)
    await world.runJobs()
    expect(await owns(world, student)).toBe(true)
  })

  it('all of them together, twice and in any order, grant it once and email one receipt', async () => {
    const { student, offered, callback, vendorOrderId, orderId } = await newBuyer(world)
    await world.settings('razorpay', { webhooks: 'duplicate' })
    const receipt = receiptFields(await pay(world, vendorOrderId))
    await Promise.all([
      postCallback(world, callback, receipt),
      postCallback(world, callback, receipt),
      student.browser.post('/purchases/receipt', receipt),
      student.browser.post('/purchases/recovery', { reference: orderId }),
    ])
    await until(async () => {
      const { deliveries } = await paymentState(world)
      return deliveries
        .filter((one) => one.body.includes(vendorOrderId))
        .every((one) => one.status === 'delivered')
    })
    for (const delivery of (await paymentState(world)).deliveries.filter((one) =>
      one.body.includes(vendorOrderId),
    )) {
      await resend(world, delivery.id)
    }
    await world.runJobs()
    expect(await purchasesOf(world, student)).toHaveLength(1)
    expect(await studentCount(world, offered)).toBe(1)
    expect(
      (await paymentState(world)).refunds.filter((one) => one.payment_id === receipt.razorpay_payment_id),
    ).toEqual([])
    await until(async () => (await mailsTo(world, student)).length > 0)
    expect((await mailsTo(world, student)).map((mail) => mail.subject)).toEqual([`Receipt: ${offered.title}`])
  })

  it('events in reverse order grant it once', async () => {
    const { student, vendorOrderId } = await newBuyer(world)
    await world.settings('razorpay', { webhooks: 'reorder' })
    await pay(world, vendorOrderId)
    await until(() => owns(world, student))
    expect(await purchasesOf(world, student)).toHaveLength(1)
  })
})

describe('what is not paid', () => {
  it('a forged webhook is 400 and changes nothing', async () => {
    const { student, vendorOrderId } = await newBuyer(world)
    await world.settings('razorpay', { webhooks: 'off' })
    await pay(world, vendorOrderId)
    const [genuine] = (await paymentState(world)).deliveries.filter((one) => one.body.includes(vendorOrderId))
    for (const headers of [
      {},
      { 'X-Razorpay-Signature': 'f'.repeat(64), 'x-razorpay-event-id': 'event_forged' },
      { 'X-Razorpay-Signature': 'no hex', 'x-razorpay-event-id': 'event_forged' },
    ] as Record<string, string>[]) {
      const answer = await world.app.request(`${world.origin}/webhooks/razorpay`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', ...headers },
        body: genuine?.body ?? '',
      })
      expect(answer.status).toBe(400)
    }
    expect(await owns(world, student)).toBe(false)
    const kept = await world.services.db.select().from(webhookEvents)
    const about = ({ eventId, payload }: (typeof kept)[number]) =>
      eventId === 'event_forged' || JSON.stringify(payload).includes(vendorOrderId)
    expect(kept.filter(about)).toEqual([])
  })

  it('a forged receipt or another user’s is refused and changes nothing', async () => {
    const mine = await newBuyer(world)
    const other = await newBuyer(world)
    await world.settings('razorpay', { webhooks: 'off' })
    const receipt = receiptFields(await pay(world, other.vendorOrderId))
    const forged = { ...receipt, razorpay_order_id: mine.vendorOrderId }
    expect((await mine.student.browser.post('/purchases/receipt', forged)).status).toBe(400)
    expect((await mine.student.browser.post('/purchases/receipt', receipt)).status).toBe(404)
    expect((await postCallback(world, mine.callback, receipt)).status).toBe(400)
    expect((await postCallback(world, mine.callback, {})).status).toBe(400)
    expect((await postCallback(world, '/purchases/callback?order=nothing', receipt)).status).toBe(404)
    expect(await owns(world, mine.student)).toBe(false)
  })

  it('a declined payment leaves the order open with its reason, and may still be paid', async () => {
    const { student, vendorOrderId, orderId, callback } = await newBuyer(world)
    await pay(world, vendorOrderId, 'declined')
    const order = await until(async () => {
      const row = await orderRow(world, orderId)
      return row.lastError ? row : null
    })
    expect(order.state).toBe('open')
    const page = await student.browser.get(`/purchases/${orderId}`)
    expect(page.$('#purchase-state [role=status]').text()).toContain(`Declined: ${order.lastError}`)
    expect(page.$('form[data-checkout] button').text()).toBe('Pay now')
    await postCallback(world, callback, receiptFields(await pay(world, vendorOrderId)))
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'paid', lastError: null })
  })

  it('a decline that comes back from the hosted checkout leads to the order', async () => {
    const { callback, orderId } = await newBuyer(world)
    const answer = await postCallback(world, callback, {
      'error[code]': 'BAD_REQUEST_ERROR',
      'error[description]': 'Declined',
    })
    expect([answer.status, answer.location]).toEqual([303, `/purchases/${orderId}`])
  })

  it('a payment that is confirmed late still grants the course', async () => {
    const { student, vendorOrderId } = await newBuyer(world)
    await world.settings('razorpay', { delaySeconds: 0.2 })
    await pay(world, vendorOrderId, 'late')
    await until(async () => {
      await world.runJobs()
      return owns(world, student)
    })
    expect(await purchasesOf(world, student)).toHaveLength(1)
  })

  it('an order that nobody pays is abandoned after days, and a payment that comes all the same counts', async () => {
    const { student, vendorOrderId, orderId } = await newBuyer(world)
    for (let day = 0; day < 7; day++) {
      world.advance(daySeconds)
      await world.runJobs()
    }
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'abandoned', openKey: null })
    await pay(world, vendorOrderId)
    await until(() => owns(world, student))
  })
})
