import * as z from 'zod'
import type { Dispute, Payment, Refund, VendorOrder } from './payments'

const paise = z.int().min(0)
const moment = z
  .int()
  .min(0)
  .max(32_503_680_000)
  .nullish()
  .transform((seconds) => (seconds ? new Date(seconds * 1000) : null))

/** Ids, words and small amounts as their columns take them. */
const id = z.string().regex(/^[\x21-\x7e]{1,64}$/)
const word = z
  .string()
  .min(1)
  .transform((text) => text.replace(/[^\x21-\x7e]/g, '?').slice(0, 32))
const currency = z.string().regex(/^[\x21-\x7e]{1,8}$/)
const smallPaise = paise.max(4_294_967_295)

/** Empty notes come as a list. */
const Notes = z.record(z.string(), z.coerce.string()).catch({})

const stateOf = <const S extends string>(known: readonly S[], status: string): S | 'unknown' =>
  known.find((state) => state === status) ?? 'unknown'

export const OrderAnswer = z
  .object({
    id: z.string().min(1),
    status: z.string(),
    amount: paise,
    amount_paid: paise.nullish(),
    amount_due: paise.nullish(),
    currency: z.string(),
    notes: Notes.nullish(),
  })
  .transform(
    (order): VendorOrder => ({
      id: order.id,
      state: stateOf(['created', 'attempted', 'paid'], order.status),
      amountPaise: order.amount,
      paidPaise: order.amount_paid ?? 0,
      duePaise: order.amount_due ?? order.amount - (order.amount_paid ?? 0),
      currency: order.currency,
      notes: order.notes ?? {},
    }),
  )

/** Razorpay gives back by itself what is not captured in five days: that was never our money. */
const neverTaken = {
  state: 'failed' as const,
  vendorStatus: 'auto_refunded',
  error: 'The payment was not confirmed in time, and the money went back.',
}

export const PaymentAnswer = z
  .object({
    id,
    order_id: id.nullish().or(z.literal('').transform(() => null)),
    status: word,
    amount: paise,
    captured: z.boolean().nullish(),
    amount_refunded: paise.nullish(),
    fee: smallPaise.nullish(),
    tax: smallPaise.nullish(),
    currency,
    error_description: z.string().nullish(),
    method: word.nullish().catch(null),
    created_at: moment,
    notes: Notes.nullish(),
  })
  .transform(
    (payment): Payment => ({
      id: payment.id,
      vendorOrderId: payment.order_id || null,
      state: stateOf(['created', 'authorized', 'captured', 'refunded', 'failed'], payment.status),
      vendorStatus: payment.status,
      amountPaise: payment.amount,
      refundedPaise: payment.amount_refunded ?? 0,
      feePaise: payment.fee ?? null,
      taxPaise: payment.tax ?? null,
      currency: payment.currency,
      error: payment.error_description || null,
      method: payment.method || null,
      createdAt: payment.created_at,
      notes: payment.notes ?? {},
      ...(payment.status === 'refunded' && payment.captured === false ? neverTaken : {}),
    }),
  )

export const RefundAnswer = z
  .object({
    id,
    payment_id: id,
    amount: smallPaise,
    status: z.enum(['pending', 'processed', 'failed']),
    created_at: moment,
    notes: Notes.nullish(),
  })
  .transform(
    (refund): Refund => ({
      id: refund.id,
      paymentId: refund.payment_id,
      amountPaise: refund.amount,
      state: refund.status,
      createdAt: refund.created_at,
      notes: refund.notes ?? {},
    }),
  )

export const DisputeAnswer = z
  .object({
    id,
    payment_id: id,
    amount: paise,
    amount_deducted: paise.nullish(),
    currency,
    reason_code: z.string().nullish(),
    phase: word.nullish().catch(null),
    status: word,
    respond_by: moment,
    created_at: moment,
  })
  .transform(
    (dispute): Dispute => ({
      id: dispute.id,
      paymentId: dispute.payment_id,
      amountPaise: dispute.amount,
      deductedPaise: dispute.amount_deducted ?? 0,
      currency: dispute.currency,
      reasonCode: dispute.reason_code || null,
      phase: dispute.phase || null,
      status: stateOf(['open', 'under_review', 'won', 'lost', 'closed'], dispute.status),
      respondBy: dispute.respond_by,
      createdAt: dispute.created_at,
    }),
  )

/** What cannot be read is left out: one entry in an unknown shape must not hide the others. */
const readable = <T>(entry: z.ZodType<T>, items: unknown[]): T[] =>
  items.flatMap((item) => {
    const read = entry.safeParse(item)
    return read.success ? [read.data] : []
  })

const listOf = <T>(entry: z.ZodType<T>) =>
  z.object({ items: z.array(z.unknown()) }).transform(({ items }) => readable(entry, items))

/** `length` counts what could not be read, too. */
export const pageOf = <T>(entry: z.ZodType<T>) =>
  z
    .object({ items: z.array(z.unknown()) })
    .transform(({ items }) => ({ length: items.length, items: readable(entry, items) }))

export const PaymentsAnswer = listOf(PaymentAnswer)
export const RefundsAnswer = listOf(RefundAnswer)
