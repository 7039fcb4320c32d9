import { eq } from 'drizzle-orm'
import { limits } from '../../db/schema'
import { later } from '../../rules/time'
import type { Services, TxNow } from '../../services'
import { addJobOnce, findJobOnce } from '../job'

const gapSeconds = 5
const payloadOf = (orderId: string) => ({ orderId, once: 'yes' })
const keyOf = (orderId: string) => `asked:${orderId}`

/**
 * Asks the payment service about one order soon. Anybody who knows an order may cause this, and its
 * page does at each look: one waiting job is enough, and one question in five seconds.
 */
export async function queueOrderSync(
  services: TxNow,
  orderId: string,
  wantedAt: Date = services.now(),
): Promise<void> {
  const [asked] = await services.db
    .select({ endsAt: limits.endsAt })
    .from(limits)
    .where(eq(limits.key, keyOf(orderId)))
  const runAt = asked && asked.endsAt > wantedAt ? asked.endsAt : wantedAt
  await addJobOnce(services, 'check-order', payloadOf(orderId), runAt)
}

/** Null when none waits or runs. */
export const findQueuedSync = (services: Pick<Services, 'db'>, orderId: string) =>
  findJobOnce(services, 'check-order', payloadOf(orderId))

/** When the question is about to be asked. */
export async function noteOrderSync({ db, now }: TxNow, orderId: string): Promise<void> {
  const endsAt = later(now(), gapSeconds)
  await db
    .insert(limits)
    .values({ key: keyOf(orderId), count: 1, endsAt })
    .onDuplicateKeyUpdate({ set: { endsAt } })
}
