import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { newRefundId, tell, toldPayment } from '../../../test/payment-events'
import { newBuyer, openCheckout, owns, paymentWorld, purchasesOf, studentCount } from '../../../test/payments'
import { course, person } from '../../../test/people'
import { auditEvents, purchases } from '../../db/schema'
import { newId } from '../../ids'
import { giveCourse, takeCourseBack } from './grant'
import { joinCourse } from './purchase'

const world = paymentWorld({ webhooks: 'off' })

async function people() {
  const [admin, student] = [await person(world, { role: 'admin' }), await person(world)]
  return { admin, student, offered: await course(world) }
}
const wanted = (student: { id: string }, offered: { id: string }) => ({
  userId: student.id,
  courseId: offered.id,
  reason: 'A prize.',
})
const auditOf = async (userId: string) =>
  (
    await world.services.db
      .select()
      .from(auditEvents)
      .where(and(eq(auditEvents.subjectType, 'user'), eq(auditEvents.subjectId, userId)))
      .orderBy(auditEvents.id)
  ).map(({ action }) => action)
const pay = async (vendorOrderId: string) => {
  const payment = toldPayment({ order_id: vendorOrderId, amount: 49_900 })
  expect(await tell(world, 'payment.captured', { payment })).toBe('granted')
  return payment
}

describe('a course', () => {
  it('is given by an administrator and taken back, each once and on record', async () => {
    const { admin, student, offered } = await people()
    const given = wanted(student, offered)
    expect(await giveCourse(world.services, admin.id, given)).toBe('given')
    expect(await giveCourse(world.services, admin.id, given)).toBe('owned already')
    expect(await purchasesOf(world, student)).toMatchObject([
      { source: 'granted', pricePaise: 0, orderId: null, paymentId: null },
    ])
    expect(await studentCount(world, offered)).toBe(1)
    expect(await takeCourseBack(world.services, admin.id, given)).toBe('taken back')
    expect(await takeCourseBack(world.services, admin.id, given)).toBe('not owned')
    expect(await owns(world, student)).toBe(false)
    expect(await studentCount(world, offered)).toBe(0)
    expect(await auditOf(student.id)).toEqual(['give-course', 'take-course-back'])
  })

  it('that was bought and taken back is not opened by late news of its payment', async () => {
    const { student, offered, vendorOrderId } = await newBuyer(world)
    const admin = await person(world, { role: 'admin' })
    const payment = await pay(vendorOrderId)
    await takeCourseBack(world.services, admin.id, wanted(student, offered))
    await tell(world, 'payment.captured', { payment })
    const refund = { id: newRefundId(), payment_id: payment.id, amount: 100, status: 'processed' }
    await tell(world, 'refund.processed', { refund, payment })
    expect(await owns(world, student)).toBe(false)
    expect(await studentCount(world, offered)).toBe(0)
  })

  it('that was taken back is given back as it was bought, or bought again', async () => {
    const { student, offered, orderId, vendorOrderId } = await newBuyer(world)
    const admin = await person(world, { role: 'admin' })
    await pay(vendorOrderId)
    await takeCourseBack(world.services, admin.id, wanted(student, offered))
    expect(await giveCourse(world.services, admin.id, wanted(student, offered))).toBe('given')
    expect(await purchasesOf(world, student)).toMatchObject([
      { source: 'bought', orderId, takenBackAt: null },
    ])
    await takeCourseBack(world.services, admin.id, wanted(student, offered))
    const again = await openCheckout(student, offered)
    await pay(again.vendorOrderId)
    expect(await purchasesOf(world, student)).toMatchObject([
      { source: 'bought', orderId: again.orderId, takenBackAt: null, revokedAt: null },
    ])
    expect(await studentCount(world, offered)).toBe(1)
  })

  it('that was joined for free says so', async () => {
    const { student } = await people()
    const free = await course(world, { pricePaise: 0 })
    await joinCourse(world.services, student.id, free.id)
    const [row] = await world.services.db.select().from(purchases).where(eq(purchases.userId, student.id))
    expect(row?.source).toBe('joined')
  })

  it('cannot be given to nobody, nor a course that is not there', async () => {
    const { admin, student, offered } = await people()
    const missing = { code: 'not_found' }
    for (const given of [wanted({ id: newId() }, offered), wanted(student, { id: newId() })]) {
      await expect(giveCourse(world.services, admin.id, given)).rejects.toMatchObject(missing)
      await expect(takeCourseBack(world.services, admin.id, given)).rejects.toMatchObject(missing)
    }
  })
})
