import { and, eq, isNotNull } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { holdRows } from '../../../test/held-row'
import { untilWaiting } from '../../../test/locks'
import { tell, toldPayment } from '../../../test/payment-events'
import { orderRow, owns, paymentState, paymentWorld, purchasesOf } from '../../../test/payments'
import { course, type Person, person } from '../../../test/people'
import { courses, orders } from '../../db/schema'
import { paths } from '../../paths'
import { daySeconds, hourSeconds } from '../../rules/time'
import { openOrder } from './open-order'

const world = paymentWorld({ webhooks: 'off' })

const openOf = (student: Person) =>
  world.services.db
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.userId, student.id), isNotNull(orders.openKey)))
    .orderBy(orders.id)
const openMany = async (student: Person, count: number) => {
  const opened = []
  for (let n = 0; n < count; n += 1)
    opened.push(await openOrder(world.services, student.id, await course(world)))
  return opened
}

describe('an order', () => {
  it('carries the ids by which it could be rebuilt, and nothing else of the buyer', async () => {
    const [student, offered] = [await person(world), await course(world)]
    const order = await openOrder(world.services, student.id, offered)
    const told = (await paymentState(world)).orders.find(({ id }) => id === order.vendorOrderId)
    expect(told).toMatchObject({ notes: { order: order.id, buyer: student.id, course: offered.id } })
  })

  it('is used again for five days: then a new one has the price of its day', async () => {
    const [student, offered] = [await person(world), await course(world)]
    const first = await openOrder(world.services, student.id, offered)
    world.advance(5 * daySeconds - 60)
    expect((await openOrder(world.services, student.id, offered)).id).toBe(first.id)
    world.advance(120)
    const second = await openOrder(world.services, student.id, offered)
    expect(second.id).not.toBe(first.id)
    expect(await orderRow(world, first.id)).toMatchObject({ state: 'abandoned', openKey: null })
    expect(await orderRow(world, second.id)).toMatchObject({ state: 'open' })
  })

  it('of a course that was cheap once does not open it when it is dear', async () => {
    const [student, offered] = [await person(world), await course(world, { pricePaise: 100 })]
    const order = await openOrder(world.services, student.id, offered)
    await world.services.db.update(courses).set({ pricePaise: 500_000 }).where(eq(courses.id, offered.id))
    const { createdAt } = await orderRow(world, order.id)
    const at = Math.floor(createdAt.getTime() / 1000) + 300 * daySeconds
    const payment = toldPayment({ order_id: order.vendorOrderId, amount: 100, created_at: at })
    expect(await tell(world, 'payment.captured', { payment })).toBe('returning')
    expect(await owns(world, student)).toBe(false)
  })
})

describe('what changes while somebody begins to buy', () => {
  const changes = {
    'taken off sale': { suspendedAt: new Date() },
    unpublished: { isPublished: false },
    deleted: { isPublished: false, archivedAt: new Date() },
    'given another price': { pricePaise: 99_900 },
  }

  it.each(
    [0, 49_900].flatMap((price) => Object.entries(changes).map(([name, set]) => ({ price, name, set }))),
  )('counts: a course of $price that is $name', async ({ price, set }) => {
    const [student, offered] = [await person(world), await course(world, { pricePaise: price })]
    const held = await holdRows(world, (tx) => tx.update(courses).set(set).where(eq(courses.id, offered.id)))
    const answer = student.browser.post(paths.buy(offered.slug))
    await untilWaiting(world, 1)
    await held.release()
    expect((await answer).status).toBe('pricePaise' in set ? 409 : 404)
    expect([await openOf(student), await purchasesOf(world, student)]).toEqual([[], []])
  })
})

describe('one person', () => {
  it('has ten open orders at most: the oldest are closed', async () => {
    const student = await person(world)
    const opened = await openMany(student, 12)
    expect(await openOf(student)).toEqual(opened.slice(2).map(({ id }) => ({ id })))
  })

  it('opens twenty an hour, and is told when to try again; what is open can still be paid', async () => {
    const student = await person(world)
    const opened = await openMany(student, 20)
    const [next, last] = [await course(world), opened.at(-1)]
    await expect(openOrder(world.services, student.id, next)).rejects.toMatchObject({ code: 'limited' })
    const answer = await student.browser.post(`/courses/${next.slug}/purchase`)
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
    const same = { id: last?.courseId ?? '', title: '', pricePaise: last?.amountPaise ?? 0 }
    expect((await openOrder(world.services, student.id, same)).id).toBe(last?.id)
    world.advance(hourSeconds)
    expect((await openOrder(world.services, student.id, next)).state).toBe('open')
  })
})
