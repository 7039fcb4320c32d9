interface Order {
  amountPaise: number
}
interface Payment {
  amountPaise: number
  currency: string
}

/**
 * What was really paid for the course: an offer lowers it, and a fee that the buyer bears is the
 * payment service's, not the seller's. In another currency it is the price in rupees.
 */
export const soldPaise = (order: Order, { amountPaise, currency }: Payment): number =>
  currency === 'INR' ? Math.min(amountPaise, order.amountPaise) : order.amountPaise

/** In paise, what a refund of a payment is: in another currency by the rate of its payment. */
export const backPaise = (order: Order, payment: Payment, refund: { amountPaise: number }): number =>
  payment.currency === 'INR'
    ? refund.amountPaise
    : Math.round((refund.amountPaise / payment.amountPaise) * order.amountPaise)
