import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { mailsTo } from '../../../test/mailbox'
import { member, memberPassword } from '../../../test/member'
import { newPaymentId, requestsOf, tell, toldPayment } from '../../../test/payment-events'
import { newBuyer, owns, pay, paymentState, paymentWorld, refund } from '../../../test/payments'
import { type Person, person } from '../../../test/people'
import { until } from '../../../test/until'
import { auditEvents, invoices, refunds, users } from '../../db/schema'
import { newId } from '../../ids'
import { openSession } from '../../models/account/session'
import { paths } from '../../paths'
import { minuteSeconds } from '../../rules/time'

const world = paymentWorld()
let admin: Person
beforeAll(async () => {
  admin = await member(world, { role: 'admin', name: 'Leela Desai' })
})

async function owner(name = 'Ravi Menon') {
  const buyer = await newBuyer(world)
  await world.services.db.update(users).set({ name }).where(eq(users.id, buyer.student.id))
  const { razorpay_payment_id: paymentId } = await pay(world, buyer.vendorOrderId)
  await until(() => owns(world, buyer.student))
  return { ...buyer, paymentId }
}
const found = async (q: string, state = '') => {
  const { $ } = await admin.browser.get(paths.adminOrders({ q, state }))
  return $('tbody a')
    .map((_, link) => $(link).attr('href'))
    .get()
}
const story = async (orderId: string) =>
  (await admin.browser.get(paths.adminOrder(orderId))).$('#story').text().replace(/\s+/g, ' ')
const actsOf = (subjectId: string) =>
  world.services.db.select().from(auditEvents).where(eq(auditEvents.subjectId, subjectId))
const fields = (page: Awaited<ReturnType<typeof admin.browser.get>>, action: string) => ({
  formKey: page.$(`form[action="${action}"] input[name=formKey]`).attr('value') ?? '',
})

describe('the search of orders', () => {
  it('finds a paid order by each of its numbers, by phone, surname and the middle of an address', async () => {
    const { student, orderId, vendorOrderId, paymentId } = await owner('Ravi Padmanabhan')
    const { id: refundId } = await refund(world, paymentId, 100)
    const { db } = world.services
    await until(async () => (await db.select().from(refunds).where(eq(refunds.id, refundId))).length === 1)
    await db.update(users).set({ phoneNumber: '+919876512345' }).where(eq(users.id, student.id))
    await db.insert(invoices).values({
      ...{ id: newId(), kind: 'receipt', number: '26-27/000123', orderId, paymentId, issuedAt: new Date() },
      ...{ totalPaise: 49_900, taxablePaise: 49_900 },
      details: {
        seller: { name: 'S', address: null, gstin: null, state: null },
        buyer: { name: 'B', email: 'b@example.com', gstin: null, state: null },
        ...{ text: 'T', sac: null, ratePercent: null },
      },
    })
    const middle = student.email.slice(9, 30)
    for (const q of [
      ...[
        orderId,
        orderId.toUpperCase(),
        vendorOrderId,
        paymentId,
        refundId,
        '26-27/000123',
        '#26-27/000123',
      ],
      ...['98765 12345', '+91 98765 12345', 'padmanabhan', 'dmanab', 'Padmanabhan Ravi', middle],
    ])
      expect(await found(q), q).toEqual([paths.adminOrder(orderId)])
    for (const q of ['nobody-at-all', '%', '_', '26-27/000124', 'आशा', '🙂', `${paymentId}x`, '%%%%'])
      expect(await found(q), q).toEqual([])
    expect(await found('padmanabhan', 'paid')).toEqual([paths.adminOrder(orderId)])
    for (const state of ['open', 'declined', 'held', 'returned', 'disputed', 'abandoned'])
      expect(await found('padmanabhan', state), state).toEqual([])
  })

  it('finds by state, and shows the newest first', async () => {
    const open = await newBuyer(world)
    const declined = await newBuyer(world)
    await pay(world, declined.vendorOrderId, 'declined')
    await until(async () => (await found(declined.orderId, 'declined')).length === 1)
    expect((await found('', 'open'))[0]).toBe(paths.adminOrder(open.orderId))
    expect((await found(''))[0]).toBe(paths.adminOrder(declined.orderId))
    await tell(world, 'payment.captured', {
      payment: toldPayment({ order_id: open.vendorOrderId, amount: 100, currency: 'USD' }),
    })
    expect(await found(open.orderId, 'held')).toEqual([paths.adminOrder(open.orderId)])
  })

  it('leads to a payment that belongs to no order', async () => {
    const id = newPaymentId()
    await tell(world, 'payment.captured', { payment: toldPayment({ id, amount: 49_900 }) })
    const { $ } = await admin.browser.get(paths.adminOrders({ q: id }))
    expect($('main').text()).toContain(`Payment ${id} belongs to no order`)
  })
})

