import { daySeconds, later, minuteSeconds } from '../time'
import { quoteSeconds } from './outcome'

/** Where an order stands for its buyer; the pages have words for each. */
export type Standing =
  | 'not-opened'
  | 'not-paid'
  | 'declined'
  | 'checking'
  | 'confirming'
  | 'expired'
  | 'owned'
  | 'in'
  | 'disputed'
  | 'held'
  | 'returning'
  | 'returned'
  | 'lost'
  | 'ended'

type Outcome = 'granted' | 'returning' | 'returned' | 'held' | 'lost'

export interface PaidPart {
  id: string
  amountPaise: number
  vendorStatus: string
  outcome: Outcome | null
  error: string | null
  paidAt: Date
}

export interface StandingFacts {
  order: { state: string; vendorOrderId: string | null; lastError: string | null; createdAt: Date }
  /** The oldest first. */
  payments: PaidPart[]
  refunds: { paymentId: string; amountPaise: number; state: 'pending' | 'processed' | 'failed' }[]
  disputes: { paymentId: string; status: string }[]
  /** Of the course, by whichever purchase. */
  hasAccess: boolean
  /** The payment service is being asked, and its answer is near. */
  isAsking: boolean
}

export function standingOf(facts: StandingFacts, now: Date): Standing {
  const granted = facts.payments.find(({ outcome }) => outcome === 'granted')
  if (granted) return standingOfGranted(facts, granted)
  for (const outcome of ['held', 'returning', 'lost', 'returned'] as const)
    if (facts.payments.some((payment) => payment.outcome === outcome)) return outcome
  return standingOfUnpaid(facts, now)
}

function standingOfGranted(
  { refunds, disputes, hasAccess }: StandingFacts,
  { id, amountPaise }: PaidPart,
): Standing {
  const isOpen = disputes.some((one) => one.paymentId === id && isOpenDispute(one.status))
  const valid = refunds.filter((one) => one.paymentId === id && one.state !== 'failed')
  const backPaise = valid.reduce((sum, one) => sum + one.amountPaise, 0)
  if (hasAccess) return isOpen ? 'disputed' : backPaise >= amountPaise ? 'returning' : 'in'
  if (valid.some(({ state }) => state === 'pending')) return 'returning'
  if (valid.length > 0) return 'returned'
  return disputes.some((one) => one.paymentId === id && one.status === 'lost') ? 'lost' : 'ended'
}

const isOpenDispute = (status: string): boolean => !['won', 'lost', 'closed'].includes(status)

function standingOfUnpaid({ order, payments, hasAccess, isAsking }: StandingFacts, now: Date): Standing {
  if (hasAccess) return 'owned'
  if (movingPayment(payments, now)) return 'confirming'
  const isOpen = order.state === 'open' && later(order.createdAt, quoteSeconds) > now
  if (isOpen && !order.vendorOrderId) return 'not-opened'
  if (isOpen && declineReason(order, payments)) return 'declined'
  if (isAsking) return 'checking'
  return isOpen ? 'not-paid' : 'expired'
}

/** A bank has not said yes or no yet; one that was only begun counts for half an hour. */
export function movingPayment(payments: PaidPart[], now: Date): PaidPart | null {
  const undecided = payments.filter(({ outcome, vendorStatus }) => !outcome && vendorStatus !== 'failed')
  const sure = undecided.find(({ vendorStatus }) => vendorStatus !== 'created')
  const last = payments.at(-1)
  const begun = last && undecided.includes(last) && later(last.paidAt, 30 * minuteSeconds) > now ? last : null
  return sure ?? begun
}

export function declineReason(order: { lastError: string | null }, payments: PaidPart[]): string | null {
  const failed = payments.findLast(({ vendorStatus }) => vendorStatus === 'failed')
  return failed?.error ?? order.lastError ?? (failed ? 'The payment was declined.' : null)
}

const unpaid: readonly Standing[] = [
  'not-opened',
  'not-paid',
  'declined',
  'checking',
  'confirming',
  'expired',
]
export const isUnpaid = (standing: Standing): boolean => unpaid.includes(standing)

/** While a bank may still say yes, paying once more waits a little. */
const patienceSeconds = 3 * minuteSeconds

/** Whether the form to pay is offered; not on knowledge that is too old. */
export function mayPayNow(
  standing: Standing,
  { moving, isOld, now }: { moving: PaidPart | null; isOld: boolean; now: Date },
): boolean {
  if (isOld) return false
  if (standing === 'checking' || standing === 'not-paid' || standing === 'declined') return true
  return (
    standing === 'confirming' &&
    moving?.vendorStatus === 'created' &&
    later(moving.paidAt, patienceSeconds) < now
  )
}

/** On the list of purchases an order that nobody paid is of use for a day. */
export const isListed = (standing: Standing, ageSeconds: number): boolean =>
  !isUnpaid(standing) || standing === 'confirming' || ageSeconds < daySeconds
