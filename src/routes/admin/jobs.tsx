import { Hono } from 'hono'
import { Jobs, JobsPage } from '../../../views/admin/jobs'
import { AppError } from '../../errors'
import { giveUpJobByHand, runJobNow } from '../../models/admin/job-verbs'
import { listJobs } from '../../models/admin/jobs'
import { paths } from '../../paths'
import { type JobQuery, readJobQuery } from '../../rules/admin/job-query'
import type { Env } from '../../web/env'
import { on } from '../../web/guards'
import type { GuardedContext } from '../../web/guards/found'
import { changed, show } from '../../web/html'

const notices = {
  queued: 'The job runs now.',
  'given up': 'The job is given up. It is kept here for thirty days.',
  kept: 'Work of this kind is never given up.',
  running: 'The job is running at this moment. Look again in a minute.',
}

export const adminJobs = new Hono<Env>()
  .get(...on(paths.adminJobs), (c) => showJobs(c, readJobQuery(new URL(c.req.url).searchParams)))
  .post(...on(paths.adminJobRun), async (c) =>
    answer(c, await runJobNow(c.var.services, c.var.user.id, c.req.param('jobId'))),
  )
  .post(...on(paths.adminJobDrop), async (c) =>
    answer(c, await giveUpJobByHand(c.var.services, c.var.user.id, c.req.param('jobId'))),
  )

/** The form says which list its button stands in. */
async function answer(c: GuardedContext<'admin'>, outcome: keyof typeof notices | 'gone'): Promise<Response> {
  if (outcome === 'gone') throw new AppError('not_found', 'This job is done already, or there was none.')
  const { state, page } = await c.req.parseBody()
  const given = new URLSearchParams({ state: String(state ?? ''), page: String(page ?? '') })
  const part = () => showJobs(c, readJobQuery(given))
  return changed(c, { notice: notices[outcome], to: paths.adminJobs(), part })
}

async function showJobs(c: GuardedContext<'admin'>, query: JobQuery): Promise<Response> {
  const { services } = c.var
  const found = await listJobs(services, query)
  const props = { found, query, now: services.now(), timeZone: services.config.TIME_ZONE }
  return show(c, { title: 'Jobs', page: <JobsPage {...props} />, part: <Jobs {...props} /> })
}
