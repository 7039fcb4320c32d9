import { beforeAll, describe, expect, it } from 'vitest'
import { mailsTo } from '../../../test/mailbox'
import { newRefundId, paymentRow, requestsOf, tell, toldPayment } from '../../../test/payment-events'
import {
  newBuyer,
  owns,
  pay,
  paymentState,
  paymentWorld,
  postWebhook,
  settleRefund,
} from '../../../test/payments'
import { type Person, person } from '../../../test/people'
import { until } from '../../../test/until'
import { paths } from '../../paths'

const world = paymentWorld()
let admin: Person
beforeAll(async () => {
  admin = await person(world, { role: 'admin', name: 'Divya Rao' })
})

const reason = 'Their account number was wrong.'
const held = paths.adminPayments({ outcome: 'held' })
const text = async (path: string) => (await admin.browser.get(path)).$('main').text()
const madeOf = async (paymentId: string) =>
  (await paymentState(world)).refunds.filter((one) => one.payment_id === paymentId)
const newest = async (paymentId: string) => (await requestsOf(world, paymentId)).at(-1)

async function newOwner() {
  const buyer = await newBuyer(world)
  const { razorpay_payment_id: paymentId } = await pay(world, buyer.vendorOrderId)
  await until(() => owns(world, buyer.student))
  return { ...buyer, paymentId }
}

/** A refund by an administrator that the bank has not taken; gives the request that waits. */
async function failedRefund(amount: string) {
  const owner = await newOwner()
  await world.settings('razorpay', { refunds: 'pending' })
  await admin.browser.post(paths.adminOrderRefund(owner.orderId), { amount, reason: 'Asked by phone.' })
  await world.runJobs()
  const [made] = await madeOf(owner.paymentId)
  await settleRefund(world, made?.id ?? '', 'failed')
  await until(async () => (await newest(owner.paymentId))?.state === 'refused' || undefined, 'the refusal')
  await world.settings('razorpay', { refunds: 'processed' })
  return { ...owner, request: (await newest(owner.paymentId)) ?? { id: '' } }
}

describe('a refund that the bank does not take', () => {
  it('waits for a person, who is told at once, and is tried again once however often it is pressed', async () => {
    const { student, orderId, paymentId, request } = await failedRefund('100')
    await world.runJobs()
    const [mail] = await mailsTo(world, admin)
    expect(mail?.subject).toBe('A refund did not go through: ₹100')
    expect(mail?.text).toContain('The bank did not take it.')
    for (const page of [paths.admin(), held, paths.adminOrder(orderId)])
      expect(await text(page)).toContain('did not go through')

    const retry = paths.adminRefundRetry(paymentId, request.id)
    expect((await admin.browser.post(retry, { reason: '' })).status).toBe(422)
    for (const _ of [1, 2])
      expect(await admin.browser.post(retry, { reason })).toMatchObject({
        ...{ status: 303, location: paths.adminPayments() },
      })
    await world.runJobs()
    expect((await madeOf(paymentId)).map(({ amount, status }) => `${amount} ${status}`).sort()).toEqual([
      '10000 failed',
      '10000 processed',
    ])
    expect((await requestsOf(world, paymentId)).map(({ state }) => state).sort()).toEqual(['closed', 'sent'])
    for (const page of [paths.admin(), held]) expect(await text(page)).not.toContain(`Refund of ₹100 did`)
    expect(await owns(world, student)).toBe(true)
  })

  it('may be let be, with a reason, and nothing is sent', async () => {
    const { paymentId, request } = await failedRefund('100')
    const drop = paths.adminRefundDrop(paymentId, request.id)
    expect((await admin.browser.post(drop, { reason })).status).toBe(303)
    await world.runJobs()
    expect(await madeOf(paymentId)).toHaveLength(1)
    expect(await newest(paymentId)).toMatchObject({ state: 'closed' })
    const again = await admin.browser.post(paths.adminRefundRetry(paymentId, request.id), { reason })
    expect((await admin.browser.get(again.location ?? '')).$('.site-notice').text()).toContain(
      'has already decided',
    )
    expect(await madeOf(paymentId)).toHaveLength(1)
    expect(
      (await admin.browser.post(paths.adminRefundRetry('pay_none', request.id), { reason })).status,
    ).toBe(404)
  })

  it('after it had called it processed opens the course again, and waits for a person', async () => {
    const { student, orderId, paymentId } = await newOwner()
    await admin.browser.post(paths.adminOrderRefund(orderId), { amount: '', reason: 'All of it.' })
    await world.runJobs()
    await until(async () => !(await owns(world, student)))
    const [made] = await madeOf(paymentId)
    const sent = await until(async () =>
      (await paymentState(world)).deliveries.find(
        ({ type, body }) => type === 'refund.processed' && body.includes(made?.id ?? ''),
      ),
    )
    const failed = sent.body
      .replace('"refund.processed"', '"refund.failed"')
      .replaceAll('"status":"processed"', '"status":"failed"')
    for (const _ of [1, 2]) expect((await postWebhook(world, failed)).status).toBe(200)
    expect(await owns(world, student)).toBe(true)
    expect(await paymentRow(world, paymentId)).toMatchObject({ outcome: 'granted' })
    expect(await requestsOf(world, paymentId)).toMatchObject([{ state: 'refused', amountPaise: 49_900 }])
    const papers = await student.browser.get(paths.purchasePapers(orderId))
    expect(papers.$('.paper').length).toBe(3)
    expect(papers.$('main').text()).toContain('Debit note')
  })

  it('and that was made in the dashboard of the payment service waits, too', async () => {
    const { paymentId } = await newOwner()
    const refund = { id: newRefundId(), payment_id: paymentId, amount: 500, status: 'failed' }
    for (const _ of [1, 2]) await tell(world, 'refund.failed', { refund })
    expect(await requestsOf(world, paymentId)).toMatchObject([
      { state: 'refused', amountPaise: 500, requestedBy: null, refundId: refund.id },
    ])
  })

  it('goes out again by itself where the payment has to go back', async () => {
    const { paymentId, vendorOrderId } = await newOwner()
    const twice = toldPayment({ order_id: vendorOrderId, amount: 49_900 })
    expect(await tell(world, 'payment.captured', { payment: twice })).toBe('returning')
    const refund = { id: newRefundId(), payment_id: twice.id, amount: 49_900, status: 'failed' }
    await tell(world, 'refund.failed', { refund })
    expect((await requestsOf(world, twice.id)).map(({ state }) => state)).not.toContain('refused')
    expect(paymentId).not.toBe(twice.id)
  })
})
