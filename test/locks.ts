import { sql } from 'drizzle-orm'
import { until } from './until'
import type { World } from './world'

/** Resolves when so many of this world's connections wait for what another one has locked: a row or a whole table. */
export const untilWaiting = (world: World, count: number): Promise<boolean> =>
  until(async () => (await countWaiting(world)) >= count, `${count} to wait for a lock`)

async function countWaiting({ services: { db } }: World): Promise<number> {
  const [connections] = await db.execute(
    sql`select id, state from information_schema.processlist where db = database()`,
  )
  // Not from information_schema.innodb_trx: what that shows grows old for as long as somebody keeps asking.
  const [status] = await db.execute(sql`show engine innodb status`)
  const [{ Status: text = '' } = {}] = status as unknown as { Status?: string }[]
  const atRows = text
    .split('---TRANSACTION')
    .filter((transaction) => transaction.includes('LOCK WAIT'))
    .map((transaction) => /thread id (\d+)/.exec(transaction)?.[1])
  return (connections as unknown as { id: number; state: string | null }[]).filter(
    ({ id, state }) => state === 'Waiting for table metadata lock' || atRows.includes(String(id)),
  ).length
}
