import { eq } from 'drizzle-orm'
import * as z from 'zod'
import { settings } from '../../db/schema'
import { parseJson } from '../../json'
import { daySeconds, later } from '../../rules/time'
import type { Services, TxNow } from '../../services'
import { addJobOnce } from '../job'
import type { Findings } from './findings'
import type { PaymentServices } from './order-sync'
import { checkEnds, checkListed } from './reconcile-ends'
import { reconcileDisputes, reconcilePayments, reconcileRefunds } from './reconcile-vendor'

const Kept = z.object({
  at: z.coerce.date(),
  since: z.coerce.date(),
  checked: z.object({ payments: z.number(), refunds: z.number(), disputes: z.number() }),
  /** What was not known here and is now. */
  recorded: z.array(z.string()),
  /** What a person has to look at. */
  problems: z.array(z.string()),
})
export type Reconciliation = z.output<typeof Kept>

/** `upTo` is how far the vendor's lists are compared. */
const Progress = Kept.extend({ upTo: z.coerce.date() })
type Progress = z.output<typeof Progress>

const wholeSecond = (date: Date) => later(date, -date.getMilliseconds() / 1000)

const begin = (at: Date, since: Date): Progress => ({
  at,
  since,
  upTo: wholeSecond(since),
  checked: { payments: 0, refunds: 0, disputes: 0 },
  recorded: [],
  problems: [],
})

/** The vendor's clock may be ahead. */
const isAtEnd = ({ upTo, at }: Progress) => upTo >= later(at, daySeconds)

/** A day of the vendor's lists, so that no step takes long. */
async function compareDay(services: PaymentServices, progress: Progress, isListed: boolean): Promise<void> {
  const from = progress.upTo
  const next = later(from, daySeconds)
  const findings: Findings = { ...progress, isListed }
  // Both ends of a span are within it, to the second.
  const span = { from, to: later(next, -1) }
  const seen = await reconcilePayments(services, findings, span)
  await reconcileRefunds(services, findings, span)
  await checkListed(services, findings, { from, to: next, seen })
  progress.upTo = next
}

async function complete(
  services: PaymentServices,
  { upTo: _, ...result }: Progress,
  isListed: boolean,
): Promise<Reconciliation> {
  const findings: Findings = { ...result, isListed }
  await reconcileDisputes(services, findings)
  await checkEnds(services, findings)
  return result
}

/**
 * The payments, refunds and disputes of the vendor's lists against our rows, both ways. What was not
 * heard of is recorded as if it had been; AppError `upstream` ends it without a result.
 */
export async function reconcileMoney(
  services: PaymentServices,
  since: Date,
  isListed = false,
): Promise<Reconciliation> {
  const progress = begin(services.now(), since)
  while (!isAtEnd(progress)) await compareDay(services, progress, isListed)
  const result = await complete(services, progress, isListed)
  if (!isListed) await store(services, doneName, result)
  return result
}

/**
 * One step of it, going on where the last one ended; the result when all is done. AppError
 * `upstream`, and the next step tries the same day again.
 */
export async function continueReconciliation(services: PaymentServices): Promise<Reconciliation | null> {
  const progress =
    (await load(services, underWayName, Progress)) ?? begin(services.now(), await nightlySince(services))
  if (!isAtEnd(progress)) {
    await compareDay(services, progress, false)
    await store(services, underWayName, progress)
    return null
  }
  const result = await complete(services, progress, false)
  await store(services, doneName, result)
  await services.db.delete(settings).where(eq(settings.name, underWayName))
  return result
}

const doneName = 'payments-reconciliation'
const underWayName = 'payments-reconciliation-under-way'
const mostKept = 100

async function store({ db }: PaymentServices, name: string, result: Reconciliation): Promise<void> {
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

async function load<T>({ db }: Pick<Services, 'db'>, name: string, shape: z.ZodType<T>): Promise<T | null> {
  const [row] = await db.select().from(settings).where(eq(settings.name, name))
  const read = shape.safeParse(parseJson(row?.value ?? ''))
  return read.success ? read.data : null
}

/** The last one that came to its end; null before the first. */
export const findReconciliation = (services: Pick<Services, 'db'>): Promise<Reconciliation | null> =>
  load(services, doneName, Kept)

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
