import { eq } from 'drizzle-orm'
import { payments, settings } from '../../db/schema'
import type { Payment, PaymentEvent } from '../../ports/payments/payments'
import { isCaptured } from '../../rules/purchases/outcome'
import { later, minuteSeconds } from '../../rules/time'
import type { Services, TxNow } from '../../services'
import { addJobOnce, dropJob } from '../job'

const name = 'webhook-silence'
const patienceSeconds = 15 * minuteSeconds

/** A sale that we learnt of by asking should be told of by webhook, too, and soon. */
export async function expectWebhook(tx: TxNow, { id, vendorStatus }: Payment): Promise<void> {
  if (!isCaptured(vendorStatus)) return
  const [known] = await tx.db
    .select({ vendorStatus: payments.vendorStatus })
    .from(payments)
    .where(eq(payments.id, id))
  if (known && isCaptured(known.vendorStatus)) return
  await addJobOnce(tx, 'check-webhook', { paymentId: id }, later(tx.now(), patienceSeconds))
}

/** What came after all ends the warning. */
export async function noteWebhook({ db }: TxNow, event: PaymentEvent): Promise<void> {
  await db.delete(settings).where(eq(settings.name, name))
  if (event.about === 'payment') await dropJob({ db }, 'check-webhook', { paymentId: event.payment.id })
}

/** No webhook has come about this payment, which is with us for a quarter of an hour. */
export async function noteSilence({ db, now }: TxNow, paymentId: string): Promise<void> {
  const said = { value: paymentId, changedAt: now() }
  await db
    .insert(settings)
    .values({ name, ...said })
    .onDuplicateKeyUpdate({ set: { name } })
}

/** Since when webhooks are missing, and the sale that showed it; null while they come. */
export async function findWebhookSilence({
  db,
}: Pick<Services, 'db'>): Promise<{ since: Date; paymentId: string } | null> {
  const [row] = await db.select().from(settings).where(eq(settings.name, name))
  return row ? { since: row.changedAt, paymentId: row.value } : null
}
