import { and, eq, gt } from 'drizzle-orm'
import { orders } from '../../db/schema'
import { notFound } from '../../errors'
import { quoteSeconds } from '../../rules/purchases/outcome'
import { refusalToBuy } from '../../rules/purchases/purchase'
import { later } from '../../rules/time'
import type { DbNow, Services } from '../../services'
import { type Course, findCourse } from '../catalogue/course'
import { openOrder } from './open-order'
import type { Order } from './order'
import { askAboutOrder } from './order-question'
import { joinCourse } from './purchase'

export interface Started {
  course: Pick<Course, 'slug' | 'title'>
  /** Null where the course is this person's. */
  orderId: string | null
  hasJoined: boolean
}

/**
 * An owned course is left as it is, a free one is joined, and an open order is used again; AppError
 * `not_found` for what is not on sale, else as `openOrder`.
 */
export async function startPurchase(
  services: Pick<Services, 'db' | 'payments' | 'now' | 'config'>,
  userId: string,
  slug: string,
): Promise<Started> {
  const course = await findCourseToBuy(services, userId, slug)
  const { pricePaise } = course
  if (course.isOwned) return { course, orderId: null, hasJoined: false }
  if (pricePaise === 0) {
    await joinCourse(services, userId, course.id)
    return { course, orderId: null, hasJoined: true }
  }
  const known = await findOpenOrder(services, userId, course)
  const order = await openOrder(services, userId, { ...course, pricePaise })
  if (known) await askAboutOrder(services, order, 'opened')
  return { course, orderId: order.id, hasJoined: false }
}

/** Where buying stands without anything being begun: as `startPurchase`, with no order at all. */
export async function findStartedPurchase(
  services: Pick<Services, 'db' | 'payments' | 'now'>,
  userId: string,
  slug: string,
): Promise<Started & { isOwned: boolean }> {
  const course = await findCourseToBuy(services, userId, slug)
  const order = course.isOwned ? undefined : await findOpenOrder(services, userId, course)
  return { course, orderId: order?.id ?? null, hasJoined: false, isOwned: course.isOwned }
}

async function findCourseToBuy(services: Pick<Services, 'db' | 'payments'>, userId: string, slug: string) {
  const course = await findCourse(services, slug, userId)
  if (!course) throw notFound('course')
  const refusal = refusalToBuy(course, { id: userId, owns: course.isPurchased }, services.payments !== null)
  if (refusal === 'not on sale') throw notFound('course')
  return { ...course, pricePaise: course.pricePaise ?? 0, isOwned: refusal === 'has access' }
}

async function findOpenOrder(
  { db, now }: DbNow,
  userId: string,
  { id, pricePaise }: { id: string; pricePaise: number },
): Promise<Order | undefined> {
  const isMeant = and(
    eq(orders.userId, userId),
    eq(orders.courseId, id),
    eq(orders.amountPaise, pricePaise),
    eq(orders.state, 'open'),
    gt(orders.createdAt, later(now(), -quoteSeconds)),
  )
  const [order] = await db.select().from(orders).where(isMeant)
  return order
}