describe('the story of an order', () => {
  it('tells from opening to refund who did what, and why', async () => {
    const { student, orderId, paymentId } = await owner()
    await world.runJobs()
    expect(await story(orderId)).toMatch(
      /Ravi Menon started buying .* for ₹499\..*₹499 by UPI \(pay_\w+\) was paid\..*course was opened.*receipt was emailed/i,
    )
    expect(await story(orderId)).toMatch(/Webhook (order\.paid|payment\.captured) from Razorpay: granted/)
    const refundPath = paths.adminOrderRefund(orderId)
    const form = fields(await admin.browser.get(paths.adminOrder(orderId)), refundPath)
    await admin.browser.post(refundPath, { ...form, amount: '100', reason: 'Half of it was silent.' })
    await world.runJobs()
    expect(await story(orderId)).toMatch(
      /Leela Desai asked for ₹100 back: Half of it was silent\..*approved the refund of ₹100.*₹100 was refunded/,
    )
    expect(await owns(world, student)).toBe(true)
    expect((await requestsOf(world, paymentId)).map(({ state }) => state)).toEqual(['sent'])
  })

  it('tells why a payment was declined', async () => {
    const { orderId, vendorOrderId } = await newBuyer(world)
    await tell(world, 'payment.failed', {
      payment: toldPayment({
        ...{ order_id: vendorOrderId, amount: 49_900, status: 'failed' },
        error_description: 'The bank has no balance of yours',
      }),
    })
    expect(await story(orderId)).toContain('was declined: The bank has no balance of yours.')
  })
})

