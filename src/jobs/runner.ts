import { hourMs } from '../rules/time'
import type { Services } from '../services'
import { cleanUpDaily } from './clean-up'
import { noteUnreadable, openLanes } from './run'
import { type RunOptions, usually } from './work'

const intervalMs = 5_000

export interface JobRunner {
  wake(): void
  stop(): Promise<void>
}

/** Looks for work when it is woken and every few seconds; no lane waits for another. */
export function startJobRunner(services: Services, given: Partial<RunOptions> = {}): JobRunner {
  let stopped = false
  let looking: Promise<void> | null = null
  let again = false
  const goesOn = () => !stopped && (given.goesOn?.() ?? true)
  const wake = (): void => {
    again = true
    if (looking || stopped) return
    looking = look().finally(() => {
      looking = null
      // Woken after the last look and before its end was known.
      if (again && !stopped) wake()
    })
  }
  const lanes = openLanes(services, { ...usually, ...given, goesOn }, wake)
  const look = async (): Promise<void> => {
    while (again && !stopped) {
      again = false
      await lanes.look().catch(noteUnreadable(services))
    }
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
      await Promise.all([looking, cleaning])
      await lanes.idle()
    },
  }
}
