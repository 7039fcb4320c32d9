import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { mailsTo } from '../../../test/mailbox'
import { requestsOf } from '../../../test/payment-events'
import { newBuyer, owns, pay, paymentState, paymentWorld } from '../../../test/payments'
import { type Person, person } from '../../../test/people'
import { until } from '../../../test/until'
import { fileWorld } from '../../../test/world'
import { auditEvents, refundRequests, userProgress } from '../../db/schema'
import { newId } from '../../ids'
import { addJob } from '../../models/job'
import { paths } from '../../paths'
import { daySeconds } from '../../rules/time'

const world = paymentWorld()
let admin: Person
beforeAll(async () => {
  admin = await person(world, { role: 'admin', name: 'Leela Desai' })
})

async function owner(where = world) {
  const buyer = await newBuyer(where)
  const { razorpay_payment_id: paymentId } = await pay(where, buyer.vendorOrderId)
  await until(() => owns(where, buyer.student))
  return { ...buyer, paymentId }
}
type Owner = Awaited<ReturnType<typeof owner>>
const ask = ({ student, orderId }: Owner, reason = 'It was not for me.') =>
  student.browser.post(paths.purchaseRefund(orderId), { reason })
const made = async (paymentId: string) =>
  (await paymentState(world)).refunds.filter((one) => one.payment_id === paymentId)
const states = async (paymentId: string) => (await requestsOf(world, paymentId)).map(({ state }) => state)
const page = async ({ student, orderId }: Owner) =>
  (await student.browser.get(paths.purchaseRefund(orderId))).$('main').text().replace(/\s+/g, ' ')

describe('a refund that a student asks for', () => {
  it('inside the rule is sent at once, and pressed often it is one', async () => {
    const bought = await owner()
    expect(
      (await bought.student.browser.get(paths.course(bought.offered.slug))).$('#refunds').text(),
    ).toContain('within 14 days')
    expect((await bought.student.browser.get(paths.purchase(bought.orderId))).$('main').text()).toContain(
      'within 14 days',
    )
    const answers = await Promise.all([ask(bought), ask(bought), ask(bought)])
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303])
    expect(await states(bought.paymentId)).toEqual(['approved'])
    await world.runJobs()
    await ask(bought)
    await world.runJobs()
    expect((await made(bought.paymentId)).map(({ amount }) => amount)).toEqual([49_900])
    expect(await owns(world, bought.student)).toBe(false)
    const acts = await world.services.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subjectId, bought.orderId))
    expect(acts.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['request-refund', bought.student.id],
    ])
  })

  it('is made once also when Razorpay was down, and its answer was lost', async () => {
    const bought = await owner()
    await world.settings('razorpay', { down: true })
    expect((await ask(bought)).status).toBe(303)
    await world.runJobs()
    expect(await made(bought.paymentId)).toEqual([])
    await world.settings('razorpay', { down: false })
    world.advance(600)
    await world.runJobs()
    await world.services.db
      .update(refundRequests)
      .set({ state: 'approved', refundId: null })
      .where(eq(refundRequests.paymentId, bought.paymentId))
    const [request] = await requestsOf(world, bought.paymentId)
    await addJob(world.services, 'send-refund', { requestId: request?.id ?? '' })
    await ask(bought)
    await world.runJobs()
    expect(await made(bought.paymentId)).toHaveLength(1)
    expect(await states(bought.paymentId)).toEqual(['sent'])
  })

  it('wants a reason, and keeps what was typed', async () => {
    const bought = await owner()
    const answer = await ask(bought, '   ')
    expect([answer.status, answer.$('#reason-error').text()]).toEqual([
      422,
      'Say why, so that others understand it later.',
    ])
    expect(await states(bought.paymentId)).toEqual([])
  })

  it('is somebody’s own only', async () => {
    const bought = await owner()
    const other = await person(world)
    const answer = await other.browser.post(paths.purchaseRefund(bought.orderId), { reason: 'Mine.' })
    expect(answer.status).toBe(404)
  })

  it('of an order that nobody paid changes nothing', async () => {
    const open = await newBuyer(world)
    const answer = await open.student.browser.post(paths.purchaseRefund(open.orderId), { reason: 'No.' })
    expect(answer.status).toBe(303)
    expect((await open.student.browser.get(paths.purchaseRefund(open.orderId))).$('main').text()).toContain(
      'nothing left to refund',
    )
  })
})

