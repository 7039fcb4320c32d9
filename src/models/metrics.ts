import { count, sql } from 'drizzle-orm'
import { jobs, payments } from '../db/schema'
import { later } from '../rules/time'
import type { DbNow } from '../services'

interface JobCounts {
  kind: string
  waiting: number
  /** Should have run a minute ago. */
  overdue: number
  /** Has failed and will be tried again. */
  failing: number
}

/** One row for each kind that has jobs at all. */
export async function countJobs({ db, now }: DbNow): Promise<JobCounts[]> {
  const lateAt = later(now(), -60)
  return db
    .select({
      kind: jobs.kind,
      waiting: count(),
      overdue: sql`sum(${jobs.runAt} < ${lateAt})`.mapWith(Number),
      failing: sql`sum(${jobs.lastError} is not null)`.mapWith(Number),
    })
    .from(jobs)
    .groupBy(jobs.kind)
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
