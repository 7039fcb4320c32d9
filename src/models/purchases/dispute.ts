import { eq } from 'drizzle-orm'
import { disputes } from '../../db/schema'
import type { Dispute, Payment } from '../../ports/payments/payments'
import { isOlderDisputeNews, isOpenDispute } from '../../rules/purchases/dispute'
import { queueAdminEmails } from './admin-notice'
import { lockPayment } from './payment'
import { followMoney } from './payment-outcome'
import type { InTransaction } from './purchase'
import { settlePayment } from './settlement'

/** One that is lost ends access and one that is won gives it back; says how the dispute stands. */
export async function recordDispute(
  tx: InTransaction,
  told: Dispute,
  payment: Payment | null,
): Promise<Dispute['status']> {
  const { db, now } = tx
  if (payment) await settlePayment(tx, payment)
  const locked = await lockPayment(db, told.paymentId)
  const at = now()
  const news = {
    amountPaise: told.amountPaise,
    deductedPaise: told.deductedPaise,
    currency: told.currency,
    reasonCode: told.reasonCode?.slice(0, 100) ?? null,
    phase: told.phase,
    status: told.status,
    respondBy: told.respondBy,
    updatedAt: at,
  }
  const [added] = await db
    .insert(disputes)
    .ignore()
    .values({ id: told.id, paymentId: told.paymentId, createdAt: told.createdAt ?? at, ...news })
  const [known] = await db.select().from(disputes).where(eq(disputes.id, told.id)).for('update')
  if (!known) throw new Error(`The dispute ${told.id} has no row.`)
  const isNew = added.affectedRows === 1
  const isNews = isNew || !isOlderDisputeNews(known.status, told.status)
  if (isNews && !isNew) await db.update(disputes).set(news).where(eq(disputes.id, told.id))
  if (isNew && isOpenDispute(told.status)) await queueAdminEmails(tx, 'mail-dispute', { disputeId: told.id })
  if (locked) await followMoney(tx, locked)
  return isNews ? told.status : (known.status as Dispute['status'])
}
