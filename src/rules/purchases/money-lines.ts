interface Payment {
  id: string
  amountPaise: number
  currency: string
  method: string | null
  outcome: string | null
  paidAt: Date
}
interface Refund {
  paymentId: string
  amountPaise: number
  state: 'pending' | 'processed' | 'failed'
  createdAt: Date
}
interface Dispute {
  paymentId: string
  amountPaise: number
  deductedPaise: number
  status: string
  currency: string
  createdAt: Date
}

export interface MoneyLine {
  kind: 'price' | 'offer' | 'fee' | 'paid' | 'paid-again' | 'refund' | 'dispute'
  at: Date | null
  /** Minor units; what leaves the buyer is positive, what comes back negative. */
  amount: number
  currency: string
  /** The vendor's word for a way of paying, or the state of a refund or dispute. */
  detail: string | null
}

/**
 * Each part of the money of an order as its buyer sees it: of the first payment what an offer took
 * off the price or a fee put on it, and of each payment what came back.
 */
export function moneyLines(
  order: { amountPaise: number },
  { payments, refunds, disputes }: { payments: Payment[]; refunds: Refund[]; disputes: Dispute[] },
): MoneyLine[] {
  const taken = payments.filter(({ outcome }) => outcome !== null)
  return taken.flatMap((payment, index) => {
    const { id, amountPaise, currency, method, paidAt } = payment
    const paid = { at: paidAt, amount: amountPaise, currency, detail: method }
    return [
      ...(index === 0 ? differenceOf(order.amountPaise, payment) : []),
      { kind: index === 0 ? ('paid' as const) : ('paid-again' as const), ...paid },
      ...refunds
        .filter(({ paymentId }) => paymentId === id)
        .map((refund) => ({
          kind: 'refund' as const,
          at: refund.createdAt,
          amount: -refund.amountPaise,
          currency,
          detail: refund.state,
        })),
      ...disputes
        .filter(({ paymentId }) => paymentId === id)
        .map((dispute) => ({
          kind: 'dispute' as const,
          at: dispute.createdAt,
          amount: -(dispute.deductedPaise || dispute.amountPaise),
          currency: dispute.currency,
          detail: dispute.status,
        })),
    ]
  })
}

function differenceOf(pricePaise: number, { amountPaise, currency }: Payment): MoneyLine[] {
  const difference = amountPaise - pricePaise
  if (currency !== 'INR' || difference === 0) return []
  const line = { at: null, currency, detail: null }
  return [
    { kind: 'price', amount: pricePaise, ...line },
    { kind: difference < 0 ? 'offer' : 'fee', amount: difference, ...line },
  ]
}
