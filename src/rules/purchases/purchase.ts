/** Why this course cannot be sold to this person; null when it can. */
export function refusalToSell(
  course: { isPublished: boolean; archivedAt: Date | null; pricePaise: number | null; ownerId: string },
  person: { id: string; owns: boolean },
): 'has access' | 'not on sale' | null {
  if (person.owns || course.ownerId === person.id) return 'has access'
  if (!course.isPublished || course.archivedAt || course.pricePaise === null) return 'not on sale'
  return null
}

/** Whether a payment pays an order: the bank took exactly its amount for exactly it. A payment given back later was taken once. */
export function paysFor(
  order: { razorpayOrderId: string | null; amountPaise: number },
  payment: { vendorOrderId: string | null; amountPaise: number; currency: string; state: string },
): boolean {
  return (
    (payment.state === 'captured' || payment.state === 'refunded') &&
    order.razorpayOrderId !== null &&
    payment.vendorOrderId === order.razorpayOrderId &&
    payment.amountPaise === order.amountPaise &&
    payment.currency === 'INR'
  )
}

type RefundState = 'pending' | 'processed' | 'failed'
const rank: Record<RefundState, number> = { pending: 0, processed: 1, failed: 2 }

/** Events come in any order: a refund's state only moves on, and a failure is the last word. */
export const laterRefundState = (known: RefundState, heard: RefundState): RefundState =>
  rank[heard] > rank[known] ? heard : known

/** Access ends when all that was paid has gone back; a part of it leaves the course. */
export function isFullyRefunded(
  amountPaise: number,
  refunds: { amountPaise: number; state: RefundState }[],
): boolean {
  const returned = refunds
    .filter((refund) => refund.state === 'processed')
    .reduce((sum, refund) => sum + refund.amountPaise, 0)
  return returned >= amountPaise
}

const refundCheckDays = [2, 4, 8, 15, 30]

/** Days until the bank is asked again whether a payment went back, after this many times; null when it has been asked for two months. Webhooks tell sooner; this is the net for those that were lost. */
export const nextRefundCheckDays = (timesAsked: number): number | null =>
  refundCheckDays[timesAsked - 1] ?? null

const minute = 60
const hour = 60 * minute
const firstChecks = [minute, 2 * minute, 4 * minute, 8 * minute, 15 * minute, 30 * minute]

/** Seconds until the bank is asked again about an open order, after this many times; null when its days are over. A bank may say yes up to three days late, and five are waited. */
export function nextCheckSeconds(timesAsked: number, ageSeconds: number): number | null {
  if (ageSeconds > 5 * 24 * hour) return null
  return firstChecks[timesAsked] ?? (ageSeconds < 24 * hour ? hour : 6 * hour)
}
