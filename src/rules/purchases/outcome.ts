import { amountIn, rupees } from '../format'
import { daySeconds } from '../time'

/** A quote holds so long, measured at the moment of paying. */
export const quoteSeconds = 5 * daySeconds

const steps = ['failed', 'authorized', 'auto_refunded', 'captured', 'refunded']
const rankOf = (status: string) => steps.indexOf(status)

/** Events come in any order; a payment that failed may be confirmed days later. */
export const isOlderNews = (known: string, told: string): boolean => rankOf(told) < rankOf(known)

export const isCaptured = (status: string): boolean => status === 'captured' || status === 'refunded'

interface Verdict {
  state: string
  amountPaise: number
  duePaise: number
  currency: string
}

/** `verdict` is the payment service's on the order: undefined unasked, null when it knows none. */
interface Case {
  order: { amountPaise: number; paymentId: string | null; createdAt: Date }
  payment: { id: string; amountPaise: number; currency: string; paidAt: Date }
  verdict: Verdict | null | undefined
  buyer: { ownsCourse: boolean; hasLeft: boolean }
  /** Null when the course is not on sale. */
  pricePaiseToday: number | null
}

export type Decision =
  | { outcome: 'granted' }
  | { outcome: 'returning' | 'held'; reason: string }
  /** Only the payment service's verdict on the order can tell. */
  | { outcome: 'ask' }

/** What becomes of a captured payment of a known order. */
export function outcomeOf({ order, payment, verdict, buyer, pricePaiseToday }: Case): Decision {
  if (order.paymentId !== null && order.paymentId !== payment.id)
    return { outcome: 'returning', reason: 'The order was paid already.' }
  if (!isExact(order, payment)) {
    if (verdict === undefined) return { outcome: 'ask' }
    if (!isPaidInFull(order, verdict)) return { outcome: 'held', reason: whyHeld(order, payment, verdict) }
  }
  if (buyer.hasLeft) return { outcome: 'returning', reason: 'The buyer’s account is deleted.' }
  if (buyer.ownsCourse) return { outcome: 'returning', reason: 'The buyer owned the course already.' }
  const isLate = payment.paidAt.getTime() - order.createdAt.getTime() > quoteSeconds * 1000
  if (isLate && (pricePaiseToday === null || order.amountPaise < pricePaiseToday))
    return { outcome: 'returning', reason: 'The order was older than five days and its price is over.' }
  return { outcome: 'granted' }
}

type Amount = { amountPaise: number; currency: string }

/** Exactly the order's amount in rupees needs no verdict. */
export const isExact = (order: { amountPaise: number }, payment: Amount): boolean =>
  payment.currency === 'INR' && payment.amountPaise === order.amountPaise

/** An offer makes the payment smaller than its order, and a fee that the buyer bears larger. */
const isPaidInFull = (order: { amountPaise: number }, verdict: Verdict | null): boolean =>
  verdict !== null && verdict.state === 'paid' && verdict.duePaise === 0 && isExact(order, verdict)

function whyHeld(order: { amountPaise: number }, payment: Amount, verdict: Verdict | null): string {
  const paid = `${amountIn(payment)} paid for an order of ${rupees(order.amountPaise)}`
  return verdict === null
    ? `${paid}, and Razorpay has no such order.`
    : `${paid}, and Razorpay does not report the order as paid.`
}

const outcomes = ['granted', 'returning', 'returned', 'held', 'lost'] as const
export type Outcome = (typeof outcomes)[number]

export const isOutcome = (word: string): word is Outcome => outcomes.some((outcome) => outcome === word)

/** `decided` is what it would be if no money had gone back. */
export function outcomeAfter(
  decided: 'granted' | 'returning' | 'held',
  payment: { amountPaise: number; refundedPaise: number; isLost: boolean },
): Outcome {
  if (payment.isLost) return 'lost'
  if (payment.refundedPaise > 0 && payment.refundedPaise >= payment.amountPaise) return 'returned'
  return decided
}

/** Whether the right to the course has ended; one that nobody paid for has no outcome. */
export const hasEnded = (purchase: { takenBackAt: Date | null }, outcome: Outcome | null): boolean =>
  purchase.takenBackAt !== null || outcome === 'returned' || outcome === 'lost'
