import { and, eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { payments, refundRequests } from '../../db/schema'
import { notFound } from '../../errors'
import { isId, newId } from '../../ids'
import type { Refund } from '../../ports/payments/payments'
import type { MoneyServices, Services } from '../../services'
import { type AuditAction, recordAudit } from '../audit'
import { queueAdminEmails } from './admin-notice'
import { type LockedPayment, lockPayment } from './payment'
import type { InTransaction } from './purchase'
import { approveRefund, lockRefundable, type RefundRequest } from './refund-request'

/** Of this payment; AppError `not_found`. */
export async function findRefundOfPayment(
  { db }: Pick<Services, 'db'>,
  paymentId: string,
  requestId: string,
): Promise<RefundRequest> {
  const isIt = and(eq(refundRequests.id, requestId), eq(refundRequests.paymentId, paymentId))
  const [request] = isId(requestId) ? await db.select().from(refundRequests).where(isIt) : []
  if (!request) throw notFound('refund')
  return request
}

/** Made, and then not taken by the bank: a person decides. One made at the vendor's gets a request. */
export async function keepFailedRefund(tx: InTransaction, refund: Refund): Promise<void> {
  const { db, now } = tx
  const answer = 'The bank did not take it.'
  const { id: refundId, paymentId, amountPaise } = refund
  const [known] = await db
    .select({ id: refundRequests.id })
    .from(refundRequests)
    .where(eq(refundRequests.refundId, refundId))
    .for('update')
  const requestId = known?.id ?? newId()
  const refused = { state: 'refused' as const, answer, updatedAt: now() }
  if (known) await db.update(refundRequests).set(refused).where(eq(refundRequests.id, requestId))
  else
    await db.insert(refundRequests).values({
      ...{ id: requestId, paymentId, amountPaise, refundId, createdAt: now(), decidedAt: now() },
      ...{ reason: 'It was made in Razorpay’s dashboard.', ...refused },
    })
  await queueAdminEmails(tx, 'mail-refused-refund', { requestId })
}

/**
 * Refused by the vendor, in a transaction that has locked payment and request. What has to go back
 * goes back without the part that somebody refunded elsewhere; a person decides about the rest.
 */
export async function keepRefusedRefund(
  tx: InTransaction,
  { payment }: LockedPayment,
  { id: requestId, amountPaise, reason }: RefundRequest,
): Promise<void> {
  const left = await lockRefundable(tx.db, payment)
  const isOver = left === 0 || (payment.outcome === 'returning' && left < amountPaise)
  if (!isOver) return queueAdminEmails(tx, 'mail-refused-refund', { requestId })
  if (left > 0) await approveRefund(tx, { paymentId: payment.id, amountPaise: 'all', reason })
  await close(tx, requestId)
}

type Wish = Pick<RefundRequest, 'id' | 'paymentId'> & { actorId: string; reason: string }

/** As a new refund of what is left, so that the vendor does not answer with the old one. */
export const retryRefund = (
  services: MoneyServices,
  wish: Wish,
): Promise<{ amountPaise: number } | 'nothing left' | 'decided already'> =>
  decide(services, wish, 'retry-refund', async (tx, locked, request) => {
    const leftPaise = await lockRefundable(tx.db, locked.payment)
    if (leftPaise === 0) return 'nothing left'
    const { paymentId, reason, requestedBy } = request
    const amountPaise = Math.min(request.amountPaise, leftPaise)
    const wanted = { paymentId, amountPaise, reason, requestedBy, decidedBy: wish.actorId }
    const approval = await approveRefund(tx, wanted)
    if ('refused' in approval) throw new Error(`The refund of ${paymentId} is ${approval.refused}.`)
    return { amountPaise }
  })

/** Nothing is sent; not for a payment that has to go back. */
export const dropRefund = (
  services: MoneyServices,
  wish: Wish,
): Promise<'dropped' | 'has to go back' | 'decided already'> =>
  decide(services, wish, 'drop-refund', async (_, { payment }) =>
    payment.outcome === 'returning' ? 'has to go back' : 'dropped',
  )

/** Of two who decide the first one counts. */
const decide = <Decision>(
  services: MoneyServices,
  { id, paymentId, actorId, reason }: Wish,
  action: AuditAction,
  carryOut: (tx: InTransaction, locked: LockedPayment, request: RefundRequest) => Promise<Decision>,
): Promise<Decision | 'decided already'> =>
  transact(services.db, async (db) => {
    const tx = { db, now: services.now, config: services.config }
    const locked = await lockPayment(db, paymentId)
    const [request] = await db.select().from(refundRequests).where(eq(refundRequests.id, id)).for('update')
    if (!locked || request?.state !== 'refused') return 'decided already'
    const decision = await carryOut(tx, locked, request)
    if (decision === 'has to go back') return decision
    await close(tx, id)
    const subject = { type: 'payment' as const, id: paymentId }
    const details = { amountPaise: request.amountPaise }
    await recordAudit(tx, { actorId, action, subject, reason, details })
    return decision
  })

const close = ({ db, now }: InTransaction, requestId: string) =>
  db.update(refundRequests).set({ state: 'closed', updatedAt: now() }).where(eq(refundRequests.id, requestId))

export type RefusedRefunds = Awaited<ReturnType<typeof listRefusedRefunds>>

/** Oldest first, with the payment each is of. */
export const listRefusedRefunds = ({ db }: Pick<Services, 'db'>) =>
  db
    .select({ request: refundRequests, payment: payments })
    .from(refundRequests)
    .innerJoin(payments, eq(payments.id, refundRequests.paymentId))
    .where(eq(refundRequests.state, 'refused'))
    .orderBy(refundRequests.createdAt)
    .limit(50)
