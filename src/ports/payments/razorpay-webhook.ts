import * as z from 'zod'
import { hashOf, hmacOf, isSame } from '../../crypto'
import { parseJson, problemOf } from '../../json'
import type { PaymentEvent } from './payments'
import { DisputeAnswer, OrderAnswer, PaymentAnswer, RefundAnswer } from './razorpay-shapes'

const Envelope = z.object({ event: z.string().min(1), payload: z.record(z.string(), z.unknown()) })
const WithPayment = z.object({
  payment: z.object({ entity: PaymentAnswer }),
  order: z.object({ entity: OrderAnswer }).optional(),
})
const WithDispute = z.object({
  dispute: z.object({ entity: DisputeAnswer }),
  payment: z.object({ entity: PaymentAnswer }).optional(),
})
const WithRefund = z.object({
  refund: z.object({ entity: RefundAnswer }),
  payment: z.object({ entity: PaymentAnswer }).optional(),
})

/**
 * The signature must be checked already. Never refuses, because Razorpay switches off a webhook
 * that fails for a day: https://razorpay.com/docs/webhooks/payloads
 */
export async function readEvent(rawBody: string, headers: Headers): Promise<PaymentEvent> {
  const id = await eventId(rawBody, headers)
  const envelope = Envelope.safeParse(parseJson(rawBody))
  if (!envelope.success)
    return { id, type: 'unreadable', about: 'unreadable', problem: problemOf(envelope.error) }
  const { event, payload } = envelope.data
  const base = { id, type: event }
  if (event.startsWith('refund.') && 'refund' in payload) {
    const { data, error } = WithRefund.safeParse(payload)
    if (error) return { ...base, about: 'unreadable', problem: problemOf(error) }
    return { ...base, about: 'refund', refund: data.refund.entity, payment: data.payment?.entity ?? null }
  }
  if (event.startsWith('payment.dispute.')) {
    const { data, error } = WithDispute.safeParse(payload)
    if (error) return { ...base, about: 'unreadable', problem: problemOf(error) }
    return { ...base, about: 'dispute', dispute: data.dispute.entity, payment: data.payment?.entity ?? null }
  }
  // Not each payment.* is about one payment: payment.downtime.* carries none.
  const isAboutPayment = event === 'order.paid' || (event.startsWith('payment.') && 'payment' in payload)
  if (!isAboutPayment) return { ...base, about: 'other' }
  const { data, error } = WithPayment.safeParse(payload)
  if (error) return { ...base, about: 'unreadable', problem: problemOf(error) }
  return { ...base, about: 'payment', payment: data.payment.entity, order: data.order?.entity ?? null }
}

/** The header is the same at each repetition; without a usable one, the body is. */
async function eventId(rawBody: string, headers: Headers): Promise<string> {
  const id = headers.get('x-razorpay-event-id') ?? ''
  return /^[\x21-\x7e]{1,128}$/.test(id) ? id : `body:${await hashOf(rawBody)}`
}

/** A bare HMAC-SHA-256 in hex. */
export const isSigned = async (text: string, signature: string, secret: string): Promise<boolean> =>
  isSame(await hmacOf(secret, text), signature)
