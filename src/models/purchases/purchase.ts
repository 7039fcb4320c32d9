import { and, eq, sql } from 'drizzle-orm'
import { type Transaction, transact } from '../../db/connect'
import { courses, type PurchaseSource, purchases, users } from '../../db/schema'
import { AppError, notFound } from '../../errors'
import { newId } from '../../ids'
import { isOnSale, type Sale } from '../../rules/catalogue/sale'
import type { MoneyServices, Services } from '../../services'

export type InTransaction = Pick<Services, 'now' | 'config'> & { db: Transaction }

interface Buyer {
  userId: string
  courseId: string
}

/** As `checkOffer`. */
export async function joinCourse(services: MoneyServices, userId: string, courseId: string): Promise<void> {
  await transact(services.db, async (db) => {
    const locked = await lockBuyer(db, { userId, courseId })
    checkOffer(locked?.course, 0)
    if (await ownsCourse(db, { userId, courseId })) return
    const free = { orderId: null, paymentId: null, pricePaise: 0, source: 'joined' } as const
    await grantCourse({ ...services, db }, { userId, courseId, ...free })
  })
}

/**
 * A course that is locked is on sale for this price; AppError `not_found` when it went off sale a
 * moment ago, `conflict` when it has another price.
 */
export function checkOffer(
  course: (Sale & { pricePaise: number | null }) | undefined,
  pricePaise: number,
): void {
  if (!course || !isOnSale(course)) throw notFound('course')
  if (course.pricePaise !== pricePaise)
    throw new AppError('conflict', 'The price of this course has just changed. Look at it again.')
}

/**
 * The user first, so that two orders of one person never settle side by side; the course too,
 * because the insert shares its lock with every other buyer's and then none could count.
 */
export async function lockBuyer(db: Transaction, { userId, courseId }: Buyer) {
  const [buyer] = await db
    .select({ email: users.email })
    .from(users)
    .where(eq(users.id, userId))
    .for('update')
  const [course] = await db
    .select({
      pricePaise: courses.pricePaise,
      isPublished: courses.isPublished,
      archivedAt: courses.archivedAt,
      suspendedAt: courses.suspendedAt,
    })
    .from(courses)
    .where(eq(courses.id, courseId))
    .for('update')
  return buyer && course ? { buyer, course } : undefined
}

export async function ownsCourse(db: Transaction, { userId, courseId }: Buyer): Promise<boolean> {
  const [purchase] = await db
    .select({ revokedAt: purchases.revokedAt })
    .from(purchases)
    .where(and(eq(purchases.userId, userId), eq(purchases.courseId, courseId)))
    .for('update')
  return purchase !== undefined && purchase.revokedAt === null
}

/** Only after `lockBuyer`, for a user who does not own the course. */
export async function grantCourse(
  { db, now }: InTransaction,
  purchase: Buyer & {
    orderId: string | null
    paymentId: string | null
    pricePaise: number
    source: PurchaseSource
  },
): Promise<void> {
  const { userId, courseId, ...paid } = purchase
  const granted = { ...paid, createdAt: now(), revokedAt: null, takenBackAt: null }
  await db
    .insert(purchases)
    .values({ id: newId(), userId, courseId, ...granted })
    .onDuplicateKeyUpdate({ set: granted })
  await countStudents(db, courseId, 1)
}

export const countStudents = (db: Transaction, courseId: string, change: 1 | -1) =>
  db
    .update(courses)
    .set({ studentCount: sql`greatest(cast(${courses.studentCount} as signed) + ${change}, 0)` })
    .where(eq(courses.id, courseId))
