/**
 * Webhooks of Razorpay in the shapes that its documentation lists, with values of our own:
 * https://razorpay.com/docs/webhooks/all
 */
const at = 1_790_000_000

export const payment = (more: object = {}) => ({
  id: 'pay_Corpus00000001',
  entity: 'payment',
  amount: 49_900,
  currency: 'INR',
  base_amount: 49_900,
  status: 'captured',
  order_id: 'order_Corpus000001',
  invoice_id: null,
  international: false,
  method: 'card',
  amount_refunded: 0,
  amount_transferred: 0,
  refund_status: null,
  captured: true,
  description: 'A course',
  card_id: 'card_Corpus0000001',
  card: { id: 'card_Corpus0000001', entity: 'card', network: 'RuPay', last4: '0007', type: 'debit' },
  bank: null,
  wallet: null,
  vpa: null,
  email: 'asha@example.com',
  contact: '+919812345678',
  notes: { course: 'one' },
  fee: 1178,
  tax: 180,
  error_code: null,
  error_description: null,
  error_source: null,
  error_step: null,
  error_reason: null,
  acquirer_data: { auth_code: '000111', rrn: '000000000001' },
  created_at: at,
  reward: null,
  ...more,
})

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

export const order = (more: object = {}) => ({
  id: 'order_Corpus000001',
  entity: 'order',
  amount: 49_900,
  amount_paid: 49_900,
  amount_due: 0,
  currency: 'INR',
  receipt: 'corpus-1',
  offer_id: null,
  offers: { entity: 'collection', count: 0, items: [] },
  status: 'paid',
  attempts: 1,
  notes: [],
  created_at: at,
  ...more,
})

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

const thing = (entity: string, id: string, more: object) => ({ id, entity, created_at: at, ...more })

/** The entity that the events of another product are about, by the first words of their name. */
const things: Record<string, (status: string) => Record<string, object>> = {
  'payment.downtime': (status) => ({
    'payment.downtime': thing('payment.downtime', 'down_Corpus0000001', {
      method: 'card',
      begin: at,
      end: null,
      status,
      scheduled: false,
      severity: 'high',
      instrument: { network: 'ALL' },
    }),
  }),
  'order.notification': (status) => ({
    order: order({ status: 'created', amount_paid: 0, amount_due: 49_900 }),
    notification: thing('notification', 'notify_Corpus00001', { status, delivered_at: at }),
  }),
  settlement: (status) => ({
    settlement: thing('settlement', 'setl_Corpus0000001', {
      amount: 988_000,
      status,
      fees: 1178,
      tax: 180,
      utr: 'CORPUS0000001',
    }),
  }),
  invoice: (status) => ({
    invoice: thing('invoice', 'inv_Corpus00000001', { status, amount: 49_900, line_items: [], notes: [] }),
    order: order(),
    payment: payment(),
  }),
  subscription: (status) => ({
    subscription: thing('subscription', 'sub_Corpus00000001', {
      status,
      plan_id: 'plan_Corpus0000001',
      paid_count: 1,
      notes: [],
    }),
    payment: payment({ order_id: null, invoice_id: 'inv_Corpus00000001' }),
  }),
  transfer: (status) => ({
    transfer: thing('transfer', 'trf_Corpus00000001', { status, amount: 5_000, recipient: 'acc_Corpus1' }),
  }),
  product: (status) => ({
    merchant_product: thing('merchant_product', 'acc_prd_Corpus0001', { activation_status: status }),
  }),
  account: (status) => ({ account: thing('account', 'acc_Corpus00000001', { status, live: true }) }),
  qr_code: (status) => ({
    qr_code: thing('qr_code', 'qr_Corpus000000001', { status, usage: 'single_use', payment_amount: 5_000 }),
    payment: payment({ order_id: null, method: 'upi' }),
  }),
  virtual_account: (status) => ({
    virtual_account: thing('virtual_account', 'va_Corpus000000001', { status, amount_paid: 5_000 }),
    payment: payment({ order_id: null, method: 'bank_transfer' }),
    bank_transfer: thing('bank_transfer', 'bt_Corpus000000001', { mode: 'NEFT' }),
  }),
  payment_link: (status) => ({
    payment_link: thing('payment_link', 'plink_Corpus000001', { status, amount: 49_900, reminders: [] }),
    order: order(),
    payment: payment(),
  }),
  payout: (status) => ({
    payout: thing('payout', 'pout_Corpus0000001', { status, amount: 5_000, mode: 'IMPS', utr: null }),
  }),
  payout_link: (status) => ({
    payout_link: thing('payout_link', 'poutlk_Corpus00001', { status, amount: 5_000, purpose: 'refund' }),
  }),
  fund_account: (status) => ({
    'fund_account.validation': thing('fund_account.validation', 'fav_Corpus00000001', {
      status,
      results: { account_status: 'active' },
    }),
  }),
  token: (status) => ({
    token: thing('token', 'token_Corpus000001', {
      method: 'card',
      recurring: true,
      recurring_details: { status, failure_reason: null },
    }),
  }),
  transaction: (status) => ({
    transaction: thing('transaction', 'txn_Corpus00000001', { amount: 5_000, credit: 5_000, status }),
  }),
}

const names: Record<keyof typeof things, string> = {
  'payment.downtime': 'started updated resolved',
  'order.notification': 'delivered failed',
  settlement: 'processed failed',
  invoice: 'issued partially_paid paid expired cancelled',
  subscription: 'authenticated activated charged completed updated pending halted cancelled paused resumed',
  transfer: 'processed settled failed',
  product: 'route.under_review route.needs_clarification route.activated route.rejected',
  account:
    'instantly_activated activated_kyc_pending under_review needs_clarification activated rejected suspended funds_hold funds_unhold international_enabled app.authorization_revoked',
  qr_code: 'created credited closed',
  virtual_account: 'created credited closed',
  payment_link: 'paid partially_paid cancelled expired',
  payout:
    'pending rejected queued initiated processed updated reversed failed downtime.started downtime.resolved',
  payout_link: 'pending issued processing processed attempted cancelled rejected expired',
  fund_account: 'validation.completed validation.failed',
  token: 'confirmed rejected paused resumed cancelled cancellation_initiated',
  transaction: 'created updated',
}

const others = Object.entries(names).flatMap(([about, words]) =>
  words
    .split(' ')
    .map((word): [string, Record<string, object>] => [
      `${about}.${word}`,
      things[about]?.(word.split('.').at(-1) ?? word) ?? {},
    ]),
)

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
