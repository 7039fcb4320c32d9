import { drizzle } from 'drizzle-orm/mysql2'
import mysql, { type Connection, type QueryOptions } from 'mysql2/promise'
import type { Db } from '../../src/db/connect'
import type { Turns, Worker } from './turns'

const settings =
  "SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = 0, sql_mode = 'STRICT_TRANS_TABLES,ONLY_FULL_GROUP_BY'"

/**
 * A worker's own way to the database: every statement is a step. A lock that is held is not waited
 * for, but tried again after the holder's transaction has ended, so that two transactions meet in
 * the same order in every run.
 */
export async function connectWorker(
  uri: string,
  worker: Worker,
  turns: Turns,
): Promise<{ db: Db; close: () => Promise<unknown> }> {
  const open = async () => {
    const connection = await mysql.createConnection({ uri })
    await connection.query(settings)
    return connection
  }
  const [single, inTransaction] = await Promise.all([open(), open()])
  const rollBack = async () => {
    await inTransaction.query('rollback')
    turns.unblock()
  }
  const queryOn = (connection: Connection) => (options: QueryOptions, values?: unknown[]) =>
    worker.step(async () => {
      const result = await connection.query(options, values)
      if (/^(commit|rollback)/.test(options.sql)) turns.unblock()
      return result
    }, rollBack)
  const pool = {
    query: queryOn(single),
    getConnection: async () => {
      // The transaction of a process that was killed ends with its connection.
      await rollBack()
      return { query: queryOn(inTransaction), release: () => {} }
    },
  }
  return {
    db: drizzle(pool as unknown as Connection) as unknown as Db,
    close: () => Promise.all([single.end(), inTransaction.end()]),
  }
}
