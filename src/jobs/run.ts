import { withoutValues } from '../errors'
import { claimJob, finishJob, type Job, type Lane, postponeJob } from '../models/job'
import { retryGapSeconds } from '../rules/retry'
import type { Services } from '../services'
import { handlers } from './handlers'

/** Runs every due job, each lane one after the other, for as long as `goesOn` says so; a failed one is put off with growing gaps, never dropped. */
export async function runDueJobs(services: Services, goesOn: () => boolean = () => true): Promise<void> {
  await Promise.all([runLane(services, 'work', goesOn), runLane(services, 'mail', goesOn)])
  // The work may have had something to tell.
  await runLane(services, 'mail', goesOn)
}

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
    else await finishJob(services, job.id)
  } catch (error) {
    const gap = retryGapSeconds(job.attempts)
    const reason = withoutValues(error instanceof Error ? error.message : String(error))
    console.warn(
      JSON.stringify({ level: 'warn', job: job.kind, id: job.id, attempts: job.attempts, error: reason }),
    )
    await postponeJob(services, job.id, new Date(services.now().getTime() + gap * 1000), reason)
  }
}
