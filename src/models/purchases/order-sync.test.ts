import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import {
  bankState,
  callBack,
  orderRow,
  owns,
  pay,
  receiptFields,
  refund,
  someoneBuying,
  studentCount,
} from '../../../test/payments'
import { course, person } from '../../../test/people'
import { until } from '../../../test/until'
import { fileWorld } from '../../../test/world'
import { transact } from '../../db/connect'
import { jobs, orders } from '../../db/schema'
import { newId } from '../../ids'
import { runDueJobs } from '../../jobs/run'
import { required } from '../../services'
import { openOrder } from './order'
import { joinCourse } from './purchase'
import { refundDuplicatePayment } from './refund'
import { settle } from './settlement'

const world = fileWorld()
beforeEach(() => world.settings('razorpay', { webhooks: 'off', down: false, refunds: 'processed' }))

const bank = () => required(world.services.payments, 'Buying')

describe('asking the bank', () => {
  it('settles what is paid although the bank refuses to take a second payment of the same order', async () => {
    const { student, bankOrderId, orderId } = await someoneBuying(world)
    // Both before the bank has answered to either.
    await world.settings('razorpay', { delaySeconds: 1 })
    await Promise.all([pay(world, bankOrderId, 'late'), pay(world, bankOrderId, 'late')])
    await until(async () => {
      const states = (await bank().listPayments(bankOrderId)).map(({ state }) => state)
      return states.join() === 'authorized,captured'
    }, 'a second payment that stays authorised')
    const answer = await student.browser.post('/purchases/recovery', { reference: orderId })
    expect([answer.status, answer.location]).toEqual([303, `/purchases/${orderId}`])
    expect(await owns(world, student)).toBe(true)
    const { payments } = await bankState(world)
    expect(payments.filter((one) => one.order_id === bankOrderId && one.status === 'captured')).toHaveLength(
      1,
    )
  })

  it('never grants a payment that went back while its refunds cannot be read', async () => {
    const { student, bankOrderId, orderId } = await someoneBuying(world)
    const { razorpay_payment_id: paymentId } = await pay(world, bankOrderId)
    await refund(world, paymentId)
    const half = { ...bank(), listRefunds: () => Promise.reject(new Error('no answer')) }
    world.advance(61)
    await runDueJobs({ ...world.services, payments: half })
    expect(await owns(world, student)).toBe(false)
    world.advance(60)
    await world.runJobs()
    expect(await orderRow(world, orderId)).toMatchObject({ state: 'paid', paymentId })
    expect(await owns(world, student)).toBe(false)
  })

  it('goes on for an order that was given up, when a receipt came while the bank was silent', async () => {
    const { student, callback, bankOrderId, orderId } = await someoneBuying(world)
    await world.services.db
      .update(orders)
      .set({ state: 'abandoned', openKey: null })
      .where(eq(orders.id, orderId))
    const receipt = receiptFields(await pay(world, bankOrderId))
    await world.settings('razorpay', { down: true })
    expect((await callBack(world, callback, receipt)).status).toBe(303)
    await world.settings('razorpay', { down: false })
    await world.runJobs()
    expect(await owns(world, student)).toBe(true)
  })

  it('is not forgotten while payments are switched off', async () => {
    const { student, bankOrderId, orderId } = await someoneBuying(world)
    await pay(world, bankOrderId)
    world.advance(61)
    await runDueJobs({ ...world.services, payments: null })
    const waiting = await world.services.db.select().from(jobs).where(eq(jobs.kind, 'check-order'))
    expect(waiting.filter((job) => job.payload.orderId === orderId)).toHaveLength(1)
    world.advance(3601)
    await world.runJobs()
    expect(await owns(world, student)).toBe(true)
  })
})

describe('a callback that tells of a failure', () => {
  it('has the bank asked soon, and once, however often somebody posts it', async () => {
    const { callback, bankOrderId, orderId } = await someoneBuying(world)
    await pay(world, bankOrderId, 'declined')
    const waiting = async () =>
      (await world.services.db.select().from(jobs).where(eq(jobs.kind, 'check-order'))).filter(
        (job) => job.payload.orderId === orderId && job.payload.once,
      )
    for (let n = 0; n < 5; n++) await callBack(world, callback, { 'error[code]': 'BAD_REQUEST_ERROR' })
    expect(await waiting()).toHaveLength(1)
    await world.runJobs()
    expect((await orderRow(world, orderId)).lastError).not.toBeNull()
    await callBack(world, callback, { 'error[code]': 'BAD_REQUEST_ERROR' })
    expect(await waiting()).toHaveLength(1)
  })
})

describe('opening an order', () => {
  it('in two tabs gives one number to pay, even at a bank that makes two', async () => {
    const student = await person(world)
    const offered = await course(world)
    const forgetful = {
      ...bank(),
      openOrder: (order: Parameters<ReturnType<typeof bank>['openOrder']>[0]) =>
        bank().openOrder({ ...order, receipt: newId() }),
    }
    const services = { ...world.services, payments: forgetful }
    const tabs = await Promise.all([1, 2, 3].map(() => openOrder(services, student.id, offered)))
    const { id, razorpayOrderId } = await orderRow(world, tabs[0]?.id ?? '')
    expect(tabs.map((tab) => [tab.id, tab.razorpayOrderId])).toEqual(tabs.map(() => [id, razorpayOrderId]))
  })
})

describe('a crowd', () => {
  it('joins one free course at once, and everybody is counted', async () => {
    const offered = await course(world, { pricePaise: 0 })
    const crowd = await Promise.all(Array.from({ length: 40 }, () => person(world)))
    await Promise.all(crowd.map(({ id }) => joinCourse(world.services, id, offered.id)))
    expect(await studentCount(world, offered)).toBe(40)
  })

  it('pays for one course at once, and everybody is counted', async () => {
    const offered = await course(world)
    const crowd = await Promise.all(Array.from({ length: 40 }, () => person(world)))
    const paying = await Promise.all(crowd.map(({ id }) => openOrder(world.services, id, offered)))
    await Promise.all(
      paying.map((order) =>
        transact(world.services.db, (tx) =>
          settle(tx, world.services, order.id, {
            id: `pay_${order.id}`,
            vendorOrderId: order.razorpayOrderId,
            state: 'captured',
            amountPaise: order.amountPaise,
            refundedPaise: 0,
            currency: 'INR',
            error: null,
            method: 'upi',
          }),
        ),
      ),
    )
    expect(await studentCount(world, offered)).toBe(40)
  })
})

describe('a payment too many', () => {
  it('of which a part went back already goes back to the last paisa', async () => {
    const { bankOrderId, orderId, offered } = await someoneBuying(world)
    const { razorpay_payment_id: paymentId } = await pay(world, bankOrderId)
    await refund(world, paymentId, 10_000)
    await refundDuplicatePayment(world.services, { orderId, paymentId, amountPaise: offered.pricePaise })
    await refundDuplicatePayment(world.services, { orderId, paymentId, amountPaise: offered.pricePaise })
    const given = (await bankState(world)).refunds.filter((one) => one.payment_id === paymentId)
    expect(given.map(({ amount }) => amount).sort()).toEqual([10_000, offered.pricePaise - 10_000])
  })
})
