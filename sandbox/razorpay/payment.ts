import { paidFor } from './amounts'
import { type Notes, type Order, type Payment, type Settings, secondsAt, vendorId } from './entities'
import type { PaymentError } from './refusal'

export function setError(payment: Payment, error: PaymentError | null) {
  payment.error_code = error?.code ?? null
  payment.error_description = error?.description ?? null
  payment.error_source = error?.source ?? null
  payment.error_step = error?.step ?? null
  payment.error_reason = error?.reason ?? null
}

export type Payer = Pick<Payment, 'description' | 'contact'>

export function newPayment(order: Order, payer: Partial<Payer>, settings: Settings): Payment {
  return {
    id: vendorId('pay_'),
    entity: 'payment',
    ...paidFor(order, settings),
    status: 'created',
    order_id: order.id,
    invoice_id: null,
    method: 'upi',
    amount_refunded: 0,
    refund_status: null,
    captured: false,
    description: null,
    card_id: null,
    bank: null,
    wallet: null,
    vpa: 'payer@sandbox',
    email: 'payer@example.com',
    contact: '+919000000000',
    ...payer,
    notes: order.notes,
    error_code: null,
    error_description: null,
    error_source: null,
    error_step: null,
    error_reason: null,
    acquirer_data: { rrn: null },
    created_at: secondsAt(settings),
  }
}

export interface NewOrder {
  amount: number
  currency: string
  receipt: string | null
  notes: Notes
}

export const newOrder = (order: NewOrder, at: number): Order => ({
  id: vendorId('order_'),
  entity: 'order',
  ...order,
  amount_paid: 0,
  amount_due: order.amount,
  offer_id: null,
  status: 'created',
  attempts: 0,
  created_at: at,
})
