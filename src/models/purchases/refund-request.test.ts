import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { untilWaiting } from '../../../test/locks'
import { newRefundId, paymentRow, requestsOf, tell, toldPayment } from '../../../test/payment-events'
import { newBuyer, owns, pay, paymentState, paymentWorld, refund } from '../../../test/payments'
import { until } from '../../../test/until'
import { transact } from '../../db/connect'
import { refunds, users } from '../../db/schema'
import { runDueJobs } from '../../jobs/run'
import { daySeconds } from '../../rules/time'
import { required } from '../../services'
import { approveRefund, type WantedRefund } from './refund-request'

const world = paymentWorld()

async function newOwner() {
  const buyer = await newBuyer(world)
  const { razorpay_payment_id: paymentId } = await pay(world, buyer.vendorOrderId)
  await until(() => owns(world, buyer.student))
  return { ...buyer, paymentId }
}
const approve = (wanted: Pick<WantedRefund, 'paymentId' | 'amountPaise'>) =>
  transact(world.services.db, (db) =>
    approveRefund({ ...world.services, db }, { ...wanted, reason: 'The buyer asked for it.' }),
  )
const refundsOf = (paymentId: string) =>
  world.services.db.select().from(refunds).where(eq(refunds.paymentId, paymentId))
const madeOf = async (paymentId: string) =>
  (await paymentState(world)).refunds
    .filter((one) => one.payment_id === paymentId)
    .map(({ amount, status }) => ({ amount, status }))
const whole = [{ amount: 49_900, status: 'processed' }]

describe('a refund that is wanted', () => {
  it('is made once by the job, ends access and is on record', async () => {
    const { student, paymentId } = await newOwner()
    await approve({ paymentId, amountPaise: 'all' })
    await world.runJobs()
    await world.runJobs()
    expect(await madeOf(paymentId)).toEqual(whole)
    expect(await owns(world, student)).toBe(false)
    expect(await paymentRow(world, paymentId)).toMatchObject({ outcome: 'returned' })
    const [request] = await requestsOf(world, paymentId)
    expect(request).toMatchObject({ state: 'sent', amountPaise: 49_900, answer: null })
    expect(request?.refundId).toMatch(/^rfnd_/)
  })

  it('is never more than what is left, also when two people press at the same moment', async () => {
    const { student, paymentId } = await newOwner()
    const { db } = world.services
    const pressed = await db.transaction(async (tx) => {
      await tx.select().from(users).where(eq(users.id, student.id)).for('update')
      const both = [30_000, 30_000].map((amountPaise) => approve({ paymentId, amountPaise }))
      await untilWaiting(world, 2)
      return { both: Promise.all(both) }
    })
    const answers = await pressed.both
    expect(answers.filter((one) => 'requestId' in one)).toHaveLength(1)
    expect(answers).toContainEqual({ refused: 'too much', leftPaise: 19_900 })
    expect(await approve({ paymentId, amountPaise: 19_901 })).toEqual({
      refused: 'too much',
      leftPaise: 19_900,
    })
    expect(await approve({ paymentId, amountPaise: 0 })).toMatchObject({ refused: 'too much' })
    await approve({ paymentId, amountPaise: 19_900 })
    await world.runJobs()
    expect((await madeOf(paymentId)).map(({ amount }) => amount).sort()).toEqual([19_900, 30_000])
    await until(async () => !(await owns(world, student)))
  })

  it('leaves what somebody refunded elsewhere', async () => {
    const { paymentId } = await newOwner()
    await refund(world, paymentId, 40_000)
    await until(async () => (await refundsOf(paymentId)).length === 1)
    expect(await approve({ paymentId, amountPaise: 10_000 })).toEqual({
      refused: 'too much',
      leftPaise: 9_900,
    })
    expect(await approve({ paymentId, amountPaise: 'all' })).toMatchObject({ amountPaise: 9_900 })
  })

  it('is made once although the payment service was down and its first answer was lost', async () => {
    const { paymentId } = await newOwner()
    await approve({ paymentId, amountPaise: 'all' })
    await world.settings('razorpay', { down: true })
    await world.runJobs()
    expect(await requestsOf(world, paymentId)).toMatchObject([{ state: 'approved' }])
    await world.settings('razorpay', { down: false, webhooks: 'off' })
    const real = required(world.services.payments, 'Buying')
    const cut: typeof real = {
      ...real,
      refund: async (wanted) => {
        await real.refund(wanted)
        throw new Error('The line was cut.')
      },
    }
    world.advance(60)
    await runDueJobs({ ...world.services, payments: cut })
    expect(await madeOf(paymentId)).toEqual(whole)
    expect(await requestsOf(world, paymentId)).toMatchObject([{ state: 'approved' }])
    world.advance(60)
    await world.runJobs()
    expect(await madeOf(paymentId)).toEqual(whole)
    expect(await requestsOf(world, paymentId)).toMatchObject([{ state: 'sent' }])
  })

  it('is known as sent when the webhook was faster than the answer', async () => {
    const { paymentId } = await newOwner()
    await approve({ paymentId, amountPaise: 'all' })
    const [request] = await requestsOf(world, paymentId)
    const told = { id: newRefundId(), payment_id: paymentId, amount: 49_900, status: 'processed' }
    await tell(world, 'refund.processed', { refund: { ...told, notes: { request: request?.id } } })
    expect(await requestsOf(world, paymentId)).toMatchObject([{ state: 'sent', refundId: told.id }])
    await world.runJobs()
    expect(await madeOf(paymentId)).toEqual([])
  })

  it('that the payment service refuses ends with its words', async () => {
    const { student, vendorOrderId } = await newBuyer(world)
    const payment = toldPayment({ order_id: vendorOrderId, amount: 49_900 })
    await tell(world, 'payment.captured', { payment })
    await approve({ paymentId: payment.id, amountPaise: 100 })
    // The sandbox knows no such payment.
    const real = required(world.services.payments, 'Buying')
    const listing: typeof real = { ...real, listRefunds: async () => [] }
    await runDueJobs({ ...world.services, payments: listing })
    const [request] = await requestsOf(world, payment.id)
    expect(request?.state).toBe('refused')
    expect(request?.answer).toContain('does not exist')
    expect(await owns(world, student)).toBe(true)
    world.advance(daySeconds)
    await world.runJobs()
    expect(await requestsOf(world, payment.id)).toHaveLength(1)
  })
})
