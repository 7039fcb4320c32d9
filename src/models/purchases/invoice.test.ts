import { asc, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { paidOrder, tell, toldPayment } from '../../../test/payment-events'
import { newBuyer } from '../../../test/payments'
import { course, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { transact } from '../../db/connect'
import { invoiceSeries, invoices, orders, payments } from '../../db/schema'
import { issueInvoice } from './invoice'
import { openOrder } from './open-order'

const seller = {
  SELLER_NAME: 'Meera Learning Pvt Ltd',
  SELLER_ADDRESS: '12 MG Road, Bengaluru 560001',
  SELLER_STATE: 'Karnataka',
  SELLER_GSTIN: '29AAGCB7383J1Z4',
  SAC: '999293',
  TAX_RATE_PERCENT: '18',
}
const world = fileWorld({ environment: seller })
beforeEach(() => world.settings('razorpay', { down: false, webhooks: 'off' }))

const papersOf = (paymentId: string) =>
  world.services.db.select().from(invoices).where(eq(invoices.paymentId, paymentId)).orderBy(asc(invoices.id))

async function paidBuyer(
  change: Record<string, unknown> = {},
  billing: Partial<typeof orders.$inferInsert> = {},
) {
  const buyer = await newBuyer(world)
  if (Object.keys(billing).length > 0)
    await world.services.db.update(orders).set(billing).where(eq(orders.id, buyer.orderId))
  const payment = toldPayment({ order_id: buyer.vendorOrderId, amount: 49_900, ...change })
  const outcome = await tell(world, 'order.paid', { payment, order: paidOrder(buyer.vendorOrderId, 49_900) })
  return { ...buyer, payment, outcome }
}

const refundOf = (payment: { id: string }, amount: number, id = `rfnd_${crypto.randomUUID().slice(0, 12)}`) =>
  ({ id, payment_id: payment.id, amount, status: 'processed' }) as const

describe('the paper of a payment', () => {
  it('is a tax invoice to the paisa for what was paid, frozen as it was issued', async () => {
    const { payment, student, offered } = await paidBuyer(
      { amount: 44_910 },
      { billingState: '27', billingName: 'Rao & Sons' },
    )
    const [paper, ...more] = await papersOf(payment.id)
    expect(more).toEqual([])
    expect(paper).toMatchObject({
      kind: 'invoice',
      number: expect.stringMatching(/^\d\d-\d\d\/\d{6}$/),
      ...{ totalPaise: 44_910, taxablePaise: 38_059, igstPaise: 6851, cgstPaise: 0, sgstPaise: 0 },
      details: {
        seller: {
          name: seller.SELLER_NAME,
          address: seller.SELLER_ADDRESS,
          gstin: seller.SELLER_GSTIN,
          state: '29',
        },
        buyer: { name: 'Rao & Sons', email: student.email, gstin: null, state: '27' },
        ...{ text: `Online course: ${offered.title}`, sac: '999293', ratePercent: 18 },
      },
    })
    await tell(world, 'payment.captured', { payment })
    expect(await papersOf(payment.id)).toHaveLength(1)
  })

  it('splits the tax within the seller’s state, and leaves out a fee that the buyer bore', async () => {
    const { payment } = await paidBuyer({ amount: 51_078 })
    expect(await papersOf(payment.id)).toMatchObject([
      { totalPaise: 49_900, taxablePaise: 42_288, cgstPaise: 3806, sgstPaise: 3806, igstPaise: 0 },
    ])
  })

  it('is none for a payment that was held or goes back', async () => {
    const { payment, student, offered } = await paidBuyer()
    const again = await openOrder(world.services, (await person(world)).id, offered)
    const held = toldPayment({ order_id: again.vendorOrderId, amount: 100 })
    const unpaid = {
      ...paidOrder(again.vendorOrderId ?? '', 49_900),
      status: 'attempted',
      amount_due: 49_800,
    }
    expect(await tell(world, 'order.paid', { payment: held, order: unpaid })).toBe('held')
    const twice = toldPayment({ order_id: payment.order_id, amount: 49_900 })
    expect(await tell(world, 'payment.captured', { payment: twice })).toBe('returning')
    expect([...(await papersOf(held.id)), ...(await papersOf(twice.id))]).toEqual([])
    expect(student.email).toBeTruthy()
  })
})

describe('a credit note', () => {
  it('comes with each refund that is back, once, and they cancel the invoice', async () => {
    const { payment } = await paidBuyer()
    const first = refundOf(payment, 10_001)
    await tell(world, 'refund.created', { refund: { ...first, status: 'pending' } })
    expect(await papersOf(payment.id)).toHaveLength(1)
    await tell(world, 'refund.processed', { refund: first })
    await tell(world, 'refund.processed', { refund: first })
    await Promise.all(
      [1, 2, 3].map(() =>
        tell(world, 'refund.processed', { refund: { ...first, id: `${first.id}b`, amount: 39_899 } }),
      ),
    )
    const [paper, ...notes] = await papersOf(payment.id)
    expect(notes.map(({ kind, refundId }) => [kind, refundId])).toEqual([
      ['credit-note', first.id],
      ['credit-note', `${first.id}b`],
    ])
    expect(notes.map(({ number }) => number)).toEqual([
      expect.stringMatching(/^\d\d-\d\d\/C\d{5}$/),
      expect.stringMatching(/^\d\d-\d\d\/C\d{5}$/),
    ])
    for (const part of ['totalPaise', 'taxablePaise', 'cgstPaise', 'sgstPaise'] as const)
      expect(notes.reduce((sum, note) => sum + note[part], 0)).toBe(paper?.[part])
  })

  it('is issued for a refund that was told before its payment', async () => {
    const buyer = await newBuyer(world)
    const payment = toldPayment({ order_id: buyer.vendorOrderId, amount: 49_900 })
    await tell(world, 'refund.processed', { refund: refundOf(payment, 500) })
    expect(await papersOf(payment.id)).toEqual([])
    await tell(world, 'payment.captured', { payment })
    expect(await papersOf(payment.id)).toMatchObject([
      { kind: 'invoice' },
      { kind: 'credit-note', totalPaise: 500 },
    ])
  })

  it('is none for a refund of a payment too many', async () => {
    const { payment } = await paidBuyer()
    const twice = toldPayment({ order_id: payment.order_id, amount: 49_900 })
    await tell(world, 'payment.captured', { payment: twice })
    await tell(world, 'refund.processed', { refund: refundOf(twice, 49_900) })
    expect(await papersOf(twice.id)).toEqual([])
  })
})

describe('a debit note', () => {
  it('cancels the credit note of a refund that failed after all; the next one counts from there', async () => {
    const { payment } = await paidBuyer()
    const [part, rest] = [refundOf(payment, 10_001), refundOf(payment, 39_899)]
    for (const refund of [part, rest]) await tell(world, 'refund.processed', { refund })
    for (const _ of [1, 2]) await tell(world, 'refund.failed', { refund: { ...part, status: 'failed' } })
    const [paper, credit, _, debit, ...more] = await papersOf(payment.id)
    expect([debit?.kind, debit?.refundId, more]).toEqual(['debit-note', part.id, []])
    expect(debit?.number).toMatch(/^\d\d-\d\d\/D\d{5}$/)
    for (const key of ['totalPaise', 'taxablePaise', 'cgstPaise', 'sgstPaise'] as const)
      expect(debit?.[key]).toBe(credit?.[key])
    await tell(world, 'refund.processed', { refund: refundOf(payment, 10_001) })
    const all = await papersOf(payment.id)
    for (const key of ['totalPaise', 'taxablePaise', 'cgstPaise', 'sgstPaise'] as const) {
      const sum = (kind: string) =>
        all.filter((one) => one.kind === kind).reduce((total, one) => total + one[key], 0)
      expect(sum('credit-note') - sum('debit-note')).toBe(paper?.[key])
    }
  })

  it('is none where no credit note was issued', async () => {
    const { payment } = await paidBuyer()
    const refund = { ...refundOf(payment, 500), status: 'failed' }
    await tell(world, 'refund.failed', { refund })
    expect((await papersOf(payment.id)).map(({ kind }) => kind)).toEqual(['invoice'])
  })
})

describe('numbers', () => {
  const numbers = async () =>
    (await world.services.db.select({ number: invoices.number, kind: invoices.kind }).from(invoices))
      .filter(({ kind }) => kind === 'invoice')
      .map(({ number }) => Number(number.split('/')[1]))
      .sort((one, other) => one - other)

  it('have no gap and none is given twice, though 50 payments settle at once', {
    timeout: 60_000,
  }, async () => {
    const offered = await course(world)
    const students = await Promise.all(Array.from({ length: 50 }, () => person(world)))
    const paying = await Promise.all(students.map(({ id }) => openOrder(world.services, id, offered)))
    const before = (await numbers()).length
    await Promise.all(
      paying.map(({ vendorOrderId }) =>
        tell(world, 'payment.captured', {
          payment: toldPayment({ order_id: vendorOrderId, amount: 49_900 }),
        }),
      ),
    )
    expect(await numbers()).toEqual(Array.from({ length: before + 50 }, (_, index) => index + 1))
  })

  it('are not used up by what is rolled back', async () => {
    const { payment, orderId } = await paidBuyer()
    const { db } = world.services
    const before = await db.select().from(invoiceSeries)
    const [order] = await db.select().from(orders).where(eq(orders.id, orderId))
    const [kept] = await db.select().from(payments).where(eq(payments.id, payment.id))
    if (!order || !kept) throw new Error('Nothing was paid.')
    await expect(
      transact(db, async (tx) => {
        await issueInvoice({ ...world.services, db: tx }, order, kept)
        throw new Error('cut half way')
      }),
    ).rejects.toThrow('cut half way')
    expect(await db.select().from(invoiceSeries)).toEqual(before)
  })
})
