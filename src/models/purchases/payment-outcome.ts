import { eq } from 'drizzle-orm'
import { disputes, payments, purchases, refundRequests, refunds } from '../../db/schema'
import { isLostDispute } from '../../rules/purchases/dispute'
import { hasEnded, type Outcome, outcomeAfter } from '../../rules/purchases/outcome'
import { refundedPaise } from '../../rules/purchases/refund'
import type { LockedPayment } from './payment'
import { countStudents, type InTransaction } from './purchase'

/** Outcome and access as refunds and disputes have left them; the payment must be locked. */
export async function followMoney(
  tx: InTransaction,
  { order, payment }: LockedPayment,
): Promise<Outcome | null> {
  if (payment.outcome === null) return null
  const { db, now } = tx
  const known = await db.select().from(refunds).where(eq(refunds.paymentId, payment.id)).for('update')
  const disputed = await db.select().from(disputes).where(eq(disputes.paymentId, payment.id)).for('update')
  const outcome = outcomeAfter(await decidedOutcome(tx, { order, payment }), {
    amountPaise: payment.amountPaise,
    refundedPaise: refundedPaise(known),
    isLost: disputed.some(isLostDispute),
  })
  if (outcome !== payment.outcome)
    await db.update(payments).set({ outcome, updatedAt: now() }).where(eq(payments.id, payment.id))
  const [purchase] = await db
    .select()
    .from(purchases)
    .where(eq(purchases.paymentId, payment.id))
    .for('update')
  if (purchase) await setAccess(tx, purchase, outcome)
  return outcome
}

/** What it would be if no money had gone back. */
async function decidedOutcome(
  { db }: InTransaction,
  { order, payment }: LockedPayment,
): Promise<'granted' | 'returning' | 'held'> {
  const { outcome } = payment
  if (outcome === 'granted' || outcome === 'returning' || outcome === 'held') return outcome
  if (order?.state === 'paid' && order.paymentId === payment.id) return 'granted'
  const requests = await db
    .select({ id: refundRequests.id })
    .from(refundRequests)
    .where(eq(refundRequests.paymentId, payment.id))
    .for('update')
  return requests.length === 0 && payment.heldFor !== null ? 'held' : 'returning'
}

/** The one place that opens and ends access to a course that somebody has had. */
export async function setAccess(
  { db, now }: InTransaction,
  purchase: typeof purchases.$inferSelect,
  outcome: Outcome | null,
): Promise<void> {
  const isOver = hasEnded(purchase, outcome)
  if (isOver === (purchase.revokedAt !== null)) return
  await db
    .update(purchases)
    .set({ revokedAt: isOver ? now() : null })
    .where(eq(purchases.id, purchase.id))
  await countStudents(db, purchase.courseId, isOver ? -1 : 1)
}
