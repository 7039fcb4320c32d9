import type { Connection, RowDataPacket } from 'mysql2/promise'
import { parseJson } from '../../src/json'
import { QuarantineNote, quarantineName } from '../../src/models/quarantine'
import { readMigrations } from '../migrate/journal'
import { findNewestApplied } from '../migrate/progress'
import { bookkeeping } from './format'
import { ownTables, rowsOrNone } from './tables'

/** What a site writes before anybody has come. */
const unowned: Record<string, string> = {
  settings: "name in ('readiness', 'clean-up')",
  jobs: "kind = 'reconcile-payments'",
  limits: 'true',
}

/** Refuses a database that holds anything of anybody, whatever table that is. */
export async function refuseFilled(connection: Connection): Promise<void> {
  for (const table of await listTables(connection)) {
    if (bookkeeping.includes(table)) continue
    const text = `select 1 from ?? where not (${unowned[table] ?? 'false'}) limit 1`
    const [rows] = await connection.query<RowDataPacket[]>(text, [table])
    if (rows.length > 0)
      throw new Error(
        `The database is not empty: there are rows in ${table}. Restore into a new database (CREATE DATABASE) and let DATABASE_URL name that.`,
      )
  }
}

/** So that nothing is there twice. */
export async function deleteUnowned(connection: Connection): Promise<void> {
  for (const [table, isUnowned] of Object.entries(unowned))
    await connection.query(`delete from ?? where ${isUnowned}`, [table])
}

/** An empty database that is migrated further than the backup begins anew: only so do the migrations between change the rows, too. */
export async function beginAnew(connection: Connection, backupNewest: number): Promise<void> {
  if (!(await isAhead(connection, backupNewest))) return
  const there = await listTables(connection)
  const own = [...ownTables, '__migration_progress'].filter((table) => there.includes(table))
  await connection.query('set session foreign_key_checks = 0')
  for (const table of own) await connection.query('drop table ??', [table])
  // Last: should this be cut short, the next restore sees again that it has to begin anew.
  await connection.query('drop table __drizzle_migrations')
  await connection.query('set session foreign_key_checks = 1')
}

async function isAhead(connection: Connection, backupNewest: number): Promise<boolean> {
  if ((await findNewestApplied(connection)) > backupNewest) return true
  const younger = readMigrations().filter(({ when }) => when > backupNewest)
  const half = await rowsOrNone(connection, 'select tag from __migration_progress')
  return half.some(({ tag }) => younger.some((one) => one.tag === tag))
}

/** Whether an earlier restore of the same backup has come so far that all rows are here. */
export async function isLoaded(connection: Connection, backupId: string): Promise<boolean> {
  const text = `select value from settings where name = '${quarantineName}'`
  const [row] = await rowsOrNone(connection, text)
  return QuarantineNote.safeParse(parseJson(row?.value ?? '')).data?.backupId === backupId
}

async function listTables(connection: Connection): Promise<string[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    "select table_name as name from information_schema.tables where table_schema = database() and table_type = 'BASE TABLE' order by table_name",
  )
  return rows.map(({ name }) => String(name))
}
