import { randomBytes } from 'node:crypto'
import type { AnswerSettings } from '../answer'

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

export interface Payment {
  id: string
  entity: 'payment'
  amount: number
  currency: string
  /** In the order's currency, where the payment is in another. */
  base_amount?: number
  base_currency?: string
  status: 'created' | 'pending' | 'authorized' | 'captured' | 'refunded' | 'failed'
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
  offer_id: string | null
  fee_bearer: 'platform' | 'customer'
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

export interface Refund {
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
  speed_processed: 'normal' | 'instant'
  speed_requested: 'normal' | 'optimum'
}

export interface Dispute {
  id: string
  entity: 'dispute'
  payment_id: string
  amount: number
  currency: string
  /** What was taken from the merchant's balance; 0 until it is lost. */
  amount_deducted: number
  reason_code: string
  reason_description: string
  respond_by: number
  status: 'open' | 'under_review' | 'won' | 'lost' | 'closed'
  phase: 'chargeback'
  created_at: number
  evidence: { submitted_at: number | null }
}

/** Everything the sandbox keeps; lists are oldest first. */
export interface Records {
  orders: Order[]
  payments: Payment[]
  refunds: Refund[]
  disputes: Dispute[]
  /** Payments that will be confirmed, at that time in epoch milliseconds. */
  late: { paymentId: string; at: number }[]
  /** Answers by idempotency key. */
  refundKeys: Record<string, { request: string; refund: Refund }>
}

export interface Settings extends AnswerSettings {
  webhooks: 'on' | 'off' | 'duplicate' | 'reorder'
  delaySeconds: number
  down: boolean
  refunds: 'processed' | 'failed' | 'pending'
  capture: 'automatic' | 'manual'
  /** The next payments are so much smaller than their orders, or larger by a fee and its tax. */
  offerPercent: number
  customerFeePercent: number
  /** Of the next payments. */
  currency: string
  /** What refunds can be paid from, in paise; null is always enough. */
  balance: number | null
  /** Webhooks without what the documentation calls optional. */
  bareEvents: boolean
  /** Webhooks that fail for so long are switched off. */
  patienceSeconds: number
  /** Its clock is so far ahead of this machine's. */
  aheadSeconds: number
  /** Where the dashboard says that webhooks go, and of which events; null is as it should be. */
  registeredUrl: string | null
  registeredEvents: string[] | null
}

/** Tells the merchant of an event, by webhook. */
export type Announce = (
  event: string,
  about: { payment?: Payment; order?: Order; refund?: Refund; dispute?: Dispute },
) => void

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Fourteen letters and digits, as all of Razorpay's ids end in. */
export const vendorId = (prefix = '') =>
  prefix + Array.from(randomBytes(14), (byte) => LETTERS[byte % LETTERS.length]).join('')

export const secondsAt = ({ aheadSeconds }: Settings) => Math.floor(Date.now() / 1000) + aheadSeconds
