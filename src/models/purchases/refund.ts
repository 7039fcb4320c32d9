import { eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { refunds } from '../../db/schema'
import { notFound } from '../../errors'
import type { Refund } from '../../ports/payments/payments'
import { laterRefundState } from '../../rules/purchases/refund'
import { daySeconds, later } from '../../rules/time'
import type { MoneyServices, Services } from '../../services'
import { addJob } from '../job'
import { issueNotes } from './note'
import { lockPayment } from './payment'
import { followMoney } from './payment-outcome'
import type { InTransaction } from './purchase'
import { approveRefund, noteRefundOfRequest } from './refund-request'
import { keepFailedRefund } from './refused-refund'

export async function findRefund({ db }: Pick<Services, 'db'>, refundId: string) {
  const [refund] = await db.select().from(refunds).where(eq(refunds.id, refundId))
  if (!refund) throw notFound('refund')
  return refund
}

/**
 * Access follows the sum of all. When a refund fails, what has to go back is asked for again, and a
 * person decides about any other.
 */
export async function recordRefund(tx: InTransaction, told: Refund): Promise<void> {
  const { db } = tx
  const locked = await lockPayment(db, told.paymentId)
  const now = tx.now()
  const { id, paymentId, amountPaise } = told
  const orderId = locked?.payment.orderId ?? null
  const [added] = await db
    .insert(refunds)
    .ignore()
    .values({ id, orderId, paymentId, amountPaise, state: told.state, createdAt: now, updatedAt: now })
  const [known] = await db.select().from(refunds).where(eq(refunds.id, id)).for('update')
  if (!known) throw new Error(`The refund ${id} has no row.`)
  const isNew = added.affectedRows === 1
  const state = laterRefundState(known.state, told.state)
  if (state !== known.state) await db.update(refunds).set({ state, updatedAt: now }).where(eq(refunds.id, id))
  await noteRefundOfRequest(tx, told)
  const hasFailed = state === 'failed' && (isNew || known.state !== 'failed')
  if (isNew || hasFailed) await addJob(tx, 'mail-refund', { refundId: id })
  if (!locked) return
  const outcome = await followMoney(tx, locked)
  await issueNotes(tx, locked)
  if (!hasFailed) return
  if (outcome !== 'returning') return keepFailedRefund(tx, told)
  const reason = `The refund ${id} did not go through.`
  await approveRefund(tx, { paymentId, amountPaise: 'all', reason }, later(now, daySeconds))
}

export const recordRefunds = (services: MoneyServices, list: Refund[]): Promise<void> =>
  transact(services.db, async (db) => {
    for (const refund of list) await recordRefund({ ...services, db }, refund)
  })
