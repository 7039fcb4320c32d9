import { createHmac } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { beforeEach } from 'vitest'
import { courses, orders, payments, purchases } from '../src/db/schema'
import { type Course, course, type Person, person } from './people'
import { fileWorld, type World } from './world'

/**
 * The world of a file about payments, in which each test begins with a payment service that works.
 */
export function paymentWorld(settings: { webhooks: 'on' | 'off' } = { webhooks: 'on' }): World {
  const world = fileWorld()
  beforeEach(() => world.settings('razorpay', { down: false, refunds: 'processed', ...settings }))
  return world
}

export interface PostedReceipt {
  razorpay_order_id: string
  razorpay_payment_id: string
  razorpay_signature: string
}

/** The page to pay a course on, opened as the student's browser does; gives both ids of the order. */
export async function openCheckout({ browser }: Pick<Person, 'browser'>, course: Course) {
  const { location } = await browser.post(`/courses/${course.slug}/purchase`)
  const answer = await browser.get(location ?? '')
  const orderId = location?.split('/').at(-1) ?? ''
  return {
    answer,
    orderId,
    vendorOrderId: answer.$('.details-list code').first().text(),
    callback: `/purchases/callback?order=${orderId}`,
  }
}

async function ask(world: World, path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${world.sandbox.origin}/razorpay/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return response.json()
}

/** Pays at the sandbox without a browser. */
export const pay = (world: World, orderId: string, outcome: 'paid' | 'declined' | 'late' = 'paid') =>
  ask(world, 'pay', { orderId, outcome }) as Promise<PostedReceipt & Record<string, string>>

export const refund = (world: World, paymentId: string, amount?: number) =>
  ask(world, 'refund', { paymentId, amount }) as Promise<{ id: string }>

export const settleRefund = (world: World, refundId: string, outcome: 'processed' | 'failed') =>
  ask(world, `refunds/${refundId}/settle`, { outcome })

interface SandboxState {
  orders: { id: string; status: string; receipt: string }[]
  payments: { id: string; order_id: string; status: string; amount_refunded: number }[]
  refunds: { id: string; payment_id: string; amount: number; status: string }[]
  deliveries: {
    id: string
    type: string
    body: string
    attempts: number
    status: string
    responseStatus: number | null
  }[]
}

export async function paymentState(world: World): Promise<SandboxState> {
  return (await fetch(`${world.sandbox.origin}/razorpay/state`)).json() as Promise<SandboxState>
}

export const resend = (world: World, deliveryId: string) => ask(world, `deliveries/${deliveryId}/resend`, {})

export async function orderRow(world: World, orderId: string) {
  const [row] = await world.services.db.select().from(orders).where(eq(orders.id, orderId))
  if (!row) throw new Error(`No order ${orderId}`)
  return row
}

/** A payment of this order as it is kept once the payment service has told of it. */
export const keepPayment = (world: World, orderId: string, given: Partial<typeof payments.$inferInsert>) =>
  world.services.db.insert(payments).values({
    ...{ id: `pay_${crypto.randomUUID().slice(0, 12)}`, orderId, amountPaise: 49_900, currency: 'INR' },
    ...{ vendorStatus: 'captured', paidAt: world.services.now(), createdAt: world.services.now() },
    ...given,
  })

export const purchasesOf = (world: World, student: Person) =>
  world.services.db.select().from(purchases).where(eq(purchases.userId, student.id))

export async function owns(world: World, student: Person): Promise<boolean> {
  return (await purchasesOf(world, student)).some((purchase) => purchase.revokedAt === null)
}

/** Somebody new at the checkout of a new course. */
export async function newBuyer(world: World, given: Parameters<typeof course>[1] = {}) {
  const student = await person(world)
  const offered = await course(world, given)
  return { student, offered, ...(await openCheckout(student, offered)) }
}

export const receiptFields = ({
  razorpay_order_id,
  razorpay_payment_id,
  razorpay_signature,
}: PostedReceipt) => ({
  razorpay_order_id,
  razorpay_payment_id,
  razorpay_signature,
})

/** What the hosted checkout does in the browser: another site posts, and no cookie comes along. */
export const postCallback = (world: World, callback: string, posted: Record<string, string>) =>
  world.browser().post(callback, posted, { 'Sec-Fetch-Site': 'cross-site', Origin: world.sandbox.origin })

export async function studentCount(world: World, offered: Course): Promise<number | undefined> {
  const [row] = await world.services.db.select().from(courses).where(eq(courses.id, offered.id))
  return row?.studentCount
}

/** Delivers a webhook of one's own making, signed as the payment service signs. */
export async function postWebhook(world: World, body: string): Promise<Response> {
  const secret = world.sandbox.environment.RAZORPAY_WEBHOOK_SECRET ?? ''
  return world.app.request(`${world.origin}/webhooks/razorpay`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-Razorpay-Signature': createHmac('sha256', secret).update(body).digest('hex'),
      'x-razorpay-event-id': `event-${crypto.randomUUID()}`,
    },
    body,
  })
}
