import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { paymentRow, requestsOf } from '../../../test/payment-events'
import { newBuyer, owns, pay, paymentState, paymentWorld, refund } from '../../../test/payments'
import { person } from '../../../test/people'
import { until } from '../../../test/until'
import { transact } from '../../db/connect'
import { disputes } from '../../db/schema'
import { daySeconds, later, minuteSeconds } from '../../rules/time'
import { acceptPayment } from './held-payment'
import { reconcileMoney } from './reconciliation'
import { approveRefund } from './refund-request'

const world = paymentWorld()
const usual = { offerPercent: 0, customerFeePercent: 0, currency: 'INR', balance: null, bareEvents: false }
beforeEach(() => world.settings('razorpay', usual))

async function paid() {
  const buyer = await newBuyer(world)
  const { razorpay_payment_id: paymentId } = await pay(world, buyer.vendorOrderId)
  return { ...buyer, paymentId }
}
const dispute = async (paymentId: string, phase: string) => {
  const answer = await fetch(`${world.sandbox.origin}/razorpay/dispute`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ paymentId, phase }),
  })
  expect(answer.ok).toBe(true)
}

describe.each([
  ['an offer', { offerPercent: 10 }],
  ['a fee that the buyer bears', { customerFeePercent: 2.36 }],
])('a payment with %s', (_, settings) => {
  beforeEach(() => world.settings('razorpay', settings))

  it('opens the course by webhook', async () => {
    const { student, paymentId } = await paid()
    await until(() => owns(world, student), 'the webhook')
    const told = (await paymentState(world)).payments.find(({ id }) => id === paymentId) as {
      amount?: number
    }
    expect(told.amount).not.toBe(49_900)
    expect(await paymentRow(world, paymentId)).toMatchObject({ outcome: 'granted', amountPaise: told.amount })
  })

  it('opens it when no webhook comes, by the first question', async () => {
    await world.settings('razorpay', { webhooks: 'off' })
    const { student } = await paid()
    world.advance(minuteSeconds + 1)
    await world.runJobs()
    expect(await owns(world, student)).toBe(true)
  })

  it('closes it when all of it was refunded', async () => {
    const { student, paymentId } = await paid()
    await until(() => owns(world, student))
    await refund(world, paymentId)
    await until(async () => !(await owns(world, student)))
    expect(await paymentRow(world, paymentId)).toMatchObject({ outcome: 'returned' })
  })
})

describe('a payment in another currency, which does not pay its order', () => {
  it('is held with the reason, and an administrator can still give the course', async () => {
    await world.settings('razorpay', { currency: 'USD' })
    const admin = await person(world, { role: 'admin' })
    const { student, paymentId } = await paid()
    await until(async () => {
      await world.runJobs()
      return (await paymentRow(world, paymentId))?.heldReason?.includes('does not report the order as paid')
    }, 'the verdict')
    expect(await paymentRow(world, paymentId)).toMatchObject({ outcome: 'held', currency: 'USD' })
    expect(await owns(world, student)).toBe(false)
    expect(await acceptPayment(world.services, admin.id, paymentId, 'It is worth it.')).toBe('granted')
    expect(await owns(world, student)).toBe(true)
    const { problems } = await reconcileMoney(world.services, later(new Date(), -daySeconds))
    expect(problems.filter((line) => line.includes(paymentId))).toEqual([])
  })
})

describe('a refund that the payment service has no balance for', () => {
  it('is tried daily with its words on record, and made once the balance is there', async () => {
    const { student, paymentId } = await paid()
    await until(() => owns(world, student))
    await world.settings('razorpay', { balance: 0 })
    await transact(world.services.db, (db) =>
      approveRefund({ ...world.services, db }, { paymentId, amountPaise: 'all', reason: 'Asked for.' }),
    )
    await world.runJobs()
    const [request] = await requestsOf(world, paymentId)
    expect(request).toMatchObject({ state: 'approved' })
    expect(request?.answer).toMatch(/balance/i)
    await world.settings('razorpay', { balance: null })
    await world.runJobs()
    expect(await requestsOf(world, paymentId)).toMatchObject([{ state: 'approved' }])
    world.advance(daySeconds)
    await world.runJobs()
    expect(await requestsOf(world, paymentId)).toMatchObject([{ state: 'sent', answer: null }])
    await until(async () => !(await owns(world, student)))
  })
})

describe('a dispute', () => {
  it('that is lost ends access, and one that is won does not', async () => {
    const [lost, won] = [await paid(), await paid()]
    for (const { student } of [lost, won]) await until(() => owns(world, student))
    for (const phase of ['created', 'under_review']) {
      await dispute(lost.paymentId, phase)
      await dispute(won.paymentId, phase)
    }
    await dispute(lost.paymentId, 'lost')
    await dispute(won.paymentId, 'won')
    await until(async () => !(await owns(world, lost.student)))
    expect(await owns(world, won.student)).toBe(true)
  })

  it('whose webhooks were lost is found by the reconciliation', async () => {
    const { student, paymentId } = await paid()
    await until(() => owns(world, student))
    await world.settings('razorpay', { webhooks: 'off' })
    await dispute(paymentId, 'created')
    await dispute(paymentId, 'lost')
    const { recorded } = await reconcileMoney(world.services, later(new Date(), -daySeconds))
    expect(recorded.filter((line) => line.includes(paymentId))).toHaveLength(1)
    expect(await owns(world, student)).toBe(false)
    const rows = await world.services.db.select().from(disputes).where(eq(disputes.paymentId, paymentId))
    expect(rows).toMatchObject([{ status: 'lost' }])
  })
})
