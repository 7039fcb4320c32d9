import * as z from 'zod'
import { hmacOf, isSame } from '../../crypto'
import { AppError } from '../../errors'
import type { PaymentEvent } from './payments'
import { PaymentAnswer, RefundAnswer } from './razorpay-shapes'

const Envelope = z.object({
  event: z.string().min(1).max(64),
  created_at: z.int().positive(),
  payload: z.record(z.string(), z.unknown()),
})
const WithPayment = z.object({ payment: z.object({ entity: PaymentAnswer }) })
const WithRefund = z.object({
  refund: z.object({ entity: RefundAnswer }),
  payment: z.object({ entity: PaymentAnswer }).optional(),
})

/**
 * The signature must be checked already; AppError `invalid` when unreadable:
 * https://razorpay.com/docs/webhooks/payloads
 */
export function readEvent(rawBody: string, headers: Headers): PaymentEvent {
  // The body carries no id of the event; only this header does, the same at each repetition.
  const id = headers.get('x-razorpay-event-id') ?? ''
  if (!/^[\x21-\x7e]{1,128}$/.test(id)) throw unreadable()
  const { event: type, created_at, payload } = parse(Envelope, json(rawBody))
  const base = { id, type, at: new Date(created_at * 1000) }
  if (type.startsWith('refund.') && 'refund' in payload) {
    const { refund, payment } = parse(WithRefund, payload)
    return { ...base, about: 'refund', refund: refund.entity, payment: payment?.entity ?? null }
  }
  // Not each payment.* is about one payment: payment.downtime.* carries none.
  if ((type.startsWith('payment.') && 'payment' in payload) || type === 'order.paid') {
    return { ...base, about: 'payment', payment: parse(WithPayment, payload).payment.entity }
  }
  return { ...base, about: 'other' }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw unreadable(error)
  }
}

function parse<T>(shape: z.ZodType<T>, value: unknown): T {
  const parsed = shape.safeParse(value)
  if (parsed.success) return parsed.data
  throw unreadable(parsed.error)
}

const unreadable = (cause?: unknown) =>
  new AppError('invalid', 'This message of the payment service cannot be read.', { cause })

/** A bare HMAC-SHA-256 in hex. */
export const isSigned = async (text: string, signature: string, secret: string): Promise<boolean> =>
  isSame(await hmacOf(secret, text), signature)
