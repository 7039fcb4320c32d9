import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { mailsTo } from '../../../test/mailbox'
import { newPaymentId, paymentRow, tell, toldPayment } from '../../../test/payment-events'
import { newBuyer, owns, paymentWorld, studentCount } from '../../../test/payments'
import { person } from '../../../test/people'
import { disputes } from '../../db/schema'

const world = paymentWorld({ webhooks: 'off' })
const respondBy = new Date('2026-12-24T00:00:00Z')

async function owner() {
  const buyer = await newBuyer(world)
  const payment = toldPayment({ order_id: buyer.vendorOrderId, amount: 49_900 })
  await tell(world, 'payment.captured', { payment })
  return { ...buyer, payment }
}

function disputeOf(payment: ReturnType<typeof toldPayment>) {
  const id = `disp_${newPaymentId().slice(4)}`
  const entity = {
    id,
    payment_id: payment.id,
    amount: payment.amount,
    amount_deducted: 0,
    currency: 'INR',
    reason_code: 'goods_or_services_not_received',
    phase: 'chargeback',
    respond_by: respondBy.getTime() / 1000,
    created_at: Math.floor(Date.now() / 1000),
  }
  const told = (event: string, status: string, change = {}) =>
    tell(world, `payment.dispute.${event}`, { payment, dispute: { ...entity, status, ...change } })
  return { id, told }
}
const row = async (id: string) =>
  (await world.services.db.select().from(disputes).where(eq(disputes.id, id)))[0]

describe('a dispute', () => {
  it('is on record with its clock, administrators are told once, and access stays while it is open', async () => {
    const admin = await person(world, { role: 'admin' })
    const { student, offered, payment } = await owner()
    const { id, told } = disputeOf(payment)
    expect(await told('created', 'open')).toBe('dispute open')
    await told('under_review', 'under_review')
    await told('action_required', 'open')
    expect(await row(id)).toMatchObject({
      paymentId: payment.id,
      status: 'under_review',
      amountPaise: 49_900,
      reasonCode: 'goods_or_services_not_received',
      respondBy,
    })
    expect(await owns(world, student)).toBe(true)
    await world.runJobs()
    const mails = await mailsTo(world, admin)
    expect(mails.map(({ subject }) => subject)).toEqual(['A buyer disputes a payment: ₹499'])
    expect(mails[0]?.text).toContain('by 24 December 2026')
    expect(mails[0]?.text).toContain(offered.title)
  })

  it('that is lost ends access, whatever comes late', async () => {
    const { student, offered, payment } = await owner()
    const { id, told } = disputeOf(payment)
    await told('lost', 'lost', { amount_deducted: 49_900 })
    await told('created', 'open')
    await told('won', 'won')
    expect(await row(id)).toMatchObject({ status: 'lost', deductedPaise: 49_900 })
    expect(await owns(world, student)).toBe(false)
    expect(await studentCount(world, offered)).toBe(0)
    expect(await paymentRow(world, payment.id)).toMatchObject({ outcome: 'lost' })
    await tell(world, 'payment.captured', { payment })
    expect(await owns(world, student)).toBe(false)
  })

  it('that is won, or closed without a deduction, leaves access', async () => {
    const { student, offered, payment } = await owner()
    await disputeOf(payment).told('won', 'won')
    await disputeOf(payment).told('closed', 'closed')
    expect(await owns(world, student)).toBe(true)
    await disputeOf(payment).told('closed', 'closed', { amount_deducted: 49_900 })
    expect(await owns(world, student)).toBe(false)
    expect(await studentCount(world, offered)).toBe(0)
  })

  it('of a payment that nobody knew makes it a held one', async () => {
    const payment = toldPayment({ order_id: null, amount: 1_000 })
    const { id, told } = disputeOf(payment)
    await told('created', 'open')
    expect(await paymentRow(world, payment.id)).toMatchObject({ outcome: 'held' })
    expect(await row(id)).toMatchObject({ status: 'open' })
    await told('lost', 'lost')
    expect(await paymentRow(world, payment.id)).toMatchObject({ outcome: 'lost' })
  })

  it('heard of before its payment counts when the payment comes', async () => {
    const { student, vendorOrderId } = await newBuyer(world)
    const payment = toldPayment({ order_id: vendorOrderId, amount: 49_900 })
    const dispute = {
      id: `disp_${payment.id.slice(4)}`,
      payment_id: payment.id,
      amount: 49_900,
      currency: 'INR',
    }
    await tell(world, 'payment.dispute.lost', { dispute: { ...dispute, status: 'lost' } })
    await tell(world, 'payment.captured', { payment })
    expect(await owns(world, student)).toBe(false)
    expect(await paymentRow(world, payment.id)).toMatchObject({ outcome: 'lost' })
  })
})
