import { moment } from '../format'

interface Waiting {
  lastError: string | null
  vendorOrderId: string | null
  heardAt: Date
  nextAt: Date | null
}

/** What is known of an order that is open: nothing heard is not the same as not paid. */
export function openOrderLine(
  { lastError, vendorOrderId, heardAt, nextAt }: Waiting,
  timeZone: string,
): string {
  if (!vendorOrderId) return 'Not yet open at Razorpay, so nobody can have paid.'
  const known = lastError
    ? `Declined: ${lastError}`
    : `Not heard of a payment since ${moment(heardAt, timeZone)}.`
  return nextAt ? `${known} Next question at ${moment(nextAt, timeZone)}.` : known
}

interface Learnt {
  isPaid: boolean
  isHeld: boolean
  lastError: string | null
  tries: number
}

/** What asking has told. */
export function learntSentence({ isPaid, isHeld, lastError, tries }: Learnt): string {
  if (isPaid) return 'Razorpay has the money, and the order is settled.'
  if (isHeld) return 'Razorpay has a payment that is held here: decide about it under Payments.'
  if (tries === 0) return 'Razorpay knows of no payment for this order.'
  return lastError
    ? `Razorpay knows of no paid try. The last one: ${lastError}`
    : 'Razorpay knows of no paid try.'
}
