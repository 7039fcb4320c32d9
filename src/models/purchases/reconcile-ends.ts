import { and, eq, gte, inArray, isNotNull, isNull, lt, lte, ne, or, sql } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { orders, payments, purchases, refundRequests, refunds } from '../../db/schema'
import { amountIn } from '../../rules/format'
import { isCaptured } from '../../rules/purchases/outcome'
import { daySeconds, hourSeconds, later } from '../../rules/time'
import { required } from '../../services'
import { type Findings, repair } from './findings'
import { type PaymentServices, recordToldPayment } from './order-sync'
import { lockPayment } from './payment'
import { followMoney } from './payment-outcome'
import { recordRefunds } from './refund'
import { approveRefund } from './refund-request'

/** Whether each payment has its end, and access with it. */
export async function checkEnds(services: PaymentServices, findings: Findings): Promise<void> {
  await followPendingRefunds(services, findings)
  await checkReturning(services, findings)
  await checkAccess(services, findings)
  await listHeld(services, findings)
}

/** What we call captured has to be in the vendor's books. */
export async function checkListed(
  services: PaymentServices,
  findings: Findings,
  { from, to, seen }: { from: Date; to: Date; seen: ReadonlySet<string> },
): Promise<void> {
  const ours = await services.db
    .select({ id: payments.id, amountPaise: payments.amountPaise, currency: payments.currency })
    .from(payments)
    .where(
      and(
        gte(payments.paidAt, from),
        lt(payments.paidAt, to),
        lte(payments.createdAt, later(services.now(), -hourSeconds)),
        inArray(payments.vendorStatus, ['captured', 'refunded']),
      ),
    )
  for (const payment of ours.filter(({ id }) => !seen.has(id))) {
    const told = await required(services.payments, 'Buying').findPayment(payment.id)
    if (told && isCaptured(told.vendorStatus)) continue
    const status = told ? `is ${told.vendorStatus}` : 'is not known'
    findings.problems.push(
      `Payment ${payment.id} of ${amountIn(payment)} is captured here and ${status} at Razorpay.`,
    )
  }
}

const mostAsked = 200

/** A bank may take weeks: such a refund is older than the span. */
async function followPendingRefunds(services: PaymentServices, findings: Findings): Promise<void> {
  const pending = await services.db
    .select({ id: refunds.id, paymentId: refunds.paymentId })
    .from(refunds)
    .where(eq(refunds.state, 'pending'))
    .orderBy(refunds.updatedAt)
    .limit(mostAsked)
  for (const { id, paymentId } of pending) {
    const told = await required(services.payments, 'Buying').listRefunds(paymentId)
    const refund = told.find((one) => one.id === id)
    if (!refund) findings.problems.push(`Refund ${id} of payment ${paymentId} is not known at Razorpay.`)
    else if (refund.state !== 'pending') {
      const what = `Refund ${id} of payment ${paymentId} is ${refund.state} at Razorpay and pending here`
      await repair(findings, what, () => recordRefunds(services, [refund]))
    }
  }
}

/** Money that has to go back is on its way, or a person knows why not. */
async function checkReturning(services: PaymentServices, findings: Findings): Promise<void> {
  const { db, now } = services
  const stuck = await db
    .select({ request: refundRequests, currency: payments.currency })
    .from(refundRequests)
    .innerJoin(payments, eq(payments.id, refundRequests.paymentId))
    .where(
      and(eq(refundRequests.state, 'approved'), lte(refundRequests.createdAt, later(now(), -daySeconds))),
    )
  for (const { request, currency } of stuck) {
    const amount = amountIn({ ...request, currency })
    const why = request.answer ? `: ${request.answer}` : ' yet.'
    findings.problems.push(`The refund of ${amount} of payment ${request.paymentId} is not made${why}`)
  }
  const refused = await db
    .select({ request: refundRequests, currency: payments.currency })
    .from(refundRequests)
    .innerJoin(payments, eq(payments.id, refundRequests.paymentId))
    .where(and(eq(refundRequests.state, 'refused'), ne(payments.outcome, 'returning')))
  for (const { request, currency } of refused)
    findings.problems.push(
      `The refund of ${amountIn({ ...request, currency })} of payment ${request.paymentId} did not go through: ${request.answer}`,
    )
  const returning = await db
    .select({ id: payments.id, amountPaise: payments.amountPaise, currency: payments.currency })
    .from(payments)
    .where(eq(payments.outcome, 'returning'))
  for (const payment of returning) await checkOneReturning(services, findings, payment)
}

