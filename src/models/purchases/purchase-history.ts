import { and, desc, eq, inArray, isNull } from 'drizzle-orm'
import { courses, disputes, orders, payments, purchases, refunds, users } from '../../db/schema'
import { notFound } from '../../errors'
import { isListed, type Standing, standingOf } from '../../rules/purchases/standing'
import type { DbNow, Services } from '../../services'
import { ownedBy } from '../access'
import type { Order } from './order'

export type PurchaseStatus = Awaited<ReturnType<typeof findPurchaseStatus>>
export type PurchaseRow = Awaited<ReturnType<typeof listPurchases>>[number]
export type Money = Awaited<ReturnType<typeof listMoney>>

const maxListed = 200

export async function findPurchaseStatus({ db }: Pick<Services, 'db'>, order: Order) {
  const [[row], money] = await Promise.all([
    db
      .select({
        course: {
          title: courses.title,
          slug: courses.slug,
          imageKey: courses.imageKey,
          isPublished: courses.isPublished,
          archivedAt: courses.archivedAt,
          suspendedAt: courses.suspendedAt,
        },
        instructor: users.name,
        purchaseId: purchases.id,
      })
      .from(courses)
      .innerJoin(users, eq(users.id, courses.ownerId))
      .leftJoin(purchases, ownedBy(order.userId))
      .where(eq(courses.id, order.courseId)),
    listMoney({ db }, [order]),
  ])
  if (!row) throw notFound('course')
  const [buyer] = await db
    .select({ name: users.name, email: users.email, phoneNumber: users.phoneNumber })
    .from(users)
    .where(eq(users.id, order.userId))
  if (!buyer) throw notFound('user')
  const { isPublished, archivedAt, suspendedAt, ...course } = row.course
  return {
    order,
    ...money,
    buyer,
    course: { ...course, instructor: row.instructor, isOnSale: isPublished && !archivedAt && !suspendedAt },
    hasAccess: row.purchaseId !== null,
  }
}

/** All that was paid, given back and disputed for these orders, the oldest first. */
async function listMoney({ db }: Pick<Services, 'db'>, of: Order[]) {
  const ids = of.map(({ id }) => id)
  if (ids.length === 0) return { payments: [], refunds: [], disputes: [] }
  const [kept, back, disputed] = await Promise.all([
    db.select().from(payments).where(inArray(payments.orderId, ids)).orderBy(payments.paidAt),
    db.select().from(refunds).where(inArray(refunds.orderId, ids)).orderBy(refunds.createdAt),
    db
      .select({ dispute: disputes, orderId: payments.orderId })
      .from(disputes)
      .innerJoin(payments, eq(payments.id, disputes.paymentId))
      .where(inArray(payments.orderId, ids))
      .orderBy(disputes.createdAt),
  ])
  return {
    payments: [...kept, ...of.flatMap((order) => earlierPayment(order, kept, back))],
    refunds: back,
    disputes: disputed.map(({ dispute, orderId }) => ({ ...dispute, orderId })),
  }
}

/** Orders from before payments were kept know theirs only by its id. */
function earlierPayment(
  order: Order,
  kept: { id: string }[],
  back: { paymentId: string; state: string }[],
): (typeof payments.$inferSelect)[] {
  const { paymentId, paidAt } = order
  if (!paymentId || kept.some(({ id }) => id === paymentId)) return []
  const at = paidAt ?? order.createdAt
  const isBack = back.some((one) => one.paymentId === paymentId && one.state === 'processed')
  return [
    {
      id: paymentId,
      orderId: order.id,
      vendorOrderId: order.vendorOrderId,
      amountPaise: order.amountPaise,
      feePaise: null,
      taxPaise: null,
      currency: 'INR',
      method: null,
      vendorStatus: 'captured',
      outcome: order.state !== 'duplicate' ? 'granted' : isBack ? 'returned' : 'returning',
      heldReason: null,
      heldFor: null,
      error: null,
      paidAt: at,
      createdAt: at,
      updatedAt: at,
    },
  ]
}

/** An order that nobody paid is left out after a day. */
export async function listPurchases({ db, now }: DbNow, userId: string) {
  const [ordered, given] = await Promise.all([
    db
      .select({ order: orders, title: courses.title, slug: courses.slug, purchaseId: purchases.id })
      .from(orders)
      .innerJoin(courses, eq(courses.id, orders.courseId))
      .leftJoin(purchases, ownedBy(userId))
      .where(eq(orders.userId, userId))
      .orderBy(desc(orders.createdAt))
      .limit(maxListed),
    db
      .select({
        title: courses.title,
        slug: courses.slug,
        at: purchases.createdAt,
        source: purchases.source,
      })
      .from(purchases)
      .innerJoin(courses, eq(courses.id, purchases.courseId))
      .where(and(eq(purchases.userId, userId), isNull(purchases.orderId), isNull(purchases.revokedAt)))
      .orderBy(desc(purchases.createdAt))
      .limit(maxListed),
  ])
  const money = await listMoney(
    { db },
    ordered.map(({ order }) => order),
  )
  const today = now()
  const bought = ordered.map(({ order, title, slug, purchaseId }) => {
    const ofOrder = <T extends { orderId: string | null }>(rows: T[]) =>
      rows.filter(({ orderId }) => orderId === order.id)
    const parts = {
      payments: ofOrder(money.payments),
      refunds: ofOrder(money.refunds),
      disputes: ofOrder(money.disputes),
    }
    const facts = { order, ...parts, hasAccess: purchaseId !== null, isAsking: false }
    return {
      ...{ title, slug, order, orderId: order.id, at: order.createdAt, amountPaise: order.amountPaise },
      ...{ standing: standingOf(facts, today), hasPartBack: parts.refunds.some(isValid) },
    }
  })
  const listed = bought.filter(({ standing, at }) =>
    isListed(standing, (today.getTime() - at.getTime()) / 1000),
  )
  const free = { order: null, orderId: null, amountPaise: 0, hasPartBack: false }
  const others = given.map(({ source, ...row }) => ({
    ...{ ...row, ...free },
    standing: (source === 'granted' ? 'given' : 'joined') as Standing | 'given' | 'joined',
  }))
  return [...listed, ...others].sort((one, other) => other.at.getTime() - one.at.getTime())
}

const isValid = ({ state }: { state: string }) => state !== 'failed'
