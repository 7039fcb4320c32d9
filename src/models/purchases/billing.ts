import { and, eq } from 'drizzle-orm'
import { transact } from '../../db/connect'
import { orders } from '../../db/schema'
import { isFormer } from '../../rules/account/former-account'
import type { Billing } from '../../rules/purchases/billing'
import type { DbNow } from '../../services'
import { lockOrder } from './order'

/** For the papers, until the order is paid: then they are issued. Says whether it was in time. */
export const saveBilling = (services: DbNow, orderId: string, billing: Billing): Promise<boolean> =>
  transact(services.db, async (db) => {
    const order = await lockOrder(db, orderId)
    if (order?.state !== 'open' || isFormer(order.buyer.email)) return false
    const { name, gstin, state } = billing
    await db
      .update(orders)
      .set({ billingName: name, billingGstin: gstin, billingState: state, updatedAt: services.now() })
      .where(and(eq(orders.id, orderId), eq(orders.state, 'open')))
    return true
  })
