import { eq, sql } from 'drizzle-orm'
import type { MySqlTable } from 'drizzle-orm/mysql-core'
import type { Db, Transaction } from './database'
import { attachments, categories, chapters, courses, muxData, users, versions } from './schema'

/** What is on pages that anybody may see; of people only these columns. */
const shown = new Map<MySqlTable, readonly string[] | 'all'>([
  [courses, 'all'],
  [chapters, 'all'],
  [categories, 'all'],
  [attachments, 'all'],
  [muxData, 'all'],
  [users, ['name', 'imageKey']],
])

const name = 'shown'
/** Several rows, so that transactions side by side seldom wait for each other's. */
const shards = 16

/** The same transaction; `touched` is called when it writes what is shown. */
export function watchShown(tx: Transaction, touched: () => void): Transaction {
  const note = (table: MySqlTable, columns?: object): void => {
    const seen = shown.get(table)
    if (seen === 'all' || seen?.some((column) => columns === undefined || column in columns)) touched()
  }
  const watched: Partial<Record<string | symbol, unknown>> = {
    delete: (table: MySqlTable) => {
      note(table)
      return tx.delete(table)
    },
    insert: (table: MySqlTable) => {
      // A person who is new has no course.
      if (table !== users) note(table)
      return tx.insert(table)
    },
    update: (table: MySqlTable) => {
      const builder = tx.update(table)
      const set = builder.set.bind(builder)
      builder.set = (values) => {
        note(table, values)
        return set(values)
      }
      return builder
    },
  }
  return new Proxy(tx, {
    get: (target, key) => {
      if (key in watched) return watched[key]
      const value = Reflect.get(target, key)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** The last statement of its transaction, so that its lock is short and the last one taken. */
export async function bumpShown(db: Transaction | Db): Promise<void> {
  const shard = Math.floor(Math.random() * shards)
  await db
    .insert(versions)
    .values({ name, shard, version: 1 })
    .onDuplicateKeyUpdate({ set: { version: sql`${versions.version} + 1` } })
}

/** Another one after each transaction that changed what is shown. */
export async function readShownVersion(db: Db): Promise<string> {
  const [row] = await db
    .select({ sum: sql<string | null>`sum(${versions.version})` })
    .from(versions)
    .where(eq(versions.name, name))
  return String(row?.sum ?? 0)
}
