import { and, eq, gt } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { refundRequests } from '../../db/schema'
import { newId } from '../../ids'
import { isCaptured } from '../../rules/purchases/outcome'
import type { MoneyServices } from '../../services'
import { recordAudit } from '../audit'
import type { Order } from './order'
import { type KeptPayment, lockPayment } from './payment'
import type { InTransaction } from './purchase'
import { approveRefund, lockRefundable } from './refund-request'

interface WantedPart {
  amountPaise: number | 'all'
  reason: string
  /** Fresh in each form, and the id of the request: pressed twice it is one refund. */
  formKey?: string
}
type PartRefund =
  | { amountPaise: number }
  | { refused: 'not paid' | 'too much'; leftPaise: number }
  | 'already'

/** Of the payment that opened the course, by somebody who may decide it. */
export const refundOrder = (
  services: MoneyServices,
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
    await closeCovered(tx, actorId, locked.payment)
    await recordAudit(tx, {
      ...{ actorId, action: 'approve-refund', subject: { type: 'order', id: orderId }, reason },
      details: { payment: paymentId, amountPaise: approval.amountPaise },
    })
    return { amountPaise: approval.amountPaise }
  })

/** What a buyer has asked for waits for nobody any more once less than that is left. */
async function closeCovered(tx: InTransaction, actorId: string, payment: KeptPayment): Promise<void> {
  const left = await lockRefundable(tx.db, payment)
  const at = tx.now()
  await tx.db
    .update(refundRequests)
    .set({ state: 'closed', decidedBy: actorId, decidedAt: at, updatedAt: at })
    .where(
      and(
        eq(refundRequests.paymentId, payment.id),
        eq(refundRequests.state, 'asked'),
        gt(refundRequests.amountPaise, left),
      ),
    )
}
