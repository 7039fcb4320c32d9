import { and, asc, count, desc, gt, isNotNull, isNull, lte, min, type SQL, sql } from 'drizzle-orm'
import { jobs } from '../../db/schema'
import type { JobQuery, JobState } from '../../rules/admin/job-query'
import { traitsOf } from '../../rules/job-kinds'
import { later, minuteSeconds } from '../../rules/time'
import type { DbNow } from '../../services'
import { listBreakers } from '../breaker'
import { findTargets } from './job-targets'

export type JobList = Awaited<ReturnType<typeof listJobs>>
export type JobLine = JobList['list'][number]

const pageSize = 25

/** What should have been done a minute ago is overdue, whether it was tried or not. */
const overdueSeconds = minuteSeconds

function isIn(state: JobState, now: Date): SQL | undefined {
  const lateAt = later(now, -overdueSeconds)
  if (state === 'given-up') return isNotNull(jobs.deadAt)
  return and(isNull(jobs.deadAt), state === 'overdue' ? lte(jobs.dueAt, lateAt) : gt(jobs.dueAt, lateAt))
}

/** The longest overdue, the next to come or the last given up first; a page beyond the last is the last. */
export async function listJobs(services: DbNow, { state, page: wanted = 1 }: JobQuery) {
  const now = services.now()
  const [counts, resting] = await Promise.all([countJobStates(services), listBreakers(services)])
  const pages = Math.max(1, Math.ceil(counts[state] / pageSize))
  const page = Math.min(wanted, pages)
  const order = state === 'given-up' ? [desc(jobs.deadAt), desc(jobs.id)] : [asc(jobs.dueAt), asc(jobs.id)]
  const rows = await services.db
    .select()
    .from(jobs)
    .where(isIn(state, now))
    .orderBy(...order)
    .limit(pageSize)
    .offset((page - 1) * pageSize)
  const targetOf = await findTargets(services, rows)
  const list = rows.map((job) => ({
    ...job,
    target: targetOf(job),
    isRunning: job.lockedUntil !== null && job.lockedUntil > now,
    mayGiveUp: job.deadAt === null && traitsOf(job.kind).lifetimeSeconds !== null,
  }))
  return { list, counts, page, pages, resting: resting.filter(({ restsUntil }) => restsUntil !== null) }
}

/** With the moment since when the oldest has waited. */
export async function countJobStates({ db, now }: DbNow) {
  const lateAt = sql.param(later(now(), -overdueSeconds), jobs.dueAt)
  const isLate = sql`${jobs.dueAt} <= ${lateAt}`
  const sum = (what: SQL) => sql`coalesce(sum(${what}), 0)`.mapWith(Number)
  const [alive] = await db
    .select({ all: count(), overdue: sum(isLate), oldestAt: min(jobs.dueAt) })
    .from(jobs)
    .where(isNull(jobs.deadAt))
  const [dead] = await db.select({ n: count() }).from(jobs).where(isNotNull(jobs.deadAt))
  const { all = 0, overdue = 0, oldestAt = null } = alive ?? {}
  return { overdue, waiting: all - overdue, 'given-up': dead?.n ?? 0, oldestAt }
}
