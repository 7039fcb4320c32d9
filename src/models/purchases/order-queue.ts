import { eq } from 'drizzle-orm'
import { limits } from '../../db/schema'
import { later } from '../../rules/time'
import type { TxNow } from '../../services'
import { addJobOnce } from '../job'

const gapSeconds = 5
const keyOf = (orderId: string) => `asked:${orderId}`

/**
 * Asks the payment service about one order soon. Anybody who knows an order may cause this, and its
 * page does at each look: one waiting job is enough, and one question in five seconds.
 */
export async function queueOrderSync(services: TxNow, orderId: string): Promise<void> {
  const [asked] = await services.db
    .select({ endsAt: limits.endsAt })
    .from(limits)
    .where(eq(limits.key, keyOf(orderId)))
  const now = services.now()
  const runAt = asked && asked.endsAt > now ? asked.endsAt : now
  await addJobOnce(services, 'check-order', { orderId, once: 'yes' }, runAt)
}

/** When the question is about to be asked. */
export async function noteOrderSync({ db, now }: TxNow, orderId: string): Promise<void> {
  const endsAt = later(now(), gapSeconds)
  await db
    .insert(limits)
    .values({ key: keyOf(orderId), count: 1, endsAt })
    .onDuplicateKeyUpdate({ set: { endsAt } })
}
