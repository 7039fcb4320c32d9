import { and, eq, isNotNull, sql } from 'drizzle-orm'
import { jobs } from '../db/schema'
import { newId } from '../ids'
import { type JobKind, jobKinds, type Lane } from '../rules/job-kinds'
import type { Services, TxNow } from '../services'

export type JobPayload = Record<string, string>

export interface Job {
  id: string
  kind: JobKind
  lane: Lane
  payload: JobPayload
  attempts: number
  runAt: Date
  /** Since when it should have been done. */
  dueAt: Date
  lockedUntil: Date
}

export type JobOutcome = { runAgainAt: Date } | undefined

/** Pass the transaction that causes the job, so that neither is there without the other. */
export async function addJob(
  services: TxNow,
  kind: JobKind,
  payload: JobPayload,
  runAt: Date = services.now(),
): Promise<void> {
  await services.db.insert(jobs).values(newJob(services, kind, payload, runAt))
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
    .values({ ...newJob(services, kind, payload, runAt), dedupeKey })
    .onDuplicateKeyUpdate({
      set: {
        runAt: sql`if(locked_until is null, least(run_at, values(run_at)), ${runAgainAt})`,
        dueAt: sql`if(locked_until is null, least(due_at, values(due_at)), values(due_at))`,
      },
    })
}

function newJob({ now }: TxNow, kind: JobKind, payload: JobPayload, runAt: Date) {
  const { lane, priority } = jobKinds[kind]
  return { id: newId(), kind, lane, priority, payload, runAt, dueAt: runAt, createdAt: now() }
}

const dedupeKeyOf = (kind: JobKind, payload: JobPayload) => [kind, ...Object.values(payload)].join(':')

/** Takes back what `addJobOnce` has added, unless it is done. */
export async function dropJob({ db }: Pick<TxNow, 'db'>, kind: JobKind, payload: JobPayload): Promise<void> {
  await db.delete(jobs).where(eq(jobs.dedupeKey, dedupeKeyOf(kind, payload)))
}

/** What was given up and names this address. */
export async function forgetDeadJobsTo({ db }: Pick<TxNow, 'db'>, email: string): Promise<void> {
  const addressed = sql`json_unquote(json_extract(${jobs.payload}, '$.email'))`
  await db.delete(jobs).where(and(isNotNull(jobs.deadAt), eq(addressed, email)))
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
