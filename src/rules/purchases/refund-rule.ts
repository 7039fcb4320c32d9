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
  if (REFUND_DAYS === 0)
    return 'You can ask for a refund on the page of your purchase. Somebody on our team decides.'
  const rule = `Full refund within ${count(REFUND_DAYS, 'day')} of paying, if you have completed less than ${REFUND_WATCHED_PERCENT}% of the lessons, up to ${maxRefundsAYear} times a year.`
  return `${rule} Ask on the page of your purchase and it is sent immediately. In all other cases, somebody on our team decides.`
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
  if (REFUND_DAYS === 0) return 'Our team decides about every refund.'
  if (wasDeclined) return 'An earlier request for this purchase was declined.'
  if (now.getTime() - paidAt.getTime() > REFUND_DAYS * dayMs)
    return `You paid more than ${count(REFUND_DAYS, 'day')} ago.`
  if (watchedPercent >= REFUND_WATCHED_PERCENT) return `You have completed ${watchedPercent}% of the lessons.`
  if (refundsInYear >= maxRefundsAYear)
    return `You have had ${count(refundsInYear, 'refund')} in the last year.`
  return null
}
