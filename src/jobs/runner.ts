import { hourMs } from '../rules/time'
import type { Services } from '../services'
import { cleanUpDaily } from './clean-up'
import { noteUnreadable, runDueJobs } from './run'

const intervalMs = 5_000

export interface JobRunner {
  wake(): void
  stop(): Promise<void>
}

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
