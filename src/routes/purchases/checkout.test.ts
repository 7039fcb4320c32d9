import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { openCheckout, orderRow, owns, paymentState, purchasesOf } from '../../../test/payments'
import { course, give, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { courses, jobs } from '../../db/schema'
import { newId } from '../../ids'
import { openOrder } from '../../models/purchases/open-order'
import { required } from '../../services'

const world = fileWorld()

describe('starting to buy', () => {
  it('shows the hosted form with a frozen amount, which needs no script', async () => {
    const student = await person(world)
    const offered = await course(world, { pricePaise: 149_900 })
    const { answer, orderId, vendorOrderId, callback } = await openCheckout(student, offered)
    expect(answer.status).toBe(200)
    const form = answer.$('form[data-checkout]')
    expect(form.attr('action')).toBe(`${world.sandbox.origin}/razorpay/v1/checkout/embedded`)
    expect(form.find('input[name=amount]').attr('value')).toBe('149900')
    expect(form.find('input[name=key_id]').attr('value')).toBe(world.environment.RAZORPAY_KEY_ID)
    expect(form.find('input[name="prefill[email]"]').attr('value')).toBe(student.email)
    expect(form.find('input[name=order_id]').attr('value')).toBe(vendorOrderId)
    expect(form.find('input[name=callback_url]').attr('value')).toBe(`${world.origin}${callback}`)
    expect(form.find('input[name=cancel_url]').attr('value')).toBe(`${world.origin}/purchases/${orderId}`)
    expect(form.find('button').text()).toBe('Pay now')
    expect(answer.$('#pay .amount').text()).toBe('₹1,499')
    expect(answer.headers.get('Content-Security-Policy')).toContain(
      `form-action 'self' ${world.sandbox.origin}`,
    )
    expect(await orderRow(world, orderId)).toMatchObject({
      amountPaise: 149_900,
      state: 'open',
      vendorOrderId,
    })
    expect(await owns(world, student)).toBe(false)
  })

  it('uses an open order of the same price again, also from two tabs at once', async () => {
    const student = await person(world)
    const offered = await course(world)
    const tabs = await Promise.all([1, 2, 3, 4].map(() => openCheckout(student, offered)))
    const later = await openCheckout(student, offered)
    expect(new Set([...tabs, later].map((tab) => tab.vendorOrderId)).size).toBe(1)
    expect(
      (await paymentState(world)).orders.filter((order) => order.receipt === later.orderId),
    ).toHaveLength(1)
    const waiting = await world.services.db.select().from(jobs).where(eq(jobs.kind, 'check-order'))
    const ofOrder = waiting.filter(({ payload }) => payload.orderId === later.orderId)
    expect(ofOrder.map(({ payload }) => payload.once).sort()).toEqual(['yes', undefined])
  })

  it('gives three tabs one order to pay, even where the payment service opens three', async () => {
    const student = await person(world)
    const offered = await course(world)
    const payments = required(world.services.payments, 'Buying')
    const withoutReceipts = {
      ...payments,
      openOrder: (order: Parameters<(typeof payments)['openOrder']>[0]) =>
        payments.openOrder({ ...order, receipt: newId() }),
    }
    const services = { ...world.services, payments: withoutReceipts }
    const tabs = await Promise.all([1, 2, 3].map(() => openOrder(services, student.id, offered)))
    const { id, vendorOrderId } = await orderRow(world, tabs[0]?.id ?? '')
    expect(tabs.map((tab) => [tab.id, tab.vendorOrderId])).toEqual(tabs.map(() => [id, vendorOrderId]))
  })

  it('makes a new order when the price has changed', async () => {
    const student = await person(world)
    const offered = await course(world, { pricePaise: 50_000 })
    const before = await openCheckout(student, offered)
    await world.services.db.update(courses).set({ pricePaise: 60_000 }).where(eq(courses.id, offered.id))
    const after = await openCheckout(student, offered)
    expect(after.orderId).not.toBe(before.orderId)
    expect((await orderRow(world, before.orderId)).amountPaise).toBe(50_000)
    expect((await orderRow(world, after.orderId)).amountPaise).toBe(60_000)
  })

  it('joins a free course at once, once', async () => {
    const student = await person(world)
    const offered = await course(world, { pricePaise: 0 })
    const answers = await Promise.all(
      [1, 2, 3].map(() => student.browser.post(`/courses/${offered.slug}/purchase`)),
    )
    for (const answer of answers)
      expect([answer.status, answer.location]).toEqual([303, `/learn/${offered.slug}`])
    expect(await purchasesOf(world, student)).toMatchObject([
      { pricePaise: 0, orderId: null, revokedAt: null },
    ])
    const [row] = await world.services.db.select().from(courses).where(eq(courses.id, offered.id))
    expect(row?.studentCount).toBe(1)
  })

  it('sends owners and the instructor to the course instead', async () => {
    const instructor = await person(world, { role: 'instructor' })
    const offered = await course(world, { owner: instructor })
    const student = await person(world)
    await give(world, student, offered)
    for (const { browser } of [student, instructor]) {
      const answer = await browser.post(`/courses/${offered.slug}/purchase`)
      expect([answer.status, answer.location]).toEqual([303, `/learn/${offered.slug}`])
    }
  })

  it('sends a visitor to sign up, and from there on with buying', async () => {
    const { slug } = await course(world)
    const path = `/courses/${slug}/purchase`
    for (const answer of [await world.browser().post(path), await world.browser().get(path)])
      expect([answer.status, answer.location]).toEqual([303, `/sign-up?next=${encodeURIComponent(path)}`])
  })

  it('leads who asks for its address to the open order, the lessons, or the course', async () => {
    const student = await person(world)
    const offered = await course(world)
    const path = `/courses/${offered.slug}/purchase`
    const places = async () => {
      const { status, location } = await student.browser.get(path)
      return [status, location]
    }
    expect(await places()).toEqual([303, `/courses/${offered.slug}`])
    expect((await student.browser.get(`/courses/${offered.slug}`)).$('[role=status]').text()).toContain(
      'One press takes you on',
    )
    const { orderId } = await openCheckout(student, offered)
    expect(await places()).toEqual([303, `/purchases/${orderId}`])
    await give(world, student, offered)
    expect(await places()).toEqual([303, `/learn/${offered.slug}`])
  })

  it('does not sell drafts, archived courses and what does not exist', async () => {
    const student = await person(world)
    const draft = await course(world, { isPublished: false })
    const archived = await course(world)
    await world.services.db.update(courses).set({ archivedAt: new Date() }).where(eq(courses.id, archived.id))
    for (const slug of [draft.slug, archived.slug, 'no-such-course']) {
      expect((await student.browser.post(`/courses/${slug}/purchase`)).status).toBe(404)
    }
  })

  it('refuses a form of another site', async () => {
    const student = await person(world)
    const offered = await course(world, { pricePaise: 0 })
    const answer = await student.browser.post(
      `/courses/${offered.slug}/purchase`,
      {},
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' },
    )
    expect(answer.status).toBe(403)
    expect(await owns(world, student)).toBe(false)
  })

  it('tells that the payment service does not answer, and goes on where it stopped', async () => {
    const student = await person(world)
    const offered = await course(world)
    await world.settings('razorpay', { down: true })
    const answer = await student.browser.post(`/courses/${offered.slug}/purchase`)
    await world.settings('razorpay', { down: false })
    expect(answer.status).toBe(502)
    expect(answer.$('h1').text()).toBe('A service did not answer')
    const { vendorOrderId, orderId } = await openCheckout(student, offered)
    expect((await orderRow(world, orderId)).vendorOrderId).toBe(vendorOrderId)
  })
})
