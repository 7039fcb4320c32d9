import { and, count, desc, eq, gt, inArray, isNull } from 'drizzle-orm'
import { type Db, type Transaction, transact } from '../../db/connect'
import { chapters, payments, refundRequests, refunds, userProgress } from '../../db/schema'
import { newId } from '../../ids'
import { percentOf } from '../../rules/learn/progress'
import { refundablePaise } from '../../rules/purchases/refund'
import { whyAPerson } from '../../rules/purchases/refund-rule'
import { daySeconds, later } from '../../rules/time'
import type { MoneyServices, Services } from '../../services'
import { recordAudit } from '../audit'
import { queueRefundRequestEmails } from './admin-notice'
import type { Order } from './order'
import { lockPayment } from './payment'
import { approveRefund, lockRefundable, type RefundRequest } from './refund-request'

type AskedOrder = Pick<Order, 'id' | 'userId' | 'courseId' | 'paymentId'>

export type RefundAnswer =
  | { sentPaise: number }
  /** A person decides, because of this. */
  | { because: string }
  | 'asked already'
  /** Not paid, or back or on its way back already. */
  | 'nothing left'

/** The buyer's own, decided at once by the rule; pressed twice, it is one. */
export const askForRefund = (
  services: MoneyServices,
  order: AskedOrder,
  reason: string,
): Promise<RefundAnswer> =>
  transact(services.db, async (db): Promise<RefundAnswer> => {
    const tx = { db, now: services.now, config: services.config }
    const { paymentId, userId } = order
    const locked = paymentId ? await lockPayment(db, paymentId) : undefined
    if (!paymentId || locked?.payment.outcome !== 'granted') return 'nothing left'
    const leftPaise = await lockRefundable(db, locked.payment)
    if (leftPaise === 0) return 'nothing left'
    const before = await db
      .select()
      .from(refundRequests)
      .where(eq(refundRequests.paymentId, paymentId))
      .for('update')
    if (before.some(({ state }) => state === 'asked')) return 'asked already'
    const because = await weigh({ ...services, db }, order, locked.payment.paidAt, before)
    const requestId = newId()
    const asked = { id: requestId, paymentId, amountPaise: leftPaise, requestedBy: userId, reason }
    const at = tx.now()
    await db.insert(refundRequests).values({ ...asked, state: 'asked', createdAt: at, updatedAt: at })
    const subject = { type: 'order' as const, id: order.id }
    await recordAudit(tx, { actorId: userId, action: 'request-refund', subject, reason })
    if (because !== null) {
      await queueRefundRequestEmails(tx, order.courseId, requestId)
      return { because }
    }
    const approval = await approveRefund(tx, { paymentId, amountPaise: leftPaise, reason, requestId })
    if ('refused' in approval) throw new Error(`The refund of ${paymentId} is ${approval.refused}.`)
    return { sentPaise: leftPaise }
  })

export interface RefundStanding {
  leftPaise: number
  /** Why a person would decide; null when it would be sent at once. */
  because: string | null
  /** The newest request of the buyer. */
  asked: RefundRequest | null
}

/** What would be answered now; null when there is nothing to ask for and nothing was asked. */
export async function findRefundStanding(
  services: MoneyServices,
  order: AskedOrder,
): Promise<RefundStanding | null> {
  const { db } = services
  if (!order.paymentId) return null
  const [payment] = await db.select().from(payments).where(eq(payments.id, order.paymentId))
  if (!payment) return null
  const requests = await db
    .select()
    .from(refundRequests)
    .where(eq(refundRequests.paymentId, payment.id))
    .orderBy(desc(refundRequests.createdAt))
  const known = await db.select().from(refunds).where(eq(refunds.paymentId, payment.id))
  const asked = requests.find(({ requestedBy }) => requestedBy === order.userId) ?? null
  const isGranted = payment.outcome === 'granted'
  const leftPaise = isGranted ? refundablePaise(payment.amountPaise, known, requests) : 0
  if (leftPaise === 0 && !asked) return null
  return { leftPaise, asked, because: await weigh(services, order, payment.paidAt, requests) }
}

async function weigh(
  { db, now, config }: Pick<Services, 'now' | 'config'> & { db: Db | Transaction },
  { userId, courseId }: AskedOrder,
  paidAt: Date,
  requests: RefundRequest[],
): Promise<string | null> {
  const [lessons] = await db
    .select({ all: count(), completed: count(userProgress.id) })
    .from(chapters)
    .leftJoin(
      userProgress,
      and(
        eq(userProgress.chapterId, chapters.id),
        eq(userProgress.userId, userId),
        eq(userProgress.isCompleted, true),
      ),
    )
    .where(and(eq(chapters.courseId, courseId), eq(chapters.isPublished, true), isNull(chapters.withdrawnAt)))
  const [had] = await db
    .select({ n: count() })
    .from(refundRequests)
    .where(
      and(
        eq(refundRequests.requestedBy, userId),
        gt(refundRequests.createdAt, later(now(), -365 * daySeconds)),
        inArray(refundRequests.state, ['approved', 'sent']),
      ),
    )
  const watchedPercent = percentOf(lessons?.completed ?? 0, lessons?.all ?? 0)
  const wasDeclined = requests.some(({ state }) => state === 'declined')
  return whyAPerson({ paidAt, now: now(), watchedPercent, refundsInYear: had?.n ?? 0, wasDeclined }, config)
}
