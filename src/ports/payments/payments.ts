/** Amounts are integer paise of INR; every method refuses with `upstream` when the vendor fails. */
export interface Payments {
  /** A cheap question with the site's own keys. */
  ping(signal: AbortSignal): Promise<void>
  /** The same `receipt` (ours, 40 characters at most) gives the same order again. */
  openOrder(order: {
    receipt: string
    amountPaise: number
    notes: Record<string, string>
  }): Promise<{ id: string }>
  /** Null when the vendor knows none. */
  findOrder(vendorOrderId: string): Promise<VendorOrder | null>
  listPayments(vendorOrderId: string): Promise<Payment[]>
  /** Made within the span by the vendor's clock, the newest first. */
  listPaymentsBetween(from: Date, to: Date): AsyncIterable<Payment>
  listRefundsBetween(from: Date, to: Date): AsyncIterable<Refund>
  /** All there are; the vendor's list takes no span. */
  listDisputes(): AsyncIterable<Dispute>
  /** Null when the vendor knows none. */
  findPayment(paymentId: string): Promise<Payment | null>
  /** Harmless when it is already captured. */
  capture(paymentId: string, amountPaise: number): Promise<Payment>
  /**
   * The same key (10 characters or more) and body give the same refund again. `optimum` is instant
   * where the bank can, and costs a fee.
   */
  refund(refund: {
    paymentId: string
    amountPaise: number
    key: string
    speed?: 'normal' | 'optimum'
    notes: Record<string, string>
  }): Promise<Refund>
  /** What the vendor said of a refund that it will not make; null for every other error. */
  readRefusal(error: unknown): RefundRefusal | null
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
  /** Of a webhook that was checked when it came, as it was kept. */
  readKeptWebhook(kept: { id: string; payload: unknown }): Promise<PaymentEvent>
  /** Origins for the Content-Security-Policy. */
  readonly hosts: Record<'script' | 'image' | 'connect' | 'frame' | 'form', string[]>
}

export interface Checkout {
  order: { vendorOrderId: string; amountPaise: number }
  course: { title: string; imageUrl: string | null }
  /** `phoneNumber` in E.164, where it is known. */
  buyer: { name: string; email: string; phoneNumber: string | null }
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
  /** `unknown` is a status that we have not met; `vendorStatus` has its word. */
  state: 'created' | 'authorized' | 'captured' | 'refunded' | 'failed' | 'unknown'
  vendorStatus: string
  /** What was paid: an offer makes it less than the order, a fee that the buyer bears more. */
  amountPaise: number
  refundedPaise: number
  /** Of the vendor, tax on it included; known once captured. */
  feePaise: number | null
  taxPaise: number | null
  currency: string
  error: string | null
  method: string | null
  createdAt: Date | null
  /** As given to `openOrder`. */
  notes: Record<string, string>
}

/** The vendor's verdict on one of our orders. */
export interface VendorOrder {
  id: string
  state: 'created' | 'attempted' | 'paid' | 'unknown'
  amountPaise: number
  paidPaise: number
  duePaise: number
  currency: string
  notes: Record<string, string>
}

export interface Refund {
  id: string
  paymentId: string
  amountPaise: number
  state: 'pending' | 'processed' | 'failed'
  createdAt: Date | null
  /** As given to `refund`. */
  notes: Record<string, string>
}

/** `balance`: the vendor has too little money of ours now. */
export interface RefundRefusal {
  refused: 'balance' | 'for good'
  words: string
}

/** https://razorpay.com/docs/payments/disputes */
export interface Dispute {
  id: string
  paymentId: string
  amountPaise: number
  deductedPaise: number
  currency: string
  reasonCode: string | null
  phase: string | null
  status: 'open' | 'under_review' | 'won' | 'lost' | 'closed' | 'unknown'
  respondBy: Date | null
  createdAt: Date | null
}

/** Events come late, twice and in any order; `id` is the vendor's event id. */
export type PaymentEvent = { id: string; type: string } & (
  | { about: 'payment'; payment: Payment; order: VendorOrder | null }
  | { about: 'refund'; refund: Refund; payment: Payment | null }
  | { about: 'dispute'; dispute: Dispute; payment: Payment | null }
  | { about: 'other' }
  /** Signed, but not in a shape that we know; `problem` says where. */
  | { about: 'unreadable'; problem: string }
)
