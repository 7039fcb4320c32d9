import { sql } from 'drizzle-orm'
import type { Transaction } from '../src/db/connect'
import { latch } from './latch'
import { until } from './until'
import type { World } from './world'

/** Holds the rows that `lock` locks; whoever needs one of them waits until `release`. */
export async function holdRows({ services: { db } }: World, lock: (tx: Transaction) => Promise<unknown>) {
  const [held, released] = [latch(), latch()]
  const transaction = db.transaction(async (tx) => {
    await lock(tx)
    held.open()
    await released.opened
  })
  await Promise.race([held.opened, transaction])
  return {
    /** Resolves when this many statements that begin with `words` stand still, as they do at the held rows. */
    waiting: (count: number, words: string) =>
      until(async () => {
        const [rows] = await db.execute(
          sql`select id from information_schema.processlist
              where db = database() and id <> connection_id() and info like ${`${words}%`}`,
        )
        return (rows as unknown as unknown[]).length >= count
      }, `${count} to wait`),
    release: async () => {
      released.open()
      await transaction
    },
  }
}
