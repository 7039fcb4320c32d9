import { drizzle } from 'drizzle-orm/mysql2'
import mysql, { type Pool, type PoolOptions } from 'mysql2'
import journal from '../../drizzle/meta/_journal.json'
import { hasCode } from '../errors'
import type { Db, Transaction } from './database'
import { type Deadlines, keepDeadlines, usualDeadlines } from './deadline'
import { bumpShown, watchShown } from './versions'

export type { Db, Transaction }

/** How many of each, now. */
export type PoolUse = Record<'inUse' | 'idle' | 'waiting', number>

export interface Connection {
  db: Db
  use(): PoolUse
  close(): Promise<void>
}

/** In milliseconds since 1970, as the database keeps it. */
export const newestMigration = Math.max(...journal.entries.map(({ when }) => when))

/**
 * MySQL refuses wrong values by itself and MariaDB does not. The server ends what we gave up; each
 * has a word of its own for that, in a comment that only it reads.
 */
const strict =
  "SET SESSION time_zone = '+00:00', sql_mode = 'STRICT_TRANS_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION', innodb_lock_wait_timeout = 4 /*M!100000 , max_statement_time = 6 */ /*!80000 , max_execution_time = 6000 */"

/** Connects when first asked, and waits for nothing longer than `limits`; Workers need `disableEval`. */
export function connect(options: PoolOptions, limits: Partial<Deadlines> = {}): Connection {
  const deadlines = { ...usualDeadlines, ...limits }
  const pool = mysql.createPool({
    connectionLimit: 10,
    maxIdle: 10,
    enableKeepAlive: true,
    connectTimeout: deadlines.connectionMs,
    queueLimit: deadlines.maxWaiting,
    ...options,
  })
  keepDeadlines(pool, deadlines)
  pool.on('connection', (connection) => connection.query(strict, (error) => error && connection.destroy()))
  return {
    db: drizzle(pool),
    use: () => useOf(pool),
    close: () => new Promise((resolve, reject) => pool.end((error) => (error ? reject(error) : resolve()))),
  }
}

/** The driver keeps its lists to itself and tells no numbers. */
function useOf(pool: Pool): PoolUse {
  const length = (list: string): number => Reflect.get(pool, list).length
  const idle = length('_freeConnections')
  return { inUse: length('_allConnections') - idle, idle, waiting: length('_connectionQueue') }
}

export const isDuplicate = (error: unknown): boolean => hasCode(error, 'ER_DUP_ENTRY')

/** Others were in the way: a deadlock, or a row that changed since the transaction began. */
const passing = ['ER_LOCK_DEADLOCK', 'ER_CHECKREAD']

const attempts = 8
const pauseMs = 4

/** Retries deadlocks; read committed, so that who waited for a lock sees what was written. */
export async function transact<T>(db: Db, verb: (tx: Transaction) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction((tx) => bumpAfter(tx, verb), { isolationLevel: 'read committed' })
    } catch (error) {
      if (attempt === attempts || !hasCode(error, ...passing)) throw error
      await pauseAfter(attempt)
    }
  }
}

/** Copies of pages are of a version, and end in the transaction that changes what they show. */
async function bumpAfter<T>(tx: Transaction, verb: (tx: Transaction) => Promise<T>): Promise<T> {
  let isTouched = false
  const result = await verb(
    watchShown(tx, () => {
      isTouched = true
    }),
  )
  if (isTouched) await bumpShown(tx)
  return result
}

/** Of different lengths, or all who were in each other's way would meet again. */
const pauseAfter = (attempt: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.random() * pauseMs * 2 ** attempt))
