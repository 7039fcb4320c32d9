import type { Connection, ResultSetHeader, RowDataPacket } from 'mysql2/promise'
import { hasCode } from '../../src/errors'
import type { Migration } from './journal'

/** How far a migration has come: `started` is one ahead of `done` while a statement runs. */
export interface Progress {
  done: number
  started: number
  /** Of the statements that are done. */
  hash: string
}

export async function prepareProgress(connection: Connection): Promise<void> {
  await connection.query(
    'create table if not exists __drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  )
  await connection.query(
    'create table if not exists __migration_progress (tag varchar(100) character set ascii collate ascii_bin not null primary key, done int unsigned not null, started int unsigned not null, hash char(64) character set ascii collate ascii_bin not null)',
  )
}

/** Zero when nothing was ever applied. */
export async function findNewestApplied(connection: Connection): Promise<number> {
  const text = 'select max(created_at) as newest from __drizzle_migrations'
  const rows = await rowsOrNone(connection, text)
  return Number(rows[0]?.newest ?? 0)
}

export async function findProgress(connection: Connection, tag: string): Promise<Progress | undefined> {
  const text = 'select done, started, hash from __migration_progress where tag = ?'
  const rows = await rowsOrNone(connection, text, [tag])
  return rows[0] as Progress | undefined
}

export async function keepProgress(connection: Connection, tag: string, progress: Progress): Promise<void> {
  const { done, started, hash } = progress
  const values = [done, started, hash]
  const text = 'update __migration_progress set done = ?, started = ?, hash = ? where tag = ?'
  const [changed] = await connection.query<ResultSetHeader>(text, [...values, tag])
  if (changed.affectedRows === 0)
    await connection.query(
      'insert into __migration_progress (done, started, hash, tag) values (?, ?, ?, ?)',
      [...values, tag],
    )
}

export async function keepApplied(connection: Connection, { tag, hash, when }: Migration): Promise<void> {
  await connection.beginTransaction()
  await connection.query('insert into __drizzle_migrations (hash, created_at) values (?, ?)', [hash, when])
  await connection.query('delete from __migration_progress where tag = ?', [tag])
  await connection.commit()
}

async function rowsOrNone(connection: Connection, text: string, values: unknown[] = []) {
  try {
    const [rows] = await connection.query<RowDataPacket[]>(text, values)
    return rows
  } catch (error) {
    if (hasCode(error, 'ER_NO_SUCH_TABLE')) return []
    throw error
  }
}
