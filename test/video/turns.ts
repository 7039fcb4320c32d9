import { hasCode } from '../../src/errors'
import type { Chance } from './chance'

type Turn = 'go' | 'deadlock'

/** One of several processes at work at the same time; it does a step only when it is its turn. */
export class Worker {
  /** Whether its next step waits for a lock that another one holds. */
  isBlocked = false
  isBusy = false
  private queue: Promise<unknown> = Promise.resolve()
  private go: ((turn: Turn) => void) | null = null
  private arrive: () => void = () => {}

  constructor(private readonly turns: Turns) {}

  get isWaiting(): boolean {
    return this.go !== null
  }

  /**
   * Does the work that has no step of its own until the first step, and each step when `release`
   * says so.
   */
  begin(work: () => Promise<unknown>): Promise<unknown> {
    this.isBusy = true
    return work().finally(() => {
      this.isBusy = false
      this.arrive()
    })
  }

  /** Resolves when it waits for its turn or has ended. */
  untilIdle(): Promise<void> {
    if (this.isWaiting || !this.isBusy) return Promise.resolve()
    return new Promise((resolve) => {
      this.arrive = resolve
    })
  }

  release(turn: Turn): void {
    const { go } = this
    this.go = null
    go?.(turn)
  }

  /**
   * Does one step, when it is its turn; one that fails because of a lock is done again when the
   * lock may be free.
   */
  step<T>(work: () => Promise<T>, beforeDeadlock: () => Promise<unknown> = async () => {}): Promise<T> {
    const result = this.queue.then(() => this.tryUntilFree(work, beforeDeadlock))
    this.queue = result.catch(() => undefined)
    return result
  }

  private async tryUntilFree<T>(work: () => Promise<T>, beforeDeadlock: () => Promise<unknown>): Promise<T> {
    for (;;) {
      if ((await this.turn()) === 'deadlock') {
        await beforeDeadlock()
        throw Object.assign(new Error('Deadlock found'), { code: 'ER_LOCK_DEADLOCK' })
      }
      try {
        return await work()
      } catch (error) {
        if (!this.isBusy || !hasCode(error, 'ER_LOCK_WAIT_TIMEOUT')) throw error
        this.isBlocked = true
        this.turns.lockWaits += 1
      }
    }
  }

  private turn(): Promise<Turn> {
    if (!this.isBusy) return Promise.resolve('go')
    return new Promise((resolve) => {
      this.go = resolve
      this.arrive()
    })
  }
}

/**
 * Lets several workers work at the same time, each step of theirs in an order that chance gives and
 * gives again.
 */
export class Turns {
  lockWaits = 0
  deadlocks = 0
  private readonly workers: Worker[] = []

  add(): Worker {
    const worker = new Worker(this)
    this.workers.push(worker)
    return worker
  }

  /** Locks may be free now. */
  unblock(): void {
    for (const worker of this.workers) worker.isBlocked = false
  }

  async race(chance: Chance, works: (() => Promise<unknown>)[]): Promise<void> {
    const busy = works.flatMap((work, index) => this.workers[index]?.begin(work) ?? [])
    const ends = Promise.allSettled(busy)
    for (;;) {
      await Promise.all(this.workers.map((worker) => worker.untilIdle()))
      const waiting = this.workers.filter(({ isWaiting }) => isWaiting)
      if (waiting.length === 0) break
      const free = waiting.filter(({ isBlocked }) => !isBlocked)
      if (free.length === 0) this.deadlocks += 1
      chance.of(free.length > 0 ? free : waiting)?.release(free.length > 0 ? 'go' : 'deadlock')
    }
    for (const end of await ends) if (end.status === 'rejected') throw end.reason
  }
}
