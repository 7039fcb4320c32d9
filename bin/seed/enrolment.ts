import { and, asc, eq, isNull } from 'drizzle-orm'
import { chapters, courses, purchases } from '../../src/db/schema'
import { findChapter } from '../../src/models/learn/chapter'
import { setCompleted } from '../../src/models/learn/progress'
import { openOrder } from '../../src/models/purchases/open-order'
import { syncOrder } from '../../src/models/purchases/order-sync'
import type { Services } from '../../src/services'
import { demoEnrolment } from '../demo/people'

export async function seedEnrolment(services: Services, studentId: string, courseId: string): Promise<void> {
  const { db } = services
  const [course] = await db.select().from(courses).where(eq(courses.id, courseId))
  if (!course?.pricePaise) throw new Error('The course that the demo student owns must have a price')
  const isOwned = and(
    eq(purchases.userId, studentId),
    eq(purchases.courseId, courseId),
    isNull(purchases.revokedAt),
  )
  const [owned] = await db.select({ id: purchases.id }).from(purchases).where(isOwned)
  if (!owned) {
    const order = await openOrder(services, studentId, { ...course, pricePaise: course.pricePaise })
    await payAtSandbox(services, order.vendorOrderId)
    await syncOrder(services, order)
  }
  const published = await db
    .select({ id: chapters.id })
    .from(chapters)
    .where(and(eq(chapters.courseId, courseId), eq(chapters.isPublished, true)))
    .orderBy(asc(chapters.position))
  for (const { id } of published.slice(0, demoEnrolment.completedChapters)) {
    const chapter = await findChapter(services, studentId, course.slug, id)
    if (chapter.access === 'locked') throw new Error('The demo student did not get the course they bought')
    await setCompleted(services, studentId, chapter, true)
  }
}

async function payAtSandbox({ config }: Services, orderId: string): Promise<void> {
  const response = await fetch(`${config.razorpay?.RAZORPAY_API_BASE}/pay`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ orderId, outcome: 'paid' }),
  })
  if (!response.ok) throw new Error(`The sandbox refused to pay: ${await response.text()}`)
}
