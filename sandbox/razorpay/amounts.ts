import type { Order, Payment, Settings } from './entities'

const FEE_PERCENT = 2
const TAX_ON_FEE = 0.18
/** Rupees for one of any other currency. */
const RATE = 80

type Paid = Pick<
  Payment,
  | 'amount'
  | 'currency'
  | 'offer_id'
  | 'fee_bearer'
  | 'fee'
  | 'tax'
  | 'base_amount'
  | 'base_currency'
  | 'international'
>

/** What the payer is asked for an order: an offer makes it less, a fee that the payer bears more. */
export function paidFor(order: Order, settings: Settings): Paid {
  const { offerPercent, customerFeePercent, currency } = settings
  const discount = part(order.amount, offerPercent)
  const fee = part(order.amount - discount, customerFeePercent)
  const amount = Math.max(100, order.amount - discount) + fee + taxOn(fee)
  const isForeign = currency !== order.currency
  return {
    amount: isForeign ? Math.max(1, Math.round(amount / RATE)) : amount,
    currency,
    offer_id: discount > 0 ? 'offer_Sandbox0000001' : null,
    ...(fee > 0
      ? { fee_bearer: 'customer', fee: fee + taxOn(fee), tax: taxOn(fee) }
      : { fee_bearer: 'platform', fee: null, tax: null }),
    international: isForeign,
    ...(isForeign ? { base_amount: amount, base_currency: order.currency } : {}),
  }
}

/** Of a captured payment, `tax` within `fee`: what the payer bears is known already. */
export function feeOf({ fee, tax, amount, base_amount = amount }: Payment) {
  if (fee !== null) return { fee, tax }
  const net = part(base_amount, FEE_PERCENT)
  return { fee: net + taxOn(net), tax: taxOn(net) }
}

const part = (amount: number, percent: number) => Math.round((amount * percent) / 100)
const taxOn = (fee: number) => Math.round(fee * TAX_ON_FEE)
