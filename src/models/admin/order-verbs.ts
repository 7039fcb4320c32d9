import { and, count, eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { orders, payments, refundRequests } from '../../db/schema'
import { newId } from '../../ids'
import { isCaptured } from '../../rules/purchases/outcome'
import type { DbNow, Services } from '../../services'
import { recordAudit } from '../audit'
import { addJobOnce } from '../job'
import { findOrder, type Order } from '../purchases/order'
import { type PaymentServices, syncOrder } from '../purchases/order-sync'
import { lockPayment } from '../purchases/payment'
import { approveRefund } from '../purchases/refund-request'

/** Asks the payment service now and says what it told; AppError `upstream`. */
export async function askAboutOrder(services: PaymentServices, actorId: string, order: Order) {
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
    await addJobOnce(tx, 'mail-receipt', { orderId: id })
    await recordAudit(tx, { actorId, action: 'send-receipt', subject: { type: 'order', id } })
    return 'queued'
  })

export interface WantedPart {
  amountPaise: number | 'all'
  reason: string
  /** Fresh in each form, and the id of the request: pressed twice it is one refund. */
  formKey?: string
}
export type PartRefund =
  | { amountPaise: number }
  | { refused: 'not paid' | 'too much'; leftPaise: number }
  | 'already'

/** Of the payment that opened the course, by somebody who may decide it. */
export const refundOrder = (
  services: Pick<Services, 'db' | 'now' | 'config'>,
  actorId: string,
  { paymentId, id: orderId }: Pick<Order, 'id' | 'paymentId'>,
  { amountPaise, reason, formKey }: WantedPart,
): Promise<PartRefund> =>
  transact(services.db, async (db) => {
    const tx = { db, now: services.now, config: services.config }
    const locked = paymentId ? await lockPayment(db, paymentId) : undefined
    if (!paymentId || !locked || !isCaptured(locked.payment.vendorStatus))
      return { refused: 'not paid', leftPaise: 0 }
    const requestId = formKey ?? newId()
    const at = tx.now()
    const [added] = await db
      .insert(refundRequests)
      .ignore()
      .values({
        ...{ id: requestId, paymentId, amountPaise: 0, requestedBy: actorId, reason, state: 'asked' },
        ...{ createdAt: at, updatedAt: at },
      })
    if (added.affectedRows === 0) return 'already'
    const by = { requestedBy: actorId, decidedBy: actorId }
    const approval = await approveRefund(tx, { paymentId, amountPaise, reason, requestId, ...by })
    if ('refused' in approval) {
      await db.delete(refundRequests).where(eq(refundRequests.id, requestId))
      return { refused: 'too much', leftPaise: approval.leftPaise }
    }
    await recordAudit(tx, {
      ...{ actorId, action: 'approve-refund', subject: { type: 'order', id: orderId }, reason },
      details: { payment: paymentId, paise: approval.amountPaise },
    })
    return { amountPaise: approval.amountPaise }
  })
