/** Amounts are integer paise of INR; every method refuses with `upstream` when the vendor fails. */
export interface Payments {
  /** The same `receipt` (ours, 40 characters at most) gives the same order again. */
  openOrder(order: {
    receipt: string
    amountPaise: number
    notes: Record<string, string>
  }): Promise<{ id: string }>
  listPayments(vendorOrderId: string): Promise<Payment[]>
  /** Null when the vendor knows none. */
  findPayment(paymentId: string): Promise<Payment | null>
  /** Harmless when it is already captured. */
  capture(paymentId: string, amountPaise: number): Promise<Payment>
  /** The same key (10 characters or more) and body give the same refund again. */
  refund(refund: {
    paymentId: string
    amountPaise: number
    key: string
    notes: Record<string, string>
  }): Promise<Refund>
  listRefunds(paymentId: string): Promise<Refund[]>
  /** Where `scriptUrl` has loaded, its window opens over the page instead. */
  checkoutForm(checkout: Checkout): CheckoutForm
  /** AppError `invalid` when it is neither receipt nor decline. */
  readReceipt(form: Record<string, unknown>): Receipt
  isPaymentId(text: string): boolean
  /** `vendorOrderId` must be the stored one, never the posted one. */
  isReceiptGenuine(receipt: { vendorOrderId: string; paymentId: string; signature: string }): Promise<boolean>
  /** Checks the signature over the raw body; AppError `invalid` when forged or unreadable. */
  readWebhook(rawBody: string, headers: Headers): Promise<PaymentEvent>
  /** Origins for the Content-Security-Policy. */
  readonly hosts: { script: string[]; frame: string[]; connect: string[]; form: string[] }
}

export interface Checkout {
  order: { vendorOrderId: string; amountPaise: number }
  course: { title: string; imageUrl: string | null }
  buyer: { name: string; email: string }
  siteName: string
  urls: { callback: string; cancel: string }
}

export interface CheckoutForm {
  action: string
  fields: Record<string, string>
  scriptUrl: string
}

/** A receipt counts only when `isReceiptGenuine`. */
export type Receipt =
  | { outcome: 'paid'; vendorOrderId: string; paymentId: string; signature: string }
  | { outcome: 'declined' }

export interface Payment {
  id: string
  vendorOrderId: string | null
  state: 'created' | 'authorized' | 'captured' | 'refunded' | 'failed'
  amountPaise: number
  refundedPaise: number
  currency: string
  error: string | null
  method: string | null
}

export interface Refund {
  id: string
  paymentId: string
  amountPaise: number
  state: 'pending' | 'processed' | 'failed'
}

/** Events come late, twice and in any order; `id` is the vendor's event id. */
export type PaymentEvent = { id: string; type: string } & (
  | { about: 'payment'; payment: Payment }
  | { about: 'refund'; refund: Refund; payment: Payment | null }
  | { about: 'other' }
  /** Signed, but not in a shape that we know; `problem` says where. */
  | { about: 'unreadable'; problem: string }
)
