import { and, inArray, isNotNull } from 'drizzle-orm'
import { orders, payments } from '../../db/schema'
import { log } from '../../log'
import type { Payment } from '../../ports/payments/payments'
import { quoteSeconds } from '../../rules/purchases/outcome'
import { daySeconds, later } from '../../rules/time'
import { required, type TxNow } from '../../services'
import { addJobOnce } from '../job'
import { abandonOrder, type Order } from './order'
import { type PaymentServices, recordPayment } from './order-sync'

export const queueOpenOrdersSync = (services: TxNow, runAt: Date): Promise<void> =>
  addJobOnce(services, 'check-open-orders', {}, runAt)

/**
 * One question for all open orders, for five days, because a bank may confirm days later. True while
 * some are left; AppError `upstream`.
 */
export async function syncOpenOrders(services: PaymentServices): Promise<boolean> {
  const now = services.now()
  const open = await listOpenOrders(services)
  if (open.length > 0) await syncOrders(services, open)
  const over = open.filter(({ createdAt }) => createdAt <= later(now, -quoteSeconds))
  for (const { id } of over) await abandonOrder(services, id)
  return open.length > over.length
}

const listOpenOrders = ({ db }: PaymentServices): Promise<Order[]> =>
  db.select().from(orders).where(isNotNull(orders.openKey)).orderBy(orders.createdAt)

/** The clocks of two houses differ. */
const marginSeconds = daySeconds

async function syncOrders(services: PaymentServices, asked: Order[]): Promise<void> {
  const vendor = required(services.payments, 'Buying')
  const byVendorId = new Map(asked.map((order) => [order.vendorOrderId, order]))
  const told: { order: Order; payment: Payment }[] = []
  const since = later(asked[0]?.createdAt ?? services.now(), -marginSeconds)
  for await (const payment of vendor.listPaymentsBetween(since, later(services.now(), marginSeconds))) {
    const order = payment.vendorOrderId === null ? undefined : byVendorId.get(payment.vendorOrderId)
    if (order) told.push({ order, payment })
  }
  const isAuthorized = ({ payment }: (typeof told)[number]) => payment.state === 'authorized'
  const news = await onlyNews(services, told)
  // What is paid comes first: an order takes one payment, and capturing another is refused.
  for (const { order, payment } of [
    ...news.filter((one) => !isAuthorized(one)),
    ...news.filter(isAuthorized),
  ])
    await recordPayment(services, order, payment).catch((error) =>
      log('warn', { openOrder: 'could not be settled', id: order.id, error }),
    )
}

async function onlyNews<T extends { payment: Payment }>({ db }: PaymentServices, told: T[]): Promise<T[]> {
  if (told.length === 0) return []
  const ids = told.map(({ payment }) => payment.id)
  const known = await db
    .select({ id: payments.id, vendorStatus: payments.vendorStatus })
    .from(payments)
    .where(and(inArray(payments.id, ids), inArray(payments.vendorStatus, ['created', 'failed'])))
  const same = new Map(known.map(({ id, vendorStatus }) => [id, vendorStatus]))
  return told.filter(({ payment }) => same.get(payment.id) !== payment.vendorStatus)
}
