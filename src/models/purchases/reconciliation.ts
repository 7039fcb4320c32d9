import { eq } from 'drizzle-orm'
import * as z from 'zod'
import { settings } from '../../db/schema'
import { parseJson } from '../../json'
import { daySeconds, later } from '../../rules/time'
import type { Services, TxNow } from '../../services'
import { addJobOnce } from '../job'
import type { Findings } from './findings'
import type { PaymentServices } from './order-sync'
import { checkEnds } from './reconcile-ends'
import { reconcileDisputes, reconcilePayments, reconcileRefunds } from './reconcile-vendor'

const Kept = z.object({
  at: z.coerce.date(),
  since: z.coerce.date(),
  checked: z.object({ payments: z.number(), refunds: z.number(), disputes: z.number() }),
  recorded: z.array(z.string()),
  problems: z.array(z.string()),
})
export type Reconciliation = z.output<typeof Kept>

/**
 * The payments, refunds and disputes of the vendor's lists against our rows, both ways. What was not
 * heard of is recorded as if it had been; AppError `upstream` ends it without a result.
 */
export async function reconcileMoney(
  services: PaymentServices,
  since: Date,
  isListed = false,
): Promise<Reconciliation> {
  const at = services.now()
  const checked = { payments: 0, refunds: 0, disputes: 0 }
  const findings: Findings = { isListed, checked, recorded: [], problems: [] }
  // The vendor's clock may be ahead.
  const span = { from: since, to: later(at, daySeconds) }
  const seen = await reconcilePayments(services, findings, span)
  await reconcileRefunds(services, findings, span)
  await reconcileDisputes(services, findings)
  await checkEnds(services, findings, { since, seen })
  const { recorded, problems } = findings
  const result = { at, since, checked, recorded, problems }
  if (!isListed) await keep(services, result)
  return result
}

const name = 'payments-reconciliation'
const mostKept = 100

async function keep({ db }: PaymentServices, result: Reconciliation): Promise<void> {
  const { recorded, problems, at } = result
  const value = JSON.stringify({
    ...result,
    recorded: recorded.slice(0, mostKept),
    problems: problems.slice(0, mostKept),
  })
  const kept = { value, changedAt: at }
  await db
    .insert(settings)
    .values({ name, ...kept })
    .onDuplicateKeyUpdate({ set: kept })
}

/** The last one that came to its end; null before the first. */
export async function findReconciliation({ db }: Pick<Services, 'db'>): Promise<Reconciliation | null> {
  const [row] = await db.select().from(settings).where(eq(settings.name, name))
  const read = Kept.safeParse(parseJson(row?.value ?? ''))
  return read.success ? read.data : null
}

const nightlyDays = 7

/** A week, and as far back as the last one that came to its end; what is late has its own list. */
export async function nightlySince(services: Pick<Services, 'db' | 'now'>): Promise<Date> {
  const week = later(services.now(), -nightlyDays * daySeconds)
  const last = await findReconciliation(services)
  const overlap = last ? later(last.at, -daySeconds) : week
  return new Date(Math.min(overlap.getTime(), week.getTime()))
}

export const queueReconciliation = (services: TxNow, runAt: Date): Promise<void> =>
  addJobOnce(services, 'reconcile-payments', {}, runAt)
