import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { newPaymentId, paymentRow, tell, toldPayment } from '../../../test/payment-events'
import { newBuyer, owns, pay, paymentWorld } from '../../../test/payments'
import { type Person, person } from '../../../test/people'
import { until } from '../../../test/until'
import { attachments, auditEvents, chapters, userProgress } from '../../db/schema'
import { newId } from '../../ids'
import { paths } from '../../paths'
import { daySeconds } from '../../rules/time'

const world = paymentWorld()
let admin: Person
beforeAll(async () => {
  admin = await person(world, { role: 'admin', name: 'Leela Desai' })
})

async function heldPayment() {
  const buyer = await newBuyer(world)
  const id = newPaymentId()
  const payment = toldPayment({ id, order_id: buyer.vendorOrderId, amount: 40_000, currency: 'USD' })
  await tell(world, 'payment.captured', { payment })
  return { ...buyer, id }
}
const text = async (path: string, part: string) =>
  (await admin.browser.get(path)).$(part).text().replace(/\s+/g, ' ')

describe('held payments', () => {
  it('stand on the overview and are accepted with a reason, once', async () => {
    const { student, id } = await heldPayment()
    expect(await text(paths.admin(), '#desk')).toMatch(/1 payment is on hold ?USD 400\.00 in total\./)
    expect(await text(paths.adminPayments({ outcome: 'held' }), `#${id}`)).toContain('USD 400.00 on hold')
    const accept = paths.adminPaymentAccept(id)
    const empty = await admin.browser.post(accept, { reason: '' })
    expect([empty.status, empty.$(`#held-${id}-reason-error`).text()]).toEqual([
      422,
      'Say why, so that others understand it later.',
    ])
    for (const _ of [1, 2])
      expect((await admin.browser.post(accept, { reason: 'By agreement.' })).status).toBe(303)
    expect(await owns(world, student)).toBe(true)
    expect(await paymentRow(world, id)).toMatchObject({ outcome: 'granted' })
    const acts = await world.services.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))
    expect(acts.map(({ action, reason }) => [action, reason])).toEqual([['accept-payment', 'By agreement.']])
  })

  it('are sent back, once', async () => {
    const { student, id } = await heldPayment()
    for (const _ of [1, 2])
      expect((await admin.browser.post(paths.adminPaymentReturn(id), { reason: 'Too little.' })).status).toBe(
        303,
      )
    expect(await paymentRow(world, id)).toMatchObject({ outcome: 'returning' })
    expect(await owns(world, student)).toBe(false)
  })

  it('have one reason for both ways to decide', async () => {
    const { id } = await heldPayment()
    const { $ } = await admin.browser.get(paths.adminPayments({ outcome: 'held' }))
    expect($(`#${id} textarea`)).toHaveLength(1)
    expect($(`#${id} form`).attr('action')).toBe(paths.adminPaymentAccept(id))
    const other = $(`#${id} button:contains("Send it back")`)
    expect([other.attr('formaction'), other.attr('hx-post')]).toEqual(
      Array(2).fill(paths.adminPaymentReturn(id)),
    )
    const long = 'x'.repeat(501)
    const refused = await admin.browser.part.post(paths.adminPaymentReturn(id), { reason: long })
    expect([refused.status, refused.$(`#held-${id}-reason`).text()]).toEqual([422, long])
    expect(refused.$(`#held-${id}-reason-error`).text()).toBe('Use at most 500 characters.')
  })

  it('of nobody say what is missing when they are accepted', async () => {
    const id = newPaymentId()
    await tell(world, 'payment.captured', { payment: toldPayment({ id, amount: 49_900 }) })
    const refused = await admin.browser.post(paths.adminPaymentAccept(id), { reason: 'Sure.' })
    expect([refused.status, refused.$(`#held-${id}-reason-error`).text()]).toEqual([
      422,
      'Razorpay has no order for this payment. Send it back.',
    ])
  })
})

describe('a dispute', () => {
  it('shows its clock on the overview, and the evidence to print', async () => {
    const { student, offered, vendorOrderId } = await newBuyer(world)
    const { razorpay_payment_id: paymentId } = await pay(world, vendorOrderId)
    await until(() => owns(world, student))
    const [lesson] = await world.services.db.select().from(chapters).where(eq(chapters.courseId, offered.id))
    await world.services.db.insert(userProgress).values({
      ...{ id: newId(), userId: student.id, chapterId: lesson?.id ?? '', isCompleted: true },
      updatedAt: world.services.now(),
    })
    const fileId = newId()
    await world.services.db.insert(attachments).values({
      ...{ id: fileId, courseId: offered.id, name: 'slides.pdf', fileKey: fileId },
      ...{ sizeBytes: 11, contentType: 'application/pdf' },
    })
    for (const _ of [1, 2]) await student.browser.get(paths.attachment(offered.slug, fileId))
    const id = `disp_${newId().slice(-12)}`
    const respondBy = Math.floor(Date.now() / 1000) + 5 * daySeconds + 600
    await tell(world, 'payment.dispute.created', {
      dispute: {
        ...{
          id,
          entity: 'dispute',
          payment_id: paymentId,
          amount: 49_900,
          currency: 'INR',
          amount_deducted: 0,
        },
        ...{ reason_code: 'goods_not_received', respond_by: respondBy, status: 'open', phase: 'chargeback' },
        created_at: Math.floor(Date.now() / 1000),
      },
    })
    await world.runJobs()
    expect(await text(paths.admin(), '#desk')).toMatch(/Dispute about ₹499\s*5 days left/)
    expect(await text(paths.adminDisputes(), 'table')).toContain('5 days left')
    const page = await text(paths.adminDispute(id), 'main')
    for (const said of [
      'Goods not received',
      student.email,
      'Test browser',
      '1 of 2 lessons started',
      'Completed',
      '1 file downloaded',
      'slides.pdf',
      `emailed to ${student.email}`,
    ])
      expect(page).toContain(said)
    expect(page).not.toContain('Not recorded')
    expect(await text(paths.adminDispute(id), '#refunds')).toContain('within 14 days')
    const found = await admin.browser.get(paths.adminOrders({ q: id }))
    expect(found.$('tbody tr')).toHaveLength(1)
  })
})

describe('webhooks', () => {
  it('are shown with what they said, by source and outcome', async () => {
    await tell(world, 'token.confirmed', { token: { id: 'token_1', entity: 'token' } })
    const page = await admin.browser.get(paths.adminWebhooks({ source: 'razorpay' }))
    expect(page.$('tbody tr').first().text()).toContain('token.confirmed')
    expect(page.$('tbody pre').first().text()).toContain('"token_1"')
    expect((await admin.browser.get(paths.adminWebhooks({ source: 'mux' }))).$('tbody tr')).toHaveLength(0)
    await tell(world, 'payment.captured', { payment: { id: 'pay_broken' } })
    const unclear = await admin.browser.get(paths.adminWebhooks({ outcome: 'unclear' }))
    expect(unclear.$('tbody tr').first().text()).toMatch(/Not understood payment\./)
  })
})
