import { randomBytes } from 'node:crypto'

export type Notes = Record<string, string> | []

export interface Order {
  id: string
  entity: 'order'
  amount: number
  amount_paid: number
  amount_due: number
  currency: string
  receipt: string | null
  offer_id: null
  status: 'created' | 'attempted' | 'paid'
  attempts: number
  notes: Notes
  created_at: number
}

export interface PaymentError {
  code: string
  description: string
  source: string
  step: string
  reason: string
}

export interface BankPayment {
  id: string
  entity: 'payment'
  amount: number
  currency: string
  status: 'created' | 'authorized' | 'captured' | 'refunded' | 'failed'
  order_id: string
  invoice_id: null
  international: boolean
  method: string
  amount_refunded: number
  refund_status: null | 'partial' | 'full'
  captured: boolean
  description: string | null
  card_id: null
  bank: null
  wallet: null
  vpa: string
  email: string
  contact: string
  notes: Notes
  fee: number | null
  tax: number | null
  error_code: string | null
  error_description: string | null
  error_source: string | null
  error_step: string | null
  error_reason: string | null
  acquirer_data: { rrn: string | null }
  created_at: number
}

export interface BankRefund {
  id: string
  entity: 'refund'
  amount: number
  currency: string
  payment_id: string
  notes: Notes
  receipt: string | null
  acquirer_data: { arn: string | null }
  created_at: number
  batch_id: null
  status: 'pending' | 'processed' | 'failed'
  speed_processed: 'normal'
  speed_requested: string
}

/** Everything the stand-in knows; lists are oldest first. */
export interface Books {
  orders: Order[]
  payments: BankPayment[]
  refunds: BankRefund[]
  /** Payments the bank will say yes to, at that time in epoch milliseconds. */
  late: { paymentId: string; at: number }[]
  /** Answers by idempotency key. */
  refundKeys: Record<string, { request: string; refund: BankRefund }>
}

export interface Settings {
  webhooks: 'on' | 'off' | 'duplicate' | 'reorder'
  delaySeconds: number
  down: boolean
  refunds: 'processed' | 'failed' | 'pending'
  capture: 'automatic' | 'manual'
}

export const DECLINED: PaymentError = {
  code: 'BAD_REQUEST_ERROR',
  description: 'Your payment was declined by the bank. Please try another payment method.',
  source: 'bank',
  step: 'payment_authorization',
  reason: 'payment_failed',
}

export const TIMED_OUT: PaymentError = {
  code: 'GATEWAY_ERROR',
  description: 'Payment was not completed on time.',
  source: 'bank',
  step: 'payment_authorization',
  reason: 'payment_timed_out',
}

/** A request Razorpay would refuse, in its words (https://razorpay.com/docs/errors). */
export class Refused extends Error {
  readonly status: 400 | 401 | 404 | 409 | 503
  readonly field: string | undefined
  readonly reason: string
  constructor(description: string, field?: string, status: 400 | 401 | 404 | 409 | 503 = 400) {
    super(description)
    this.status = status
    this.field = field
    this.reason = field ? 'input_validation_failed' : 'NA'
  }
  body() {
    const { message: description, field, reason } = this
    const code = this.status === 503 ? 'SERVER_ERROR' : 'BAD_REQUEST_ERROR'
    const source = field ? 'business' : 'NA'
    return {
      error: {
        code,
        description,
        source,
        step: field ? 'payment_initiation' : 'NA',
        reason,
        metadata: {},
        field,
      },
    }
  }
}

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Fourteen letters and digits, as all of Razorpay's ids end in. */
export const vendorId = (prefix = '') =>
  prefix + Array.from(randomBytes(14), (byte) => LETTERS[byte % LETTERS.length]).join('')

export const epochSeconds = () => Math.floor(Date.now() / 1000)
