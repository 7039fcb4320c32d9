import { and, eq, isNull } from 'drizzle-orm'
import { orders, refunds } from '../../db/schema'
import type { Payment, VendorOrder } from '../../ports/payments/payments'
import { isFormer } from '../../rules/account/former-account'
import { isOnSale } from '../../rules/catalogue/sale'
import { type Decision, isCaptured, outcomeOf } from '../../rules/purchases/outcome'
import { addJob } from '../job'
import { queueAdminEmails } from './admin-notice'
import { issueInvoice } from './invoice'
import { type LockedOrder, recordDecline } from './order'
import { queueOrderSync } from './order-queue'
import { type KeptPayment, laterPayment, lockToldPayment, storePayment } from './payment'
import { followMoney } from './payment-outcome'
import { grantCourse, type InTransaction, ownsCourse } from './purchase'
import { approveRefund, type WantedRefund } from './refund-request'

/** `verdict` of the payment service on the order: undefined unasked, null when it knows none. */
export type Verdict = VendorOrder | null | undefined

/**
 * Receipt, callback, webhook, job and reconciliation all end here, in the transaction that keeps
 * their cause: the payment is kept, and once captured it has an outcome. Says what came of it.
 */
export async function settlePayment(tx: InTransaction, told: Payment, verdict?: Verdict): Promise<string> {
  const { order, payment: known } = await lockToldPayment(tx, told)
  const payment = laterPayment(known, told, tx.now())
  if (!isCaptured(payment.vendorStatus)) {
    await storePayment(tx.db, payment)
    if (told.state === 'failed' && order) await recordDecline(tx, order.id, told.error)
    return `payment ${payment.vendorStatus}`
  }
  if (payment.outcome !== null && payment.outcome !== 'held') {
    await storePayment(tx.db, payment)
    await followMoney(tx, { order, payment })
    return 'already settled'
  }
  const decision: Decision = order
    ? await decide(tx, order, payment, verdict)
    : { outcome: 'held', reason: 'It belongs to no order known here.' }
  if (decision.outcome === 'ask') return waitForVerdict(tx, payment, order)
  return applyDecision(tx, { order, payment, known }, decision)
}

async function decide(
  { db }: InTransaction,
  order: LockedOrder,
  payment: KeptPayment,
  verdict: Verdict,
): Promise<Decision> {
  const { course, buyer } = order
  return outcomeOf({
    order,
    payment,
    verdict,
    buyer: { ownsCourse: await ownsCourse(db, order), hasLeft: isFormer(buyer.email) },
    pricePaiseToday: isOnSale(course) ? course.pricePaise : null,
  })
}

/** Held for the moment: no captured payment is kept without an end. */
async function waitForVerdict(
  tx: InTransaction,
  payment: KeptPayment,
  order: LockedOrder | undefined,
): Promise<string> {
  if (payment.outcome === 'held') {
    await storePayment(tx.db, payment)
    return 'held already'
  }
  const heldReason = 'Its amount differs from the order, and Razorpay is being asked about it.'
  await storePayment(tx.db, { ...payment, outcome: 'held', heldFor: 'verdict', heldReason })
  if (order) await queueOrderSync(tx, order.id)
  return 'another amount, order sync queued'
}

async function applyDecision(
  tx: InTransaction,
  { order, payment, known }: { order: LockedOrder | undefined; payment: KeptPayment; known: KeptPayment },
  decision: Exclude<Decision, { outcome: 'ask' }>,
): Promise<string> {
  const { outcome } = decision
  const held = outcome === 'held' && { heldFor: 'decision' as const, heldReason: decision.reason }
  const decided = { ...payment, orderId: order?.id ?? payment.orderId, outcome, ...held }
  await storePayment(tx.db, decided)
  await tx.db
    .update(refunds)
    .set({ orderId: decided.orderId })
    .where(and(eq(refunds.paymentId, payment.id), isNull(refunds.orderId)))
  if (outcome === 'held' && (known.outcome === null || known.heldFor === 'verdict'))
    await queueAdminEmails(tx, 'mail-held-payment', { paymentId: payment.id })
  if (order && outcome === 'granted') await grantPaidCourse(tx, order, decided)
  if (outcome === 'returning') await giveBack(tx, order, decided, { reason: decision.reason })
  await followMoney(tx, { order, payment: decided })
  if (order && outcome === 'granted') await issueInvoice(tx, order, decided)
  return outcome
}

/** What follows of a payment that opens its course. */
export async function grantPaidCourse(
  tx: InTransaction,
  order: LockedOrder,
  payment: KeptPayment,
): Promise<void> {
  await closeOrder(tx, order, payment, 'paid')
  await grantCourse(tx, {
    userId: order.userId,
    courseId: order.courseId,
    orderId: order.id,
    paymentId: payment.id,
    pricePaise: order.amountPaise,
    source: 'bought',
  })
  await addJob(tx, 'mail-receipt', { orderId: order.id })
}

/** The whole payment goes back; an order that waited for it is closed. */
export async function giveBack(
  tx: InTransaction,
  order: LockedOrder | undefined,
  payment: KeptPayment,
  why: Pick<WantedRefund, 'reason' | 'requestedBy' | 'decidedBy'>,
): Promise<void> {
  if (order && order.paymentId === null) await closeOrder(tx, order, payment, 'duplicate')
  await approveRefund(tx, { paymentId: payment.id, amountPaise: 'all', ...why })
}

/** The row that is locked is changed, too: what follows asks it. */
async function closeOrder(
  { db, now }: InTransaction,
  order: LockedOrder,
  payment: KeptPayment,
  state: 'paid' | 'duplicate',
): Promise<void> {
  const at = now()
  const closed = { state, paymentId: payment.id, paidAt: at, openKey: null, lastError: null, updatedAt: at }
  await db.update(orders).set(closed).where(eq(orders.id, order.id))
  Object.assign(order, closed)
}
