import type { Services } from '../services'
import { noteUnreadable, runDueJobs } from './run'

/** How often a process looks for due jobs that nobody told it about. */
const intervalMs = 5_000

export interface JobRunner {
  /** Looks for due jobs soon; cheap to call often. */
  wake(): void
  /** Resolves when the running job has ended; no other begins. */
  stop(): Promise<void>
}

/** Runs due jobs in this process, one at a time: when woken, and on an interval as the net. */
export function startJobRunner(services: Services): JobRunner {
  let running: Promise<void> | null = null
  let again = false
  let stopped = false

  const run = async (): Promise<void> => {
    do {
      again = false
      await runDueJobs(services, () => !stopped).catch(noteUnreadable)
    } while (again && !stopped)
  }
  const wake = () => {
    again = true
    if (running || stopped) return
    running = run().finally(() => {
      running = null
    })
  }
  const timer = setInterval(wake, intervalMs)
  return {
    wake,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      await running
    },
  }
}
