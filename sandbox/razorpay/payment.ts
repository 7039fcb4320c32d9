import { type BankPayment, epochSeconds, type Order, type PaymentError, vendorId } from './entities'

/** Counts money given back (or, below zero, not given back after all) and says what that makes of the payment. */
export function count(payment: BankPayment, amount: number) {
  payment.amount_refunded += amount
  const full = payment.amount_refunded === payment.amount
  payment.refund_status = full ? 'full' : payment.amount_refunded > 0 ? 'partial' : null
  payment.status = full ? 'refunded' : 'captured'
}

export function setError(payment: BankPayment, error: PaymentError | null) {
  payment.error_code = error?.code ?? null
  payment.error_description = error?.description ?? null
  payment.error_source = error?.source ?? null
  payment.error_step = error?.step ?? null
  payment.error_reason = error?.reason ?? null
}

export function newPayment(order: Order, description: string | null): BankPayment {
  return {
    id: vendorId('pay_'),
    entity: 'payment',
    amount: order.amount,
    currency: order.currency,
    status: 'created',
    order_id: order.id,
    invoice_id: null,
    international: false,
    method: 'upi',
    amount_refunded: 0,
    refund_status: null,
    captured: false,
    description,
    card_id: null,
    bank: null,
    wallet: null,
    vpa: 'payer@sandbox',
    email: 'payer@example.com',
    contact: '+919000000000',
    notes: order.notes,
    fee: null,
    tax: null,
    error_code: null,
    error_description: null,
    error_source: null,
    error_step: null,
    error_reason: null,
    acquirer_data: { rrn: null },
    created_at: epochSeconds(),
  }
}