describe('a refund outside of the rule', () => {
  async function late() {
    const bought = await owner()
    const done = { userId: bought.student.id, isCompleted: true, updatedAt: world.services.now() }
    await world.services.db
      .insert(userProgress)
      .values({ ...done, id: newId(), chapterId: bought.offered.chapters[0]?.id ?? '' })
    return bought
  }
  const decide = async ({ orderId, paymentId }: Owner, verb: 'approve' | 'decline', reason: string) => {
    const [request] = await requestsOf(world, paymentId)
    const path = verb === 'approve' ? paths.adminRefundApprove : paths.adminRefundDecline
    return admin.browser.post(path(orderId, request?.id ?? ''), { reason })
  }

  it('waits for a person, red on the desk, and is asked once', async () => {
    const bought = await late()
    expect(await page(bought)).toContain(
      'Somebody on our team has to decide. You have completed 50% of the lessons.',
    )
    for (const _ of [1, 2]) expect((await ask(bought, 'Too slow for me.')).status).toBe(303)
    expect(await states(bought.paymentId)).toEqual(['asked'])
    expect(await page(bought)).toContain('Your request is waiting for a decision')
    expect((await admin.browser.get(paths.admin())).$('#desk').text()).toContain('Too slow for me.')
    expect(await owns(world, bought.student)).toBe(true)
  })

  it('is declined with a reason that the student reads, by mail and on the page', async () => {
    const bought = await late()
    await ask(bought)
    expect((await decide(bought, 'decline', '')).status).toBe(422)
    for (const reason of ['You have seen half of it.', 'Again.'])
      expect((await decide(bought, 'decline', reason)).status).toBe(303)
    await world.runJobs()
    expect(await page(bought)).toContain('Your request was declined: You have seen half of it.')
    const mails = await mailsTo(world, bought.student)
    expect(mails.filter(({ text }) => text.includes('You have seen half of it.'))).toHaveLength(1)
    expect(await made(bought.paymentId)).toEqual([])
    await ask(bought)
    expect(await states(bought.paymentId)).toEqual(expect.arrayContaining(['declined', 'asked']))
  })

  it('is approved by one of two, once', async () => {
    const bought = await late()
    await ask(bought)
    const [first, second] = await Promise.all([
      decide(bought, 'approve', 'Fair.'),
      decide(bought, 'approve', 'Fair.'),
    ])
    expect([first.status, second.status].every((status) => status === 303 || status === 422)).toBe(true)
    await world.runJobs()
    expect((await made(bought.paymentId)).map(({ amount }) => amount)).toEqual([49_900])
    expect(await owns(world, bought.student)).toBe(false)
  })

  it('is one of another order nowhere', async () => {
    const [one, other] = [await late(), await late()]
    await ask(one)
    const [request] = await requestsOf(world, one.paymentId)
    const path = paths.adminRefundApprove(other.orderId, request?.id ?? '')
    expect((await admin.browser.post(path, { reason: 'Fair.' })).status).toBe(404)
  })

  it('goes to a person from the fourth in a year on', async () => {
    const [before, again] = [await owner(), await owner()]
    for (let n = 0; n < 3; n++)
      await world.services.db.insert(refundRequests).values({
        ...{ id: newId(), paymentId: before.paymentId, amountPaise: 100, requestedBy: again.student.id },
        ...{ reason: 'Before.', state: 'sent', createdAt: world.services.now() },
      })
    expect(await page(again)).toContain('You have had 3 refunds in the last year.')
  })

  it('goes to a person after the days', async () => {
    const bought = await owner()
    world.advance(15 * daySeconds)
    expect(await page(bought)).toContain('You paid more than 14 days ago.')
  })
})

describe('where refunds are switched off', () => {
  const off = fileWorld({ environment: { REFUND_DAYS: '0' } })
  it('a person decides about each', async () => {
    const bought = await owner(off)
    const course = await bought.student.browser.get(paths.course(bought.offered.slug))
    expect(course.$('#refunds').text()).toContain('Somebody on our team decides')
    await ask(bought)
    const [request] = await requestsOf(off, bought.paymentId)
    expect(request?.state).toBe('asked')
  })
})
