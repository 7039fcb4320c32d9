import { at, order, payment } from './razorpay-entities'
import { others } from './razorpay-products'

/**
 * Webhooks of Razorpay in the shapes that its documentation lists, with values of our own:
 * https://razorpay.com/docs/webhooks/all
 */

const failed = {
  status: 'failed',
  captured: false,
  fee: null,
  tax: null,
  error_code: 'BAD_REQUEST_ERROR',
  error_description: 'Payment was unsuccessful as the bank declined it.',
  error_source: 'bank',
  error_step: 'payment_authorization',
  error_reason: 'payment_failed',
}

const refund = (status: string, more: object = {}) => ({
  id: 'rfnd_Corpus0000001',
  entity: 'refund',
  amount: 10_000,
  currency: 'INR',
  payment_id: 'pay_Corpus00000001',
  notes: [],
  receipt: null,
  acquirer_data: { arn: null },
  created_at: at,
  batch_id: null,
  status,
  speed_processed: 'normal',
  speed_requested: 'optimum',
  ...more,
})

const dispute = (status: string, more: object = {}) => ({
  id: 'disp_Corpus0000001',
  entity: 'dispute',
  payment_id: 'pay_Corpus00000001',
  amount: 49_900,
  currency: 'INR',
  amount_deducted: status === 'lost' ? 49_900 : 0,
  gateway_dispute_id: null,
  reason_code: 'credit_not_processed',
  respond_by: at + 600_000,
  status,
  phase: 'chargeback',
  comments: null,
  evidence: { amount: 49_900, summary: null, submitted_at: null, others: null },
  created_at: at,
  ...more,
})

/** What is ours to understand. */
export const understood: [string, Record<string, object>][] = [
  [
    'payment.authorized',
    { payment: payment({ status: 'authorized', captured: false, fee: null, tax: null }) },
  ],
  ['payment.captured', { payment: payment() }],
  ['payment.failed', { payment: payment(failed) }],
  ['order.paid', { payment: payment(), order: order() }],
  ['refund.created', { refund: refund('pending'), payment: payment() }],
  ['refund.processed', { refund: refund('processed'), payment: payment({ amount_refunded: 10_000 }) }],
  ['refund.failed', { refund: refund('failed'), payment: payment() }],
  ['refund.speed_changed', { refund: refund('processed'), payment: payment() }],
  ...['created', 'under_review', 'action_required', 'won', 'lost', 'closed'].map(
    (phase): [string, Record<string, object>] => [
      `payment.dispute.${phase}`,
      {
        payment: payment(),
        dispute: dispute(phase === 'created' || phase === 'action_required' ? 'open' : phase),
      },
    ],
  ),
]

/** Kept, and shown to a person: what it means for the money the next event says. */
const unsettled: [string, Record<string, object>] = [
  'payment.pending',
  { payment: payment({ id: 'pay_Corpus00000002', status: 'pending', method: 'cod', captured: false }) },
]

export const all = [...understood, unsettled, ...others]

export const statusesOfPayments = [
  'created',
  'authorized',
  'captured',
  'refunded',
  'failed',
  'pending',
  'paid_later',
]
export const statusesOfRefunds = ['pending', 'processed', 'failed', 'initiated']
export const statusesOfDisputes = ['open', 'under_review', 'won', 'lost', 'closed', 'accepted']
export const withStatus = {
  payment: (status: string) => ({ payment: payment({ status }) }),
  refund: (status: string) => ({ refund: refund(status), payment: payment() }),
  dispute: (status: string) => ({ dispute: dispute(status), payment: payment() }),
}
