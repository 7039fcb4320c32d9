import { type Answer, answerTo, questionAt, type Visit } from '../../rules/purchases/polling'
import type { DbNow, Services } from '../../services'
import type { Order } from './order'
import { askOrQueue } from './order-patience'
import { findQueuedSync, queueOrderSync } from './order-queue'
import { countRecovery, syncOrder } from './order-sync'

/**
 * Has the payment service asked soon, once however many pages are open, and waits for nobody.
 */
export async function askAboutOrder(services: DbNow, order: Order, visit: Visit): Promise<Answer> {
  if (order.paymentId || !order.vendorOrderId) return null
  const now = services.now()
  const lastKnownAt = order.checkedAt ?? order.createdAt
  const waiting = await findQueuedSync(services, order.id)
  if (!waiting) await queueOrderSync(services, order.id, questionAt(visit, lastKnownAt, now))
  const question = waiting ?? { createdAt: now, lastError: null }
  return answerTo(visit, { ...question, isNew: !waiting }, lastKnownAt, now)
}

const mostAsked = 3

/** The same for the first few that are open; true when there are any. */
export async function askAboutOrders(services: DbNow, orders: Order[]): Promise<boolean> {
  const open = orders.filter(({ state }) => state === 'open').slice(0, mostAsked)
  for (const order of open) await askAboutOrder(services, order, 'polling')
  return open.length > 0
}

/**
 * False when the payment service does not answer within seconds, and a job goes on asking; AppError
 * `limited` as `recoverOrder`.
 */
export async function checkOrderNow(
  services: Pick<Services, 'db' | 'payments' | 'now' | 'config'>,
  order: Order,
): Promise<boolean> {
  await countRecovery(services, order.userId)
  return askOrQueue(services, order.id, syncOrder(services, order))
}
