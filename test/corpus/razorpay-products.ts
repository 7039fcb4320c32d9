import { at, order, payment } from './razorpay-entities'

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

/** Events of products that nobody here uses. */
export const others = Object.entries(names).flatMap(([about, words]) =>
  words
    .split(' ')
    .map((word): [string, Record<string, object>] => [
      `${about}.${word}`,
      things[about]?.(word.split('.').at(-1) ?? word) ?? {},
    ]),
)
