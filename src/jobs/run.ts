import { log } from '../log'
import { listDueLanes } from '../models/job-queue'
import { noteNoRoom } from '../models/write-probe'
import type { Lane } from '../rules/job-kinds'
import type { Services } from '../services'
import { type RunOptions, usually, workLane } from './work'

export interface Lanes {
  /** Starts what is due. Lanes that are at work already keep nothing waiting. */
  look(): Promise<void>
  /** When nothing runs any more. */
  idle(): Promise<void>
}

export const noteUnreadable = (services: Services) => (error: unknown) => {
  noteNoRoom(services, error)
  log('warn', { jobs: 'cannot be read', error })
}

/** `ended` hears of each that has worked: what it did may have made something else due. */
export function openLanes(services: Services, options: RunOptions, ended: () => void = () => {}): Lanes {
  const running = new Map<Lane, Set<Promise<void>>>()

  function start(lane: Lane, work: () => Promise<boolean>): void {
    const own = running.get(lane) ?? new Set()
    running.set(lane, own)
    const one: Promise<void> = work()
      .catch((error) => {
        noteUnreadable(services)(error)
        return false
      })
      .then((hasWorked) => {
        own.delete(one)
        if (hasWorked) ended()
      })
    own.add(one)
  }

  return {
    async look() {
      for (const { lane, due, standing } of await listDueLanes(services, options.atOnce)) {
        const busy = running.get(lane)?.size ?? 0
        const most = standing === 'probe' ? 1 : options.atOnce
        for (let place = busy; place < Math.min(busy + due, most) && options.goesOn(); place++)
          start(lane, () => workLane(services, lane, standing, options))
      }
    },
    async idle() {
      while ([...running.values()].some(({ size }) => size > 0))
        await Promise.all([...running.values()].flatMap((own) => [...own]))
    },
  }
}

/** All that is due, and what that makes due; for who cannot stay. It ends where jobs cannot be claimed. */
export async function runDueJobs(services: Services, given: Partial<RunOptions> = {}): Promise<void> {
  let hasWorked = false
  const lanes = openLanes(services, { ...usually, ...given }, () => {
    hasWorked = true
  })
  do {
    hasWorked = false
    await lanes.look()
    await lanes.idle()
  } while (hasWorked)
}
