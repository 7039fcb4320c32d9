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
  if (!vendorOrderId) return 'Not open at Razorpay yet, so it cannot have been paid.'
  const known = lastError
    ? `Declined: ${lastError}`
    : `No payment reported as of ${moment(heardAt, timeZone)}.`
  return nextAt ? `${known} Next check: ${moment(nextAt, timeZone)}.` : known
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
  if (isHeld) return 'Razorpay has a payment that is on hold here: review it under Payments.'
  if (tries === 0) return 'Razorpay has no payment for this order.'
  return lastError
    ? `Razorpay has no successful payment. The last attempt: ${lastError}`
    : 'Razorpay has no successful payment.'
}
