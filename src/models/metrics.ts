import { count, isNotNull, isNull, min, sql } from 'drizzle-orm'
import { breakers, jobs, payments } from '../db/schema'
import { type Lane, lanes } from '../rules/job-kinds'
import { later, minuteSeconds } from '../rules/time'
import type { DbNow } from '../services'

interface JobCounts {
  kind: string
  lane: string
  waiting: number
  /** Should have been done a minute ago. */
  overdue: number
  /** Has failed and will be tried again. */
  failing: number
}

interface LaneCounts {
  lane: Lane
  /** How late the oldest job is that is due; 0 while none is. */
  lateSeconds: number
  isResting: boolean
  dead: number
}

/** One row for each kind that has jobs at all, without those that were given up. */
export async function countJobs({ db, now }: DbNow): Promise<JobCounts[]> {
  const lateAt = sql.param(later(now(), -minuteSeconds), jobs.dueAt)
  return db
    .select({
      kind: jobs.kind,
      lane: jobs.lane,
      waiting: count(),
      overdue: sql`sum(${jobs.dueAt} < ${lateAt})`.mapWith(Number),
      failing: sql`sum(${jobs.lastError} is not null)`.mapWith(Number),
    })
    .from(jobs)
    .where(isNull(jobs.deadAt))
    .groupBy(jobs.kind, jobs.lane)
}

/** One row for each lane there is. */
export async function countLanes({ db, now }: DbNow): Promise<LaneCounts[]> {
  const at = now()
  const [alive, dead, resting] = await Promise.all([
    db
      .select({ lane: jobs.lane, dueAt: min(jobs.dueAt) })
      .from(jobs)
      .where(isNull(jobs.deadAt))
      .groupBy(jobs.lane),
    db.select({ lane: jobs.lane, n: count() }).from(jobs).where(isNotNull(jobs.deadAt)).groupBy(jobs.lane),
    db.select({ lane: breakers.lane }).from(breakers).where(isNotNull(breakers.restsUntil)),
  ])
  return lanes.map((lane) => {
    const dueAt = alive.find((row) => row.lane === lane)?.dueAt ?? at
    return {
      lane,
      lateSeconds: Math.max(0, (at.getTime() - dueAt.getTime()) / 1000),
      isResting: resting.some((row) => row.lane === lane),
      dead: dead.find((row) => row.lane === lane)?.n ?? 0,
    }
  })
}

/** Those that nothing has come of, such as a declined one, are `none`. */
export async function countPayments({
  db,
}: Pick<DbNow, 'db'>): Promise<{ outcome: string; count: number }[]> {
  const rows = await db
    .select({ outcome: payments.outcome, count: count() })
    .from(payments)
    .groupBy(payments.outcome)
  return rows.map(({ outcome, count }) => ({ outcome: outcome ?? 'none', count }))
}
