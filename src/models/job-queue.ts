import { and, asc, eq, isNull, lte, or, type Param, sql } from 'drizzle-orm'
import { breakers, jobs } from '../db/schema'
import { type JobKind, type Lane, lanes, type Priority, priorities } from '../rules/job-kinds'
import { later } from '../rules/time'
import type { DbNow, Services, TxNow } from '../services'
import type { Job } from './job'
import { notInQuarantine } from './quarantine'

/** Twice as long as any job runs. */
const lockSeconds = 60
const candidates = 10

/** `resting`: nobody is asked; `probe`: one job may ask; `shaky`: it has failed a moment ago. */
export type Standing = 'well' | 'shaky' | 'probe' | 'resting'

export interface DueLane {
  lane: Lane
  /** Not more than was asked for. */
  due: number
  standing: Standing
}

/** The lanes that have something to do, by one statement however many wait. */
export async function listDueLanes({ db, now }: DbNow, atMost: number): Promise<DueLane[]> {
  const at = sql.param(now(), jobs.runAt)
  const due = lanes.flatMap((lane) => priorities.map((priority) => selectDue(lane, priority, at, atMost)))
  const standing = sql`(select ${breakers.lane} as lane, case
    when ${breakers.restsUntil} is null then 'shaky'
    when ${breakers.restsUntil} <= ${at} then 'probe' else 'resting' end as what from ${breakers})`
  const [rows] = await db.execute(sql.join([...due, standing], sql` union all `))
  const found = rows as unknown as { lane: string; what: 'due' | Exclude<Standing, 'well'> }[]
  return lanes
    .map((lane): DueLane => {
      const own = found.filter((row) => row.lane === lane).map(({ what }) => what)
      const known = own.find((what) => what !== 'due')
      const count = own.filter((what) => what === 'due').length
      return { lane, due: Math.min(count, atMost), standing: known ?? 'well' }
    })
    .filter(({ due, standing }) => due > 0 && standing !== 'resting')
}

const selectDue = (lane: Lane, priority: Priority, at: Param, atMost: number) =>
  sql`(select ${lane} as lane, 'due' as what from ${jobs}
    where ${jobs.lane} = ${lane} and ${jobs.deadAt} is null and ${jobs.priority} = ${priority}
      and ${jobs.runAt} <= ${at} and (${jobs.lockedUntil} is null or ${jobs.lockedUntil} <= ${at})
      and ${notInQuarantine}
    limit ${atMost})`

const isFree = (now: Date) => or(isNull(jobs.lockedUntil), lte(jobs.lockedUntil, now))

/** The oldest due one of those that matter most, which nobody else runs for a minute; null when none is due. */
export async function claimJob(services: DbNow, lane: Lane): Promise<Job | null> {
  for (const priority of priorities) {
    const job = await claimOf(services, lane, priority)
    if (job) return job
  }
  return null
}

async function claimOf({ db, now }: DbNow, lane: Lane, priority: Priority): Promise<Job | null> {
  const at = now()
  const due = await db
    .select()
    .from(jobs)
    .where(
      and(
        ...[eq(jobs.lane, lane), isNull(jobs.deadAt), eq(jobs.priority, priority)],
        ...[lte(jobs.runAt, at), isFree(at), notInQuarantine],
      ),
    )
    .orderBy(asc(jobs.runAt), asc(jobs.id))
    .limit(candidates)
  const lockedUntil = later(at, lockSeconds)
  for (const job of due) {
    const attempts = job.attempts + 1
    const [taken] = await db
      .update(jobs)
      .set({ lockedUntil, attempts })
      .where(and(eq(jobs.id, job.id), eq(jobs.attempts, job.attempts), isNull(jobs.deadAt), isFree(at)))
    if (taken.affectedRows === 1) return { ...job, kind: job.kind as JobKind, lane, attempts, lockedUntil }
  }
  return null
}

/** Who came too late has lost its lock to another, and then nothing of it counts. */
const isStillOurs = ({ id, attempts, lockedUntil }: Job) =>
  and(eq(jobs.id, id), eq(jobs.attempts, attempts), eq(jobs.lockedUntil, lockedUntil))

type Parts = Pick<Services, 'db'>

/** Not when it was asked for again meanwhile: then it runs once more. */
export async function finishJob({ db }: Parts, job: Job): Promise<void> {
  const [deleted] = await db.delete(jobs).where(and(isStillOurs(job), eq(jobs.runAt, job.runAt)))
  if (deleted.affectedRows > 0) return
  const free = { lockedUntil: null, attempts: 0, lastError: null, failedAt: null }
  await db.update(jobs).set(free).where(isStillOurs(job))
}

/** It has done its part of the work, and goes on then. */
export async function continueJob({ db }: Parts, job: Job, runAt: Date): Promise<void> {
  const rested = { lockedUntil: null, attempts: 0, lastError: null, failedAt: null }
  await db
    .update(jobs)
    .set({ ...rested, runAt, dueAt: runAt })
    .where(isStillOurs(job))
}

export interface Failure {
  /** Null gives it up: it is kept with its cause, and the same may be asked for anew. */
  runAt: Date | null
  words: string
}

/** True unless somebody else has the job by now. */
export async function noteFailure({ db, now }: TxNow, job: Job, { runAt, words }: Failure): Promise<boolean> {
  const failed = { lockedUntil: null, lastError: words.slice(0, 500), failedAt: now() }
  const [noted] = await db
    .update(jobs)
    .set(runAt ? { ...failed, runAt } : { ...failed, deadAt: now(), dedupeKey: null })
    .where(isStillOurs(job))
  return noted.affectedRows === 1
}
