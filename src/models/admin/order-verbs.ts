import { and, count, eq, isNotNull } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { jobs, orders, payments } from '../../db/schema'
import type { DbNow } from '../../services'
import { recordAudit } from '../audit'
import { addJobOnce } from '../job'
import { findOrder, type Order } from '../purchases/order'
import { type PaymentServices, syncOrder } from '../purchases/order-sync'
import { isOfOrder } from './order-traces'

/** Asks the payment service now and says what it told; AppError `upstream`. */
export async function syncOrderNow(services: PaymentServices, actorId: string, order: Order) {
  const subject = { type: 'order' as const, id: order.id }
  await recordAudit(services, { actorId, action: 'ask-vendor', subject })
  await syncOrder(services, order)
  const { paymentId, lastError } = await findOrder(services, order.id)
  const ofOrder = eq(payments.orderId, order.id)
  const [tried] = await services.db.select({ n: count() }).from(payments).where(ofOrder)
  const [held] = await services.db
    .select({ n: count() })
    .from(payments)
    .where(and(ofOrder, eq(payments.outcome, 'held')))
  return { isPaid: paymentId !== null, isHeld: (held?.n ?? 0) > 0, lastError, tries: tried?.n ?? 0 }
}

/** Only of an order that was paid: others have none. */
export const sendReceiptAgain = (
  services: DbNow,
  actorId: string,
  { id }: Pick<Order, 'id'>,
): Promise<'queued' | 'no receipt'> =>
  transact(services.db, async (db) => {
    const tx = { db, now: services.now }
    const [order] = await db.select().from(orders).where(eq(orders.id, id)).for('update')
    if (order?.state !== 'paid') return 'no receipt'
    await db.delete(jobs).where(and(isNotNull(jobs.deadAt), eq(jobs.kind, 'mail-receipt'), isOfOrder(id)))
    await addJobOnce(tx, 'mail-receipt', { orderId: id })
    await recordAudit(tx, { actorId, action: 'send-receipt', subject: { type: 'order', id } })
    return 'queued'
  })
