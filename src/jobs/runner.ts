import { hourMs } from '../rules/time'
import type { Services } from '../services'
import { cleanUpDaily } from './clean-up'
import { noteUnreadable, runDueJobs } from './run'

/** How often a process looks for due jobs that nobody told it about. */
const intervalMs = 5_000

export interface JobRunner {
  /** Looks for due jobs soon; cheap to call often. */
  wake(): void
  /** Resolves when what is running has ended; nothing else begins. */
  stop(): Promise<void>
}

/**
 * Runs due jobs in this process, one at a time: when woken, and on an interval as the net. Looks every
 * hour whether the day's clean-up is done.
 */
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
  let cleaning: Promise<void> | null = null
  const cleanUp = () => {
    cleaning ??= cleanUpDaily(services, () => !stopped).finally(() => {
      cleaning = null
    })
  }
  cleanUp()
  const timers = [setInterval(wake, intervalMs), setInterval(cleanUp, hourMs)]
  return {
    wake,
    stop: async () => {
      stopped = true
      for (const timer of timers) clearInterval(timer)
      await Promise.all([running, cleaning])
    },
  }
}
