import { expect, it } from 'vitest'
import { newBuyer, owns, pay, paymentState, paymentWorld, resend } from '../../../test/payments'
import { until } from '../../../test/until'
import { hourSeconds, minuteSeconds } from '../../rules/time'
import { findWebhookSilence } from './webhook-silence'

const world = paymentWorld({ webhooks: 'off' })

/** A sale that is learnt of by asking, as the page of the purchase does. */
async function saleByAsking() {
  const { student, vendorOrderId, orderId } = await newBuyer(world)
  const { razorpay_payment_id: paymentId } = await pay(world, vendorOrderId)
  await student.browser.post('/purchases/recovery', { reference: orderId })
  return paymentId
}
const silence = () => findWebhookSilence(world.services)
const deliveryOf = async (paymentId: string) => {
  const { deliveries } = await paymentState(world)
  const found = deliveries.find((one) => one.type === 'payment.captured' && one.body.includes(paymentId))
  return found?.id ?? ''
}

it('Webhooks that have stopped are noticed a quarter of an hour after a sale, until one comes', async () => {
  const paymentId = await saleByAsking()
  await world.runJobs()
  expect(await silence()).toBeNull()
  world.advance(15 * minuteSeconds)
  const noticedAt = world.services.now()
  await world.runJobs()
  expect(await silence()).toMatchObject({ paymentId })
  const since = (await silence())?.since
  expect(since?.getTime()).toBeGreaterThanOrEqual(noticedAt.getTime() - 1000)
  // It began then, whatever is missing later.
  await saleByAsking()
  world.advance(hourSeconds)
  await world.runJobs()
  expect((await silence())?.since).toEqual(since)
  await world.settings('razorpay', { webhooks: 'on' })
  await resend(world, await deliveryOf(paymentId))
  await until(async () => (await silence()) === null, 'the end of the warning')
})

it('A webhook that comes within a quarter of an hour is soon enough', async () => {
  const paymentId = await saleByAsking()
  await world.settings('razorpay', { webhooks: 'on' })
  await resend(world, await deliveryOf(paymentId))
  world.advance(hourSeconds)
  await world.runJobs()
  expect(await silence()).toBeNull()
})

it('A sale that was told of by webhook expects no other', async () => {
  await world.settings('razorpay', { webhooks: 'on' })
  const { student, vendorOrderId, orderId } = await newBuyer(world)
  await pay(world, vendorOrderId)
  await until(() => owns(world, student), 'the webhook')
  await world.settings('razorpay', { webhooks: 'off' })
  await student.browser.post('/purchases/recovery', { reference: orderId })
  world.advance(hourSeconds)
  await world.runJobs()
  expect(await silence()).toBeNull()
})
