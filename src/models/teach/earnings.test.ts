import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { type Course, course, give, type Person, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { courses, orders, purchases, refunds } from '../../db/schema'
import { newId } from '../../ids'
import { netOf } from '../../rules/purchases/money'
import { sumFigures } from '../../rules/teach/earnings'
import { listMoneyLines } from '../purchases/money-list'
import { findEarnings } from './earnings'

const world = fileWorld()

const noon = '2026-11-22T06:30:00Z'
const at = (now: string, timeZone = 'Asia/Kolkata') => ({
  ...world.services,
  now: () => new Date(now),
  config: { ...world.services.config, TIME_ZONE: timeZone },
})

async function instructor(): Promise<Person> {
  return person(world, { role: 'instructor' })
}

/** A paid order, and the purchase it led to unless that has been bought over. */
async function sell(
  sold: Course,
  pricePaise: number,
  soldAt: string,
  more: { to?: Person; state?: 'paid' | 'duplicate'; isReplaced?: boolean } = {},
) {
  const { db } = world.services
  const student = more.to ?? (await person(world))
  const id = newId()
  const paymentId = `pay_${id}`
  const paidAt = new Date(soldAt)
  await db.insert(orders).values({
    id,
    userId: student.id,
    courseId: sold.id,
    amountPaise: pricePaise,
    state: more.state ?? 'paid',
    paymentId,
    paidAt,
    createdAt: paidAt,
    updatedAt: paidAt,
  })
  if (!more.isReplaced) {
    await db.insert(purchases).values({
      id: newId(),
      userId: student.id,
      courseId: sold.id,
      orderId: id,
      paymentId,
      pricePaise,
      createdAt: paidAt,
    })
  }
  const refund = (amountPaise: number, state: 'pending' | 'processed' | 'failed', of = paymentId) =>
    db
      .insert(refunds)
      .values({ id: `rfnd_${newId()}`, orderId: id, paymentId: of, amountPaise, state, updatedAt: paidAt })
  return { student, refund }
}

const busy = (spans: Awaited<ReturnType<typeof findEarnings>>['spans']) =>
  spans.filter(({ sales, freeJoins }) => sales + freeJoins > 0)

describe('earnings', () => {
  it('counts the price really paid, whatever the course costs now, and no other instructor’s courses', async () => {
    const owner = await instructor()
    const sold = await course(world, { owner, pricePaise: 49_900 })
    await sell(sold, 49_900, '2026-11-22T05:00:00Z')
    await sell(sold, 19_950, '2026-11-20T05:00:00Z')
    await world.services.db.update(courses).set({ pricePaise: 99_900 }).where(eq(courses.id, sold.id))
    await sell(await course(world), 70_000, '2026-11-22T05:00:00Z')
    const found = await findEarnings(at(noon), owner.id, { days: 30 })
    expect(found.courses).toMatchObject([{ id: sold.id, sales: 2, soldPaise: 69_850, refundedPaise: 0 }])
    expect(sumFigures(found.spans)).toEqual({ sales: 2, soldPaise: 69_850, refundedPaise: 0, freeJoins: 0 })
    expect(busy(found.spans).map(({ date, soldPaise }) => [date, soldPaise])).toEqual([
      ['2026-11-20', 19_950],
      ['2026-11-22', 49_900],
    ])
    expect(found.students).toBe(2)
  })

  it('puts a sale at 20:00 UTC on the next day in Kolkata', async () => {
    const owner = await instructor()
    const sold = await course(world, { owner })
    await sell(sold, 10_000, '2026-11-20T20:00:00Z')
    await sell(sold, 20_000, '2026-11-20T18:29:59.999Z')
    const dates = async (timeZone: string) =>
      busy((await findEarnings(at(noon, timeZone), owner.id, { days: 7 })).spans).map(
        ({ date, soldPaise }) => [date, soldPaise],
      )
    expect(await dates('Asia/Kolkata')).toEqual([
      ['2026-11-20', 20_000],
      ['2026-11-21', 10_000],
    ])
    expect(await dates('UTC')).toEqual([['2026-11-20', 30_000]])
  })

  it('knows the days on which clocks change', async () => {
    const owner = await instructor()
    const sold = await course(world, { owner })
    for (const soldAt of [
      '2026-11-01T03:59:59Z',
      '2026-11-01T04:00:00Z',
      '2026-11-02T04:59:59Z',
      '2026-11-02T05:00:00Z',
    ])
      await sell(sold, 10_000, soldAt)
    const found = await findEarnings(at('2026-11-03T12:00:00Z', 'America/New_York'), owner.id, { days: 7 })
    expect(busy(found.spans).map(({ date, sales }) => [date, sales])).toEqual([
      ['2026-10-31', 1],
      ['2026-11-01', 2],
      ['2026-11-02', 1],
    ])
  })

  it('begins at midnight of its first day', async () => {
    const owner = await instructor()
    const sold = await course(world, { owner })
    await sell(sold, 10_000, '2026-11-15T18:29:59.999Z')
    await sell(sold, 20_000, '2026-11-15T18:30:00Z')
    expect(sumFigures((await findEarnings(at(noon), owner.id, { days: 7 })).spans).soldPaise).toBe(20_000)
    expect(sumFigures((await findEarnings(at(noon), owner.id, { days: 30 })).spans).soldPaise).toBe(30_000)
    const year = await findEarnings(at(noon), owner.id, { days: 365 })
    expect(year.spans).toHaveLength(53)
    expect(sumFigures(year.spans).soldPaise).toBe(30_000)
  })

  it('takes refunds from the net: whole ones, parts, and only what was really refunded', async () => {
    const owner = await instructor()
    const sold = await course(world, { owner })
    const whole = await sell(sold, 50_000, '2026-11-21T05:00:00Z')
    await whole.refund(50_000, 'processed')
    const part = await sell(sold, 40_000, '2026-11-21T06:00:00Z')
    await part.refund(10_000, 'processed')
    await part.refund(5000, 'processed')
    await part.refund(7000, 'pending')
    await part.refund(9000, 'failed')
    await part.refund(40_000, 'processed', 'pay_too_many')
    const found = await findEarnings(at(noon), owner.id, { days: 30 })
    const sum = sumFigures(found.spans)
    expect(sum).toEqual({ sales: 2, soldPaise: 90_000, refundedPaise: 65_000, freeJoins: 0 })
    expect(netOf(sum)).toBe(25_000)
    expect(found.courses[0]).toMatchObject(sum)
  })

  it('keeps the sale that was refunded before the student bought again, and counts no duplicate payment', async () => {
    const owner = await instructor()
    const sold = await course(world, { owner })
    const first = await sell(sold, 30_000, '2026-11-18T05:00:00Z', { isReplaced: true })
    await first.refund(30_000, 'processed')
    await sell(sold, 20_000, '2026-11-20T05:00:00Z', { to: first.student })
    await sell(sold, 20_000, '2026-11-20T06:00:00Z', {
      to: first.student,
      isReplaced: true,
      state: 'duplicate',
    })
    const found = await findEarnings(at(noon), owner.id, { days: 30 })
    expect(sumFigures(found.spans)).toEqual({
      sales: 2,
      soldPaise: 50_000,
      refundedPaise: 30_000,
      freeJoins: 0,
    })
    expect(found.students).toBe(1)
  })

  it('counts free joins apart from sales, and people once', async () => {
    const owner = await instructor()
    const [free, paid] = [await course(world, { owner, pricePaise: 0 }), await course(world, { owner })]
    const student = await person(world)
    await give(world, student, free)
    const now = world.services.now().toISOString()
    await sell(paid, 10_000, now, { to: student })
    const found = await findEarnings(at(now), owner.id, { days: 7 })
    expect(sumFigures(found.spans)).toEqual({ sales: 1, soldPaise: 10_000, refundedPaise: 0, freeJoins: 1 })
    expect(found.students).toBe(1)
    expect(found.courses.map(({ id, sales, freeJoins }) => [id, sales, freeJoins])).toEqual([
      [paid.id, 1, 0],
      [free.id, 0, 1],
    ])
  })

  it('lists a deleted course only while it has sales in the period', async () => {
    const owner = await instructor()
    const sold = await course(world, { owner })
    await sell(sold, 10_000, '2026-11-01T05:00:00Z')
    await world.services.db
      .update(courses)
      .set({ archivedAt: new Date(noon) })
      .where(eq(courses.id, sold.id))
    expect((await findEarnings(at(noon), owner.id, { days: 30 })).courses).toMatchObject([
      { id: sold.id, isDeleted: true },
    ])
    expect((await findEarnings(at(noon), owner.id, { days: 7 })).courses).toEqual([])
  })

  it('refuses a file that would be too long', async () => {
    const owner = await instructor()
    const sold = await course(world, { owner })
    await sell(sold, 10_000, '2026-11-21T05:00:00Z')
    await sell(sold, 20_000, '2026-11-22T05:00:00Z')
    const span = { from: new Date('2026-11-01'), until: new Date('2026-12-01') }
    expect(await listMoneyLines(at(noon), span, owner.id, 2)).toHaveLength(2)
    await expect(listMoneyLines(at(noon), span, owner.id, 1)).rejects.toMatchObject({ code: 'invalid' })
  })
})
