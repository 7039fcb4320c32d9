import { eq } from 'drizzle-orm'
import { payments, refundRequests } from '../src/db/schema'
import { postWebhook } from './payments'
import type { World } from './world'

const letters = () => crypto.randomUUID().replaceAll('-', '').slice(0, 14)
export const newPaymentId = () => `pay_${letters()}`
export const newRefundId = () => `rfnd_${letters()}`

interface Told {
  id?: string
  order_id?: string | null
  status?: string
  amount: number
  [field: string]: unknown
}

/** A payment as the payment service writes it, captured unless something else is said. */
export const toldPayment = (told: Told) => ({
  id: newPaymentId(),
  entity: 'payment',
  currency: 'INR',
  status: 'captured',
  order_id: null,
  amount_refunded: 0,
  method: 'upi',
  fee: 1_178,
  tax: 180,
  notes: [],
  created_at: Math.floor(Date.now() / 1000),
  ...told,
})

/** Tells of this by a signed webhook; gives what came of it. */
export async function tell(world: World, event: string, about: Record<string, unknown>): Promise<string> {
  const payload = Object.fromEntries(Object.entries(about).map(([name, entity]) => [name, { entity }]))
  const answer = await postWebhook(world, JSON.stringify({ entity: 'event', event, payload }))
  if (answer.status !== 200) throw new Error(`${event}: ${answer.status}`)
  return ((await answer.json()) as { outcome: string }).outcome
}

export const paidOrder = (id: string, amount: number) => ({
  id,
  entity: 'order',
  amount,
  amount_paid: amount,
  amount_due: 0,
  currency: 'INR',
  status: 'paid',
  notes: [],
})

export async function paymentRow(world: World, id: string) {
  const [row] = await world.services.db.select().from(payments).where(eq(payments.id, id))
  return row
}

export const requestsOf = (world: World, paymentId: string) =>
  world.services.db.select().from(refundRequests).where(eq(refundRequests.paymentId, paymentId))
