import * as z from 'zod'
import type { Payment, Refund } from './payments'

const paise = z.int().min(0)

export const OrderAnswer = z.object({ id: z.string().min(1), amount: paise, currency: z.string() })

export const PaymentAnswer = z
  .object({
    id: z.string().min(1),
    order_id: z.string().nullish(),
    status: z.enum(['created', 'authorized', 'captured', 'refunded', 'failed']),
    amount: paise,
    amount_refunded: paise.nullish(),
    currency: z.string(),
    error_description: z.string().nullish(),
    method: z.string().nullish(),
  })
  .transform(
    (payment): Payment => ({
      id: payment.id,
      vendorOrderId: payment.order_id || null,
      state: payment.status,
      amountPaise: payment.amount,
      refundedPaise: payment.amount_refunded ?? 0,
      currency: payment.currency,
      error: payment.error_description || null,
      method: payment.method || null,
    }),
  )

export const RefundAnswer = z
  .object({
    id: z.string().min(1),
    payment_id: z.string().min(1),
    amount: paise,
    status: z.enum(['pending', 'processed', 'failed']),
  })
  .transform(
    (refund): Refund => ({
      id: refund.id,
      paymentId: refund.payment_id,
      amountPaise: refund.amount,
      state: refund.status,
    }),
  )

/** Without the entries that cannot be read: one of an unknown state must not hide the others. */
const listOf = <T>(entry: z.ZodType<T>) =>
  z.object({ items: z.array(z.unknown()) }).transform(({ items }) =>
    items.flatMap((item) => {
      const read = entry.safeParse(item)
      return read.success ? [read.data] : []
    }),
  )

export const PaymentsAnswer = listOf(PaymentAnswer)
export const RefundsAnswer = listOf(RefundAnswer)
