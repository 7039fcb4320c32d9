import { and, asc, eq, isNull, like, lte, not, or, sql } from 'drizzle-orm'
import { jobs } from '../db/schema'
import { newId } from '../ids'
import { later } from '../rules/time'
import type { DbNow, Services, TxNow } from '../services'

export type JobKind =
  | 'mail-receipt'
  | 'mail-refund'
  | 'mail-refund-declined'
  | 'check-order'
  | 'check-open-orders'
  | RetiredKind
  | 'check-webhook'
  | 'reconcile-payments'
  | 'send-refund'
  | 'mail-held-payment'
  | 'mail-dispute'
  | 'mail-course-suspended'
  | 'delete-asset'
  | 'cancel-upload'
  | 'check-upload'
  | 'delete-file'
  | 'mail-verify-address'
  | 'mail-password-reset'
  | 'mail-password-changed'
  | 'mail-google-linked'
/** Of earlier versions: the nightly reconciliation does their work. */
type RetiredKind = 'check-refunds' | 'refund-duplicate'
export type JobPayload = Record<string, string>

export interface Job {
  id: string
  kind: JobKind
  payload: JobPayload
  attempts: number
  runAt: Date
}

export type JobOutcome = { runAgainAt: Date } | undefined

const lockSeconds = 120

/** Pass the transaction that causes the job, so that neither is there without the other. */
export async function addJob(
  services: TxNow,
  kind: JobKind,
  payload: JobPayload,
  runAt: Date = services.now(),
): Promise<void> {
  await services.db.insert(jobs).values({ id: newId(), kind, payload, runAt, createdAt: services.now() })
}

/**
 * Where the same job waits already, that one runs by then. One that has begun runs again: what it
 * has read may be older than the reason for asking.
 */
export async function addJobOnce(
  services: TxNow,
  kind: JobKind,
  payload: JobPayload,
  runAt: Date = services.now(),
): Promise<void> {
  const dedupeKey = dedupeKeyOf(kind, payload)
  const runAgainAt = sql`timestampadd(microsecond, 1000, greatest(run_at, values(run_at)))`
  await services.db
    .insert(jobs)
    .values({ id: newId(), kind, payload, runAt, dedupeKey, createdAt: services.now() })
    .onDuplicateKeyUpdate({
      set: { runAt: sql`if(locked_until is null, least(run_at, values(run_at)), ${runAgainAt})` },
    })
}

const dedupeKeyOf = (kind: JobKind, payload: JobPayload) => [kind, ...Object.values(payload)].join(':')

/** Takes back what `addJobOnce` has added, unless it is done. */
export async function dropJob({ db }: Pick<TxNow, 'db'>, kind: JobKind, payload: JobPayload): Promise<void> {
  await db.delete(jobs).where(eq(jobs.dedupeKey, dedupeKeyOf(kind, payload)))
}

/** The one of `addJobOnce`, whether it waits or runs; null when it is done. */
export async function findJobOnce(
  { db }: Pick<Services, 'db'>,
  kind: JobKind,
  payload: JobPayload,
): Promise<{ createdAt: Date; lastError: string | null } | null> {
  const [job] = await db
    .select({ createdAt: jobs.createdAt, lastError: jobs.lastError })
    .from(jobs)
    .where(eq(jobs.dedupeKey, dedupeKeyOf(kind, payload)))
  return job ?? null
}

const isFree = (now: Date) => or(isNull(jobs.lockedUntil), lte(jobs.lockedUntil, now))

/** Emails have a lane of their own, so that a silent mail server keeps nothing else waiting. */
export type Lane = 'mail' | 'work'
const isEmail = like(jobs.kind, 'mail-%')

/** The oldest due one, which nobody else runs for two minutes; null when none is due. */
export async function claimJob(services: DbNow, lane: Lane): Promise<Job | null> {
  const now = services.now()
  const due = await services.db
    .select()
    .from(jobs)
    .where(and(lte(jobs.runAt, now), isFree(now), lane === 'mail' ? isEmail : not(isEmail)))
    .orderBy(asc(jobs.runAt), asc(jobs.id))
    .limit(10)
  for (const job of due) {
    const [taken] = await services.db
      .update(jobs)
      .set({ lockedUntil: later(now, lockSeconds), attempts: job.attempts + 1 })
      .where(and(eq(jobs.id, job.id), eq(jobs.attempts, job.attempts), isFree(now)))
    if (taken.affectedRows === 1) return { ...job, kind: job.kind as JobKind, attempts: job.attempts + 1 }
  }
  return null
}

/** Not when it was asked for again meanwhile: then it runs once more. */
export async function finishJob(services: Pick<Services, 'db'>, { id, runAt }: Job): Promise<void> {
  const [deleted] = await services.db.delete(jobs).where(and(eq(jobs.id, id), eq(jobs.runAt, runAt)))
  if (deleted.affectedRows === 0)
    await services.db.update(jobs).set({ lockedUntil: null, attempts: 0 }).where(eq(jobs.id, id))
}

export async function postponeJob(
  services: Pick<Services, 'db'>,
  id: string,
  runAt: Date,
  error: string | null,
): Promise<void> {
  await services.db
    .update(jobs)
    .set({ runAt, lockedUntil: null, lastError: error?.slice(0, 500) ?? null })
    .where(eq(jobs.id, id))
}
