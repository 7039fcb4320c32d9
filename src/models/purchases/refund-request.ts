import { and, eq, inArray, isNull } from 'drizzle-orm'
import type { Transaction } from '../../db/connect'
import { refundRequests, refunds } from '../../db/schema'
import { newId } from '../../ids'
import type { Refund } from '../../ports/payments/payments'
import { isCaptured } from '../../rules/purchases/outcome'
import { refundablePaise } from '../../rules/purchases/refund'
import { addJobOnce } from '../job'
import { type KeptPayment, lockPayment } from './payment'
import type { InTransaction } from './purchase'

export type RefundRequest = typeof refundRequests.$inferSelect

export interface WantedRefund {
  paymentId: string
  /** `all` that is left of the payment. */
  amountPaise: number | 'all'
  reason: string
  /** Null where this site decides by its rules. */
  requestedBy?: string | null
  decidedBy?: string | null
  /** A request that was asked for before and is approved now. */
  requestId?: string
}

export type Approval =
  | { requestId: string; amountPaise: number }
  /** How much may be refunded at most. */
  | { refused: 'too much' | 'not captured' | 'decided already'; leftPaise: number }

/**
 * Never more than what is left of the payment, however many ask at once: the request is sent to
 * the payment service by a job, once.
 */
export async function approveRefund(
  tx: InTransaction,
  wanted: WantedRefund,
  runAt?: Date,
): Promise<Approval> {
  const { db, now } = tx
  const locked = await lockPayment(db, wanted.paymentId)
  if (!locked || !isCaptured(locked.payment.vendorStatus)) return { refused: 'not captured', leftPaise: 0 }
  const leftPaise = await lockRefundable(db, locked.payment)
  const amountPaise = wanted.amountPaise === 'all' ? leftPaise : wanted.amountPaise
  if (amountPaise <= 0 || amountPaise > leftPaise) return { refused: 'too much', leftPaise }
  const { paymentId, reason, requestedBy = null, decidedBy = null, requestId = newId() } = wanted
  const at = now()
  const approved = { amountPaise, state: 'approved' as const, decidedBy, decidedAt: at, updatedAt: at }
  if (wanted.requestId) {
    const [asked] = await db
      .update(refundRequests)
      .set(approved)
      .where(and(eq(refundRequests.id, requestId), eq(refundRequests.state, 'asked')))
    if (asked.affectedRows === 0) return { refused: 'decided already', leftPaise }
  } else
    await db.insert(refundRequests).values({
      id: requestId,
      paymentId,
      requestedBy,
      reason: reason.slice(0, 500),
      createdAt: at,
      ...approved,
    })
  await addJobOnce(tx, 'send-refund', { requestId }, runAt)
  return { requestId, amountPaise }
}

/** What may still be refunded of a payment that is locked. */
export async function lockRefundable(db: Transaction, { id, amountPaise }: KeptPayment): Promise<number> {
  const requests = await db
    .select()
    .from(refundRequests)
    .where(eq(refundRequests.paymentId, id))
    .for('update')
  const known = await db.select().from(refunds).where(eq(refunds.paymentId, id)).for('update')
  return refundablePaise(amountPaise, known, requests)
}

/** The note that each refund of ours carries. */
export const requestNote = 'request'

/** A request is sent once the vendor has made its refund, whoever tells of it first. */
export async function noteRefundOfRequest({ db, now }: InTransaction, refund: Refund): Promise<void> {
  const requestId = refund.notes[requestNote]
  if (!requestId) return
  await db
    .update(refundRequests)
    .set({ state: 'sent', refundId: refund.id, answer: null, updatedAt: now() })
    .where(
      and(
        eq(refundRequests.id, requestId),
        eq(refundRequests.paymentId, refund.paymentId),
        inArray(refundRequests.state, ['approved', 'refused']),
        isNull(refundRequests.refundId),
      ),
    )
}