describe('the verbs of an order', () => {
  it('asks Razorpay now, and learns of a payment that no webhook told of', async () => {
    await world.settings('razorpay', { webhooks: 'off' })
    const { student, orderId, vendorOrderId } = await newBuyer(world)
    const check = paths.adminOrderCheck(orderId)
    const said = async () => {
      const answer = await admin.browser.post(check)
      expect(answer.status).toBe(303)
      return (await admin.browser.get(paths.adminOrder(orderId))).$('body').text()
    }
    expect(await said()).toContain('has no payment for this order')
    await pay(world, vendorOrderId)
    expect(await said()).toContain('Razorpay has the money')
    expect(await owns(world, student)).toBe(true)
    await world.settings('razorpay', { down: true })
    expect(await said()).toContain('Razorpay could not be reached')
    expect((await actsOf(orderId)).map(({ action }) => action)).toEqual(Array(3).fill('ask-vendor'))
  })

  it('refunds once however often one form is pressed, and never more than is left', async () => {
    const { orderId, paymentId } = await owner()
    const refundPath = paths.adminOrderRefund(orderId)
    const form = fields(await admin.browser.get(paths.adminOrder(orderId)), refundPath)
    const typed = { ...form, amount: '200', reason: 'A gesture.' }
    const answers = await Promise.all([1, 2, 3].map(() => admin.browser.post(refundPath, typed)))
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    await world.runJobs()
    expect((await requestsOf(world, paymentId)).map(({ amountPaise }) => amountPaise)).toEqual([20_000])
    const tooMuch = await admin.browser.post(refundPath, { amount: '300', reason: 'All.' })
    expect([tooMuch.status, tooMuch.$('#refund-amount-error').text()]).toEqual([
      422,
      'At most ₹299 is left to refund.',
    ])
    expect(tooMuch.$('#refund-reason').text()).toBe('All.')
    const nonsense = await admin.browser.post(refundPath, { amount: 'much', reason: '' })
    expect([nonsense.status, nonsense.$('#refund-amount').attr('value')]).toEqual([422, 'much'])
    expect((await requestsOf(world, paymentId)).length).toBe(1)
    await admin.browser.post(refundPath, { amount: '', reason: 'The rest.' })
    await world.runJobs()
    const made = (await paymentState(world)).refunds.filter((one) => one.payment_id === paymentId)
    expect(made.map(({ amount }) => amount).sort()).toEqual([20_000, 29_900])
  })

  it('takes the course back and gives it again, with a reason', async () => {
    const { student, orderId } = await owner()
    const revoke = paths.adminOrderRevoke(orderId)
    expect((await admin.browser.post(revoke, { reason: ' ' })).status).toBe(422)
    expect(await owns(world, student)).toBe(true)
    for (const _ of [1, 2]) await admin.browser.post(revoke, { reason: 'A shared account.' })
    expect(await owns(world, student)).toBe(false)
    for (const _ of [1, 2]) await admin.browser.post(paths.adminOrderGrant(orderId), { reason: 'An error.' })
    expect(await owns(world, student)).toBe(true)
    const acts = (await actsOf(student.id)).map(({ action, reason }) => [action, reason])
    expect(acts).toEqual([
      ['take-course-back', 'A shared account.'],
      ['give-course', 'An error.'],
    ])
    expect(await story(orderId)).toContain('Leela Desai took the course back: A shared account.')
  })

  it('sends the receipt again, and only of what was paid', async () => {
    const { student, orderId } = await owner()
    await world.runJobs()
    const before = (await mailsTo(world, student)).length
    for (const _ of [1, 2]) await admin.browser.post(paths.adminOrderReceipt(orderId))
    await world.runJobs()
    expect((await mailsTo(world, student)).length).toBe(before + 1)
    const open = await newBuyer(world)
    await admin.browser.post(paths.adminOrderReceipt(open.orderId))
    expect(await actsOf(open.orderId)).toEqual([])
  })

  it('asks for the password again after a quarter of an hour, and once for the next', async () => {
    const { student, orderId } = await owner()
    const boss = await member(world, { role: 'admin' })
    const revoke = paths.adminOrderRevoke(orderId)
    world.advance(16 * minuteSeconds)
    const asked = await boss.browser.post(revoke, { reason: 'Shared.' })
    expect([asked.status, asked.$('#revoke-reason').text()]).toEqual([422, 'Shared.'])
    expect(asked.$('#revoke-password-error').text()).toContain('Enter your password again')
    const wrong = await boss.browser.post(revoke, { reason: 'Shared.', password: 'not this one' })
    expect(wrong.$('#revoke-password-error').text()).toBe('This is not your password.')
    expect(await owns(world, student)).toBe(true)
    await boss.browser.post(revoke, { reason: 'Shared.', password: memberPassword })
    expect(await owns(world, student)).toBe(false)
    await boss.browser.post(paths.adminOrderGrant(orderId), { reason: 'An error.' })
    expect(await owns(world, student)).toBe(true)
    const other = world.browser()
    other.cookies.set('session', await openSession(world.services, boss.id, 'Another browser'))
    world.advance(16 * minuteSeconds)
    expect((await other.post(revoke, { reason: 'Shared.' })).status).toBe(422)
  })

  it('asks who has no password to sign in again', async () => {
    const { orderId } = await owner()
    const boss = await person(world, { role: 'admin' })
    world.advance(16 * minuteSeconds)
    const asked = await boss.browser.post(paths.adminOrderRevoke(orderId), { reason: 'Shared.' })
    expect([asked.status, asked.$('#verbs [role=alert]').text()]).toEqual([
      422,
      expect.stringContaining('Sign out and back in'),
    ])
  })
})
