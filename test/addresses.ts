import { eq } from 'drizzle-orm'
import { createApp } from '../src/app'
import {
  attachments,
  courses,
  disputes,
  invoices,
  jobs,
  orders,
  payments,
  purchases,
  refundRequests,
  sessions,
  webhookEvents,
} from '../src/db/schema'
import { newId } from '../src/ids'
import { type Path, paths } from '../src/paths'
import { type Course, course, type Person } from './people'
import type { World } from './world'

export interface Route {
  method: string
  pattern: string
}

/** Every method and pattern that the application answers by a handler of its own. */
export function listRoutes(method?: 'GET' | 'POST'): Route[] {
  const closed = () => {
    throw new Error('This application is only read.')
  }
  const { routes } = createApp({ open: closed, after: closed, ip: closed })
  const found = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]))
  return [...found.values()]
    .map(({ method, path }) => ({ method, pattern: path }))
    .filter((route) => route.method !== 'ALL' && (method === undefined || route.method === method))
}

const byPattern = new Map<string, Path>(Object.values(paths).map((one) => [one.pattern, one as Path]))

/** What the table says of the address with this pattern. */
export const findPath = (pattern: string): Path | undefined => byPattern.get(pattern)

/** One of each thing that a `:name` of the table of addresses stands for. */
export interface Ids extends Record<string, string> {
  slug: string
  courseId: string
  chapterId: string
  attachmentId: string
  orderId: string
  categoryId: string
  userId: string
  sessionId: string
  paymentId: string
  disputeId: string
  requestId: string
  jobId: string
  file: string
  webhookId: string
}

/** The address of this pattern for these ids; a name without an example fails. */
export function fillPattern(pattern: string, ids: Record<string, string>): string {
  return pattern.replace(/:(\w+)/g, (_, name: string) => {
    const id = ids[name]
    if (id === undefined) throw new Error(`test/addresses.ts has no example of :${name} in ${pattern}`)
    return id
  })
}

/** What the payment service calls this order and its payment, as long as it makes them. */
export const paymentNumbers = (orderId: string) => {
  const number = orderId.replaceAll('-', '').slice(-14)
  return { vendorOrderId: `order_${number}`, paymentId: `pay_${number}` }
}

export interface Place {
  course: Course
  ids: Ids
}

/** A course with a file, bought by an order that is paid, and the ids of all that belongs to it. */
export async function openPlace(
  world: World,
  people: { instructor: Person; buyer: Person },
  given: Omit<Parameters<typeof course>[1], 'owner'> = {},
): Promise<Place> {
  const { db, now } = world.services
  const { instructor, buyer } = people
  const made = await course(world, { ...given, owner: instructor })
  const attachmentId = newId()
  await db.insert(attachments).values({
    ...{ id: attachmentId, courseId: made.id, name: 'notes.pdf', fileKey: attachmentId },
    ...{ sizeBytes: 11, contentType: 'application/pdf' },
  })
  const orderId = newId()
  const bought = { userId: buyer.id, courseId: made.id, createdAt: now() }
  const { vendorOrderId, paymentId } = paymentNumbers(orderId)
  await db.insert(orders).values({
    ...{ ...bought, id: orderId, state: 'paid', amountPaise: made.pricePaise, paidAt: now() },
    ...{ vendorOrderId, paymentId },
  })
  await db
    .insert(purchases)
    .values({ ...bought, id: newId(), orderId, paymentId, pricePaise: made.pricePaise })
  const paid = { amountPaise: made.pricePaise, currency: 'INR', createdAt: now() }
  await db.insert(payments).values({
    ...{ ...paid, id: paymentId, orderId, vendorOrderId, method: 'upi', paidAt: now() },
    ...{ vendorStatus: 'captured', outcome: 'granted' },
  })
  const requestId = newId()
  await db.insert(refundRequests).values({
    ...{ id: requestId, paymentId, amountPaise: 100, requestedBy: buyer.id, state: 'asked' },
    reason: 'It was not for me.',
  })
  const disputeId = `disp_${paymentId.slice(4)}`
  await db.insert(disputes).values({ ...paid, id: disputeId, paymentId, status: 'open' })

  const webhookId = newId()
  await db.insert(webhookEvents).values({
    ...{ id: webhookId, source: 'razorpay', eventId: webhookId, type: 'payment.pending' },
    ...{ payload: { event: 'token.confirmed', payload: {} }, outcome: 'not understood: payment pending' },
    receivedAt: now(),
  })

  await db.insert(invoices).values({
    ...{
      id: newId(),
      kind: 'receipt',
      number: `R/${orderId.slice(-12)}`,
      orderId,
      paymentId,
      issuedAt: now(),
    },
    ...{ totalPaise: made.pricePaise, taxablePaise: made.pricePaise },
    details: {
      seller: { name: 'CodeCrafters', address: null, gstin: null, state: null },
      buyer: { name: buyer.name, email: buyer.email, gstin: null, state: null },
      ...{ text: `Online course: ${made.title}`, sac: null, ratePercent: null },
    },
  })

  const jobId = newId()
  await db.insert(jobs).values({
    ...{ id: jobId, kind: 'delete-file', lane: 'files', payload: { fileKey: attachmentId } },
    ...{ runAt: now(), deadAt: now(), failedAt: now(), attempts: 9, lastError: 'The store refused it.' },
  })

  const [row] = await db
    .select({ categoryId: courses.categoryId })
    .from(courses)
    .where(eq(courses.id, made.id))
  const [session] = await db.select({ id: sessions.id }).from(sessions).where(eq(sessions.userId, buyer.id))
  return {
    course: made,
    ids: {
      ...{ slug: made.slug, courseId: made.id, chapterId: made.chapters.at(-1)?.id ?? '' },
      ...{ attachmentId, orderId, categoryId: row?.categoryId ?? '' },
      ...{ userId: buyer.id, sessionId: session?.id ?? '', paymentId, disputeId, requestId },
      ...{ jobId, webhookId, file: '0.xml' },
    },
  }
}
