import { rupees } from '../format'

type RefundState = 'pending' | 'processed' | 'failed'
const rank: Record<RefundState, number> = { pending: 0, processed: 1, failed: 2 }

/** Events come in any order: a refund's state only moves on, and a failure is the last word. */
export const laterRefundState = (known: RefundState, told: RefundState): RefundState =>
  rank[told] > rank[known] ? told : known

interface Refund {
  id: string
  amountPaise: number
  state: RefundState
}

interface Request {
  amountPaise: number
  state: string
  refundId: string | null
}

/** What is really back. */
export const refundedPaise = (refunds: Refund[]): number =>
  sum(refunds.filter(({ state }) => state === 'processed'))

/** What may still be asked for: neither back, nor on its way, nor asked of the vendor already. */
export function refundablePaise(amountPaise: number, refunds: Refund[], requests: Request[]): number {
  const waiting = requests.filter(({ state, refundId }) => state === 'approved' && refundId === null)
  const underWay = refunds.filter(({ state }) => state !== 'failed')
  return Math.max(0, amountPaise - sum(underWay) - sum(waiting))
}

const sum = (list: { amountPaise: number }[]) => list.reduce((total, one) => total + one.amountPaise, 0)

/** Why nothing was refunded, for who wanted to. */
export const refundRefusal = ({
  refused,
  leftPaise,
}: {
  refused: 'not paid' | 'too much'
  leftPaise: number
}): string => {
  if (refused === 'not paid') return 'This order has no payment to refund.'
  return leftPaise === 0
    ? 'All of this payment has already been refunded.'
    : `At most ${rupees(leftPaise)} is left to refund.`
}