async function checkOneReturning(
  services: PaymentServices,
  findings: Findings,
  payment: { id: string; amountPaise: number; currency: string },
): Promise<void> {
  const [refused] = await services.db
    .select({ answer: refundRequests.answer })
    .from(refundRequests)
    .where(and(eq(refundRequests.paymentId, payment.id), eq(refundRequests.state, 'refused')))
  const what = `Payment ${payment.id} of ${amountIn(payment)} has to go back, and nothing is on its way`
  const left = await transact(services.db, async (db) => {
    const tx = { ...services, db }
    if (refused || findings.isListed) return 'refused'
    const reason = 'It has to go back, and its refund was missing.'
    const approval = await approveRefund(tx, { paymentId: payment.id, amountPaise: 'all', reason })
    return 'requestId' in approval ? 'asked' : 'under way'
  })
  if (left === 'asked') findings.recorded.push(`${what}.`)
  if (left === 'refused' && refused)
    findings.problems.push(`Payment ${payment.id} has to go back, and Razorpay refuses: ${refused.answer}`)
}

/** Access is what the money says; both directions. */
async function checkAccess(services: PaymentServices, findings: Findings): Promise<void> {
  const { db } = services
  const wrong = await db
    .select({ paymentId: payments.id, isOpen: sql`${purchases.revokedAt} is null`.mapWith(Boolean) })
    .from(purchases)
    .innerJoin(payments, eq(payments.id, purchases.paymentId))
    .where(
      or(
        and(inArray(payments.outcome, ['returned', 'lost']), isNull(purchases.revokedAt)),
        and(eq(payments.outcome, 'granted'), isNotNull(purchases.revokedAt), isNull(purchases.takenBackAt)),
      ),
    )
  for (const { paymentId, isOpen } of wrong) {
    const what = `The course of payment ${paymentId} is ${isOpen ? 'open' : 'closed'}, against what became of the money`
    await repair(findings, what, () =>
      transact(db, async (tx) => {
        const locked = await lockPayment(tx, paymentId)
        if (locked) await followMoney({ ...services, db: tx }, locked)
      }),
    )
  }
  const without = await db
    .select({ id: payments.id, buyer: orders.userId })
    .from(payments)
    .innerJoin(orders, eq(orders.id, payments.orderId))
    .leftJoin(purchases, and(eq(purchases.userId, orders.userId), eq(purchases.courseId, orders.courseId)))
    .where(and(eq(payments.outcome, 'granted'), isNull(purchases.id)))
  for (const { id } of without)
    findings.problems.push(`Payment ${id} is granted, and its buyer does not have the course.`)
}

async function listHeld(services: PaymentServices, findings: Findings): Promise<void> {
  const { db } = services
  const held = await db.select().from(payments).where(eq(payments.outcome, 'held')).orderBy(payments.paidAt)
  for (const payment of held) {
    const what = `Payment ${payment.id} of ${amountIn(payment)}`
    const isLost = payment.orderId === null && payment.vendorOrderId !== null
    if (isLost && !findings.isListed && (await isFoundAgain(services, payment.id)))
      findings.recorded.push(`${what} was held, and its order is rebuilt.`)
    else findings.problems.push(`${what} waits for a decision: ${payment.heldReason}`)
  }
}

/** Told of by a webhook before its order was rebuilt. */
async function isFoundAgain(services: PaymentServices, paymentId: string): Promise<boolean> {
  const told = await required(services.payments, 'Buying').findPayment(paymentId)
  if (told) await recordToldPayment(services, told)
  const [now] = await services.db.select().from(payments).where(eq(payments.id, paymentId))
  return now?.outcome !== 'held'
}
