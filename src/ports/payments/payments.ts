/** Taking money. Amounts are integer paise of INR. All methods refuse with AppError `upstream` when the vendor fails. */
export interface Payments {
  /** Opens an order at the vendor; the same `receipt` (ours, 40 characters at most) gives the same order again. */
  openOrder(order: {
    receipt: string
    amountPaise: number
    notes: Record<string, string>
  }): Promise<{ id: string }>
  /** All attempts to pay this vendor order, in any order. */
  listPayments(vendorOrderId: string): Promise<Payment[]>
  findPayment(paymentId: string): Promise<Payment | null>
  /** Takes an authorised payment; harmless when it is already captured. */
  capture(paymentId: string, amountPaise: number): Promise<Payment>
  /** Gives money back; the same key (10 characters or more) and body give the same refund again. */
  refund(refund: {
    paymentId: string
    amountPaise: number
    key: string
    notes: Record<string, string>
  }): Promise<Refund>
  listRefunds(paymentId: string): Promise<Refund[]>
  /** Whether the vendor signed this pair; `vendorOrderId` must be the stored one, never the posted one. */
  isReceiptGenuine(receipt: { vendorOrderId: string; paymentId: string; signature: string }): Promise<boolean>
  /** Checks the signature over the raw body (AppError `invalid` when forged or unreadable). */
  readWebhook(rawBody: string, headers: Headers): Promise<PaymentEvent>
  /** What the page that pays needs. `formAction` takes the hosted checkout form. */
  readonly checkout: { keyId: string; scriptUrl: string; formAction: string }
  /** Origins for the Content-Security-Policy of the page that pays. */
  readonly hosts: { script: string[]; frame: string[]; connect: string[]; form: string[] }
}

export interface Payment {
  id: string
  vendorOrderId: string | null
  state: 'created' | 'authorized' | 'captured' | 'refunded' | 'failed'
  amountPaise: number
  refundedPaise: number
  currency: string
  /** Why the bank said no, in its words. */
  error: string | null
  method: string | null
}

export interface Refund {
  id: string
  paymentId: string
  amountPaise: number
  state: 'pending' | 'processed' | 'failed'
}

/** A snapshot from the past; events come late, twice and in any order. `id` is the vendor's event id. */
export type PaymentEvent = { id: string; type: string; at: Date } & (
  | { about: 'payment'; payment: Payment }
  | { about: 'refund'; refund: Refund; payment: Payment | null }
  | { about: 'other' }
)
