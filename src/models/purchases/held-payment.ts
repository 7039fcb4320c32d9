import { transact } from '../../db/connect'
import { notFound } from '../../errors'
import { isFormer } from '../../rules/account/former-account'
import type { MoneyServices, Services } from '../../services'
import { recordAudit } from '../audit'
import { issueInvoice } from './invoice'
import { attachLostOrder, type LostOrder } from './lost-order'
import { type LockedPayment, lockPayment, storePayment } from './payment'
import { followMoney } from './payment-outcome'
import { type InTransaction, ownsCourse } from './purchase'
import { giveBack, grantPaidCourse } from './settlement'

type Parts = Pick<Services, 'db' | 'payments' | 'now' | 'config'>

export type Acceptance =
  | 'granted'
  /** Somebody has decided about it already. */
  | 'not held'
  | { refused: 'owned' | 'account deleted' | 'no order' | 'no buyer' | 'no course' }

/** Gives the course for a held payment; AppError `not_found`, or `upstream` for a lost order. */
export async function acceptPayment(
  services: Parts,
  actorId: string,
  paymentId: string,
  reason: string,
): Promise<Acceptance> {
  const lost = await attachLostOrder(services, paymentId)
  return transact(services.db, async (db) => {
    const tx = { ...services, db }
    const locked = await lockForDecision(tx, paymentId)
    const { payment, order } = locked
    if (payment.outcome !== 'held') return 'not held'
    if (!order) return { refused: whatIsMissing(lost) }
    if (isFormer(order.buyer.email)) return { refused: 'account deleted' }
    if (await ownsCourse(db, order)) return { refused: 'owned' }
    const granted = { ...payment, outcome: 'granted' as const }
    await storePayment(db, granted)
    await grantPaidCourse(tx, order, granted)
    await followMoney(tx, { order, payment: granted })
    const subject = { type: 'payment' as const, id: paymentId }
    await recordAudit(tx, {
      actorId,
      action: 'accept-payment',
      subject,
      reason,
      details: { order: order.id },
    })
    await issueInvoice(tx, order, granted)
    return 'granted'
  })
}

const whatIsMissing = (lost: LostOrder) => (lost === 'attached' ? 'no order' : lost)

/** Sends a held payment back whole; AppError `not_found`. */
export const returnPayment = (
  services: MoneyServices,
  actorId: string,
  paymentId: string,
  reason: string,
): Promise<'returning' | 'not held'> =>
  transact(services.db, async (db) => {
    const tx = { ...services, db }
    const { payment, order } = await lockForDecision(tx, paymentId)
    if (payment.outcome !== 'held') return 'not held'
    const returning = { ...payment, outcome: 'returning' as const }
    await storePayment(db, returning)
    await giveBack(tx, order, returning, { reason, requestedBy: actorId, decidedBy: actorId })
    await followMoney(tx, { order, payment: returning })
    const subject = { type: 'payment' as const, id: paymentId }
    await recordAudit(tx, { actorId, action: 'return-payment', subject, reason })
    return 'returning'
  })

async function lockForDecision({ db }: InTransaction, paymentId: string): Promise<LockedPayment> {
  const locked = await lockPayment(db, paymentId)
  if (!locked) throw notFound('payment')
  return locked
}
