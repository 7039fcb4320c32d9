/**
 * Taking money. Amounts are integer paise of INR. All methods refuse with AppError `upstream` when
 * the vendor fails.
 */
export interface Payments {
  /**
   * Opens an order at the vendor; the same `receipt` (ours, 40 characters at most) gives the same
   * order again.
   */
  openOrder(order: {
    receipt: string
    amountPaise: number
    notes: Record<string, string>
  }): Promise<{ id: string }>
  /** All attempts to pay this vendor order, in any order. */
  listPayments(vendorOrderId: string): Promise<Payment[]>
  /** A payment by its id; null when the vendor knows none. */
  findPayment(paymentId: string): Promise<Payment | null>
  /** Takes an authorised payment; harmless when it is already captured. */
  capture(paymentId: string, amountPaise: number): Promise<Payment>
  /** Refunds an amount; the same key (10 characters or more) and body give the same refund again. */
  refund(refund: {
    paymentId: string
    amountPaise: number
    key: string
    notes: Record<string, string>
  }): Promise<Refund>
  /** The refunds of a payment, in any order. */
  listRefunds(paymentId: string): Promise<Refund[]>
  /**
   * The vendor's hosted checkout as a form; where `scriptUrl` has loaded, its window opens over the
   * page instead.
   */
  checkoutForm(checkout: Checkout): CheckoutForm
  /**
   * What the checkout posts to `urls.callback`, or its window hands to the page; AppError `invalid`
   * when it is neither receipt nor decline.
   */
  readReceipt(form: Record<string, unknown>): Receipt
  /** Whether this can be the vendor's id of a payment. */
  isPaymentId(text: string): boolean
  /**
   * Whether the vendor signed this pair; `vendorOrderId` must be the stored one, never the posted
   * one.
   */
  isReceiptGenuine(receipt: { vendorOrderId: string; paymentId: string; signature: string }): Promise<boolean>
  /** Checks the signature over the raw body (AppError `invalid` when forged or unreadable). */
  readWebhook(rawBody: string, headers: Headers): Promise<PaymentEvent>
  /** Origins for the Content-Security-Policy of the checkout page. */
  readonly hosts: { script: string[]; frame: string[]; connect: string[]; form: string[] }
}

/** What is paid, by whom, and where the browser goes afterwards: absolute addresses. */
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

/** How a checkout ended, as the browser tells it. A receipt counts only when `isReceiptGenuine`. */
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
  /** Why it failed, in the vendor's words. */
  error: string | null
  method: string | null
}

export interface Refund {
  id: string
  paymentId: string
  amountPaise: number
  state: 'pending' | 'processed' | 'failed'
}

/**
 * A snapshot from the past; events come late, twice and in any order. `id` is the vendor's event
 * id.
 */
export type PaymentEvent = { id: string; type: string; at: Date } & (
  | { about: 'payment'; payment: Payment }
  | { about: 'refund'; refund: Refund; payment: Payment | null }
  | { about: 'other' }
)
