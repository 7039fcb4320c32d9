import { log, reasonOf } from '../log'
import { claimJob, finishJob, type Job, type Lane, postponeJob } from '../models/job'
import { retryGapSeconds } from '../rules/retry'
import { later } from '../rules/time'
import type { Services } from '../services'
import { handlers } from './handlers'

/** Lanes run side by side; a failed job is put off with growing gaps, never dropped. */
export async function runDueJobs(services: Services, goesOn: () => boolean = () => true): Promise<void> {
  await Promise.all([runLane(services, 'work', goesOn), runLane(services, 'mail', goesOn)])
  // The work may have had something to tell.
  await runLane(services, 'mail', goesOn)
}

export const noteUnreadable = (error: unknown): void => log('warn', { jobs: 'cannot be read', error })

async function runLane(services: Services, lane: Lane, goesOn: () => boolean): Promise<void> {
  while (goesOn()) {
    const job = await claimJob(services, lane)
    if (!job) return
    await runJob(services, job)
  }
}

async function runJob(services: Services, job: Job): Promise<void> {
  try {
    const outcome = await handlers[job.kind](services, job)
    if (outcome) await postponeJob(services, job.id, outcome.runAgainAt, null)
    else await finishJob(services, job)
  } catch (error) {
    const gap = retryGapSeconds(job.attempts)
    log('warn', { job: job.kind, id: job.id, attempts: job.attempts, error })
    await postponeJob(services, job.id, later(services.now(), gap), reasonOf(error))
  }
}
