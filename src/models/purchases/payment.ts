import { eq } from 'drizzle-orm'
import type { Transaction } from '../../db/connect'
import { orders, payments } from '../../db/schema'
import type { Payment } from '../../ports/payments/payments'
import { isOlderNews } from '../../rules/purchases/outcome'
import { type LockedOrder, lockOrder } from './order'
import type { InTransaction } from './purchase'

export type KeptPayment = typeof payments.$inferSelect

export interface LockedPayment {
  order: LockedOrder | undefined
  payment: KeptPayment
}

/** Buyer, course and order first, then the payment, which has a row from here on. */
export async function lockToldPayment({ db, now }: InTransaction, told: Payment): Promise<LockedPayment> {
  const orderId = await findOrderId(db, told)
  const order = orderId ? await lockOrder(db, orderId) : undefined
  const at = now()
  // A locking read of a row that is not there would hold the gap, and two of them a deadlock.
  await db
    .insert(payments)
    .values({
      id: told.id,
      orderId: order?.id ?? null,
      vendorOrderId: told.vendorOrderId,
      amountPaise: told.amountPaise,
      currency: told.currency,
      vendorStatus: 'created',
      paidAt: told.createdAt ?? at,
      createdAt: at,
      updatedAt: at,
    })
    .onDuplicateKeyUpdate({ set: { id: told.id } })
  return { order, payment: await lockRow(db, told.id) }
}

/** Undefined while nobody has told of it. */
export async function lockPayment(db: Transaction, paymentId: string): Promise<LockedPayment | undefined> {
  const [found] = await db
    .select({ orderId: payments.orderId })
    .from(payments)
    .where(eq(payments.id, paymentId))
  if (!found) return undefined
  const order = found.orderId ? await lockOrder(db, found.orderId) : undefined
  return { order, payment: await lockRow(db, paymentId) }
}

async function lockRow(db: Transaction, paymentId: string): Promise<KeptPayment> {
  const [payment] = await db.select().from(payments).where(eq(payments.id, paymentId)).for('update')
  if (!payment) throw new Error(`The payment ${paymentId} has no row.`)
  return payment
}

/** Neither changes once it is known, so it may be read before the locks. */
async function findOrderId(db: Transaction, told: Payment): Promise<string | null> {
  if (told.vendorOrderId) {
    const [order] = await db
      .select({ id: orders.id })
      .from(orders)
      .where(eq(orders.vendorOrderId, told.vendorOrderId))
    if (order) return order.id
  }
  const [known] = await db
    .select({ orderId: payments.orderId })
    .from(payments)
    .where(eq(payments.id, told.id))
  return known?.orderId ?? null
}

/** What is known of the payment once this is told; older news adds what was missing. */
export function laterPayment(known: KeptPayment, told: Payment, at: Date): KeptPayment {
  const isOlder = isOlderNews(known.vendorStatus, told.vendorStatus)
  return {
    ...known,
    vendorStatus: isOlder ? known.vendorStatus : told.vendorStatus,
    amountPaise: isOlder ? known.amountPaise : told.amountPaise,
    currency: isOlder ? known.currency : told.currency,
    vendorOrderId: known.vendorOrderId ?? told.vendorOrderId,
    feePaise: told.feePaise ?? known.feePaise,
    taxPaise: told.taxPaise ?? known.taxPaise,
    method: told.method ?? known.method,
    error: isOlder ? known.error : (told.error?.slice(0, 500) ?? null),
    paidAt: told.createdAt ?? known.paidAt,
    updatedAt: at,
  }
}

export async function storePayment(
  db: Transaction,
  { id, createdAt: _, ...payment }: KeptPayment,
): Promise<void> {
  await db.update(payments).set(payment).where(eq(payments.id, id))
}
