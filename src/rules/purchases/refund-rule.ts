import { count } from '../format'
import { dayMs } from '../time'

/** From the configuration; 0 days is no refund without a person. */
export interface RefundTerms {
  REFUND_DAYS: number
  REFUND_WATCHED_PERCENT: number
}

const maxRefundsAYear = 3

/** The rule in words, as it stands before paying and on the purchase's page. */
export function refundPromise({ REFUND_DAYS, REFUND_WATCHED_PERCENT }: RefundTerms): string {
  if (REFUND_DAYS === 0) return 'You can ask for a refund on the page of your purchase; a person decides.'
  const rule = `Full refund within ${count(REFUND_DAYS, 'day')} of paying, while you have completed less than ${REFUND_WATCHED_PERCENT}% of the lessons, at most ${maxRefundsAYear} times a year.`
  return `${rule} You ask on the page of your purchase and it is sent at once; in other cases a person decides.`
}

interface Case {
  paidAt: Date
  now: Date
  watchedPercent: number
  /** Of this person in the last 365 days, without this one. */
  refundsInYear: number
  /** Somebody has declined one for the same payment. */
  wasDeclined: boolean
}

/** Why a person has to decide; null when the refund is sent at once. */
export function whyAPerson(
  { paidAt, now, watchedPercent, refundsInYear, wasDeclined }: Case,
  { REFUND_DAYS, REFUND_WATCHED_PERCENT }: RefundTerms,
): string | null {
  if (REFUND_DAYS === 0) return 'Refunds are decided by a person here.'
  if (wasDeclined) return 'A request for this purchase was declined before.'
  if (now.getTime() - paidAt.getTime() > REFUND_DAYS * dayMs)
    return `You paid more than ${count(REFUND_DAYS, 'day')} ago.`
  if (watchedPercent >= REFUND_WATCHED_PERCENT) return `You have completed ${watchedPercent}% of the lessons.`
  if (refundsInYear >= maxRefundsAYear) return `You have had ${count(refundsInYear, 'refund')} within a year.`
  return null
}
