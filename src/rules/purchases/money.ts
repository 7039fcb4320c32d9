/**
 * A sale; a refund, and one that had not arrived after all; a lost dispute; a course that was joined
 * or given for nothing.
 */
export type MoneyKind = 'sale' | 'refund' | 'refund-failed' | 'lost' | 'join'

/** In paise; what went back counts on the day when it did, and a free join is no sale. */
export interface Figures {
  sales: number
  soldPaise: number
  refundedPaise: number
  freeJoins: number
}

/** What is left of sales without refunds and lost disputes; below zero where more went back. */
export const netOf = ({ soldPaise, refundedPaise }: Pick<Figures, 'soldPaise' | 'refundedPaise'>): number =>
  soldPaise - refundedPaise

interface Line {
  kind: MoneyKind
  soldPaise: number
  backPaise: number
  paidPaise: number
  feePaise: number
}

/** What the payment service pays out for a line, or takes back: its fee is off, its GST included. */
export const settledPaise = ({ kind, paidPaise, feePaise, backPaise }: Line): number =>
  kind === 'sale' ? paidPaise - feePaise : -backPaise

/** The part of the fee that the seller bears; a buyer may have paid it on top of the price. */
export const sellersFeePaise = ({ soldPaise, paidPaise, feePaise }: Line): number =>
  Math.max(0, feePaise - Math.max(0, paidPaise - soldPaise))
