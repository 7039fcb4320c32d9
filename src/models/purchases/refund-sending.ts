import { and, eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { refundRequests, refunds } from '../../db/schema'
import type { RefundRefusal } from '../../ports/payments/payments'
import { required, type Services } from '../../services'
import { lockPayment } from './payment'
import { recordRefunds } from './refund'
import { type RefundRequest, requestNote } from './refund-request'
import { keepRefusedRefund } from './refused-refund'

type Parts = Pick<Services, 'db' | 'payments' | 'now' | 'config'>

/** `waiting`: at the bank; `no balance`: the vendor has too little money of ours to give back. */
export type Sending = 'done' | 'waiting' | 'no balance'

/** Makes one refund of a request however often it runs; AppError `upstream`. */
export async function sendRefund(services: Parts, requestId: string): Promise<Sending> {
  const payments = required(services.payments, 'Buying')
  const [request] = await services.db.select().from(refundRequests).where(eq(refundRequests.id, requestId))
  if (request?.state === 'sent') return followRefund(services, request)
  if (request?.state !== 'approved') return 'done'
  try {
    const refund = await payments.refund({
      paymentId: request.paymentId,
      amountPaise: request.amountPaise,
      key: request.id,
      speed: services.config.REFUND_SPEED,
      notes: { [requestNote]: request.id, reason: request.reason.slice(0, 250) },
    })
    const notes = { ...refund.notes, [requestNote]: request.id }
    await recordRefunds(services, [{ ...refund, notes }])
    return refund.state === 'pending' ? 'waiting' : 'done'
  } catch (error) {
    const refusal = payments.readRefusal(error)
    if (!refusal) throw error
    return noteRefusal(services, request, refusal)
  }
}

/** Webhooks tell sooner; this finds those that were lost. */
async function followRefund(services: Parts, { paymentId, refundId }: RefundRequest): Promise<Sending> {
  const [known] = await services.db
    .select()
    .from(refunds)
    .where(eq(refunds.id, refundId ?? ''))
  if (known?.state !== 'pending') return 'done'
  const told = await required(services.payments, 'Buying').listRefunds(paymentId)
  await recordRefunds(services, told)
  return told.find(({ id }) => id === refundId)?.state === 'pending' ? 'waiting' : 'done'
}

/** Refused for good, unless what the vendor has refunded meanwhile was this one. */
async function noteRefusal(
  services: Parts,
  { id, paymentId }: RefundRequest,
  { refused, words }: RefundRefusal,
): Promise<Sending> {
  const answer = words.slice(0, 500)
  const isWaiting = and(eq(refundRequests.id, id), eq(refundRequests.state, 'approved'))
  if (refused === 'balance') {
    await services.db.update(refundRequests).set({ answer, updatedAt: services.now() }).where(isWaiting)
    return 'no balance'
  }
  await recordRefunds(services, await required(services.payments, 'Buying').listRefunds(paymentId))
  await transact(services.db, async (db) => {
    const tx = { ...services, db }
    const locked = await lockPayment(db, paymentId)
    const [request] = await db.select().from(refundRequests).where(eq(refundRequests.id, id)).for('update')
    if (!locked || request?.state !== 'approved') return
    await db
      .update(refundRequests)
      .set({ state: 'refused', answer, updatedAt: tx.now() })
      .where(eq(refundRequests.id, id))
    await keepRefusedRefund(tx, locked, request)
  })
  return 'done'
}
