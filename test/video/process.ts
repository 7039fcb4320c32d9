import type { Db } from '../../src/db/connect'
import type { Video } from '../../src/ports/video/video'
import type { Worker } from './turns'

/** The process is gone: it does nothing more, not even handle errors. */
class Killed extends Error {}

const verbs = new Set(['select', 'insert', 'update', 'delete', 'execute'])

/**
 * Kills a process between any two of its steps: before a query or a transaction, after a
 * transaction was committed, before and after a call to a vendor. What runs inside a transaction is
 * one step, because the database makes it one.
 */
export class Process {
  private stepsLeft = Number.POSITIVE_INFINITY
  private isDead = false

  /**
   * Runs work that dies after `steps` steps; without them it lives. Gives undefined when it died.
   */
  async run<T>(work: () => Promise<T>, steps = Number.POSITIVE_INFINITY): Promise<T | undefined> {
    this.stepsLeft = steps
    this.isDead = false
    try {
      return await work()
    } catch (error) {
      if (this.isDead) return undefined
      throw error
    } finally {
      this.stepsLeft = Number.POSITIVE_INFINITY
      this.isDead = false
    }
  }

  step(): void {
    this.stepsLeft -= 1
    if (!this.isDead && this.stepsLeft >= 0) return
    this.isDead = true
    throw new Killed('The process was killed.')
  }

  database(db: Db): Db {
    return new Proxy(db, {
      get: (target, name) => {
        const value = Reflect.get(target, name)
        if (typeof value !== 'function') return value
        if (name === 'transaction')
          return async (...given: unknown[]) => {
            this.step()
            const result = await value.apply(target, given)
            this.step()
            return result
          }
        return (...given: unknown[]) => {
          if (verbs.has(String(name))) this.step()
          return value.apply(target, given)
        }
      },
    })
  }

  /** A call to the vendor is a step of the process, taken when it is its turn. */
  vendor(video: Video, worker: Worker): Video {
    const call = <A extends unknown[], R>(work: (...given: A) => Promise<R>) => {
      return (...given: A): Promise<R> =>
        worker.step(async () => {
          this.step()
          return work(...given)
        })
    }
    return new Proxy(video, {
      get: (target, name) => {
        const value = Reflect.get(target, name)
        return typeof value === 'function' && name !== 'listAssets' ? call(value.bind(target)) : value
      },
    })
  }
}
