import type { Connection, RowDataPacket } from 'mysql2/promise'
import { quarantineName } from '../../src/models/quarantine'
import { deleteUnowned } from './empty'
import type { Counts, Header, Row, Table } from './format'
import { readBackup } from './read'
import { readTables } from './tables'

/** In characters; a statement stays far below what any server takes. */
const batchLength = 256 * 1024

/** All rows and the quarantine in one transaction, or nothing; `tell` hears of each table. */
export async function loadBackup(
  connection: Connection,
  file: string,
  tell: (table: string) => void,
): Promise<Counts> {
  const names = new Set((await readTables(connection)).map(({ table }) => table))
  await connection.query(
    "set session time_zone = '+00:00', foreign_key_checks = 0, sql_mode = 'STRICT_TRANS_TABLES,NO_AUTO_VALUE_ON_ZERO'",
  )
  await connection.query('start transaction')
  try {
    await deleteUnowned(connection)
    const batch = new Batch(connection)
    const { header, counts } = await readBackup(file, {
      table: async (table) => {
        await batch.begin(table)
        tell(table.table)
        if (!names.has(table.table))
          throw new Error(`The backup has a table ${table.table}, and no migration of this version makes it.`)
      },
      row: (row) => batch.add(row),
    })
    await batch.write()
    await compareCounts(connection, counts)
    await beginQuarantine(connection, header)
    await connection.query('commit')
    return counts
  } catch (error) {
    await connection.query('rollback').catch(() => connection.destroy())
    throw error
  } finally {
    await connection
      .query('set session foreign_key_checks = 1, sql_mode = default, time_zone = default')
      .catch(() => {})
  }
}

class Batch {
  private rows: (string | Buffer | null)[][] = []
  private length = 0
  private table: Table | undefined
  private binary: number[] = []

  constructor(private readonly connection: Connection) {}

  async begin(table: Table): Promise<void> {
    await this.write()
    this.table = table
    this.binary = table.binary.map((name) => table.columns.indexOf(name))
  }

  add(row: Row): Promise<void> | undefined {
    const values: (string | Buffer | null)[] = row
    for (const at of this.binary) values[at] = row[at] == null ? null : Buffer.from(row[at], 'base64')
    this.rows.push(values)
    for (const value of row) this.length += value?.length ?? 0
    return this.length < batchLength && this.rows.length < 1000 ? undefined : this.write()
  }

  async write(): Promise<void> {
    if (!this.table || this.rows.length === 0) return
    const { table, columns } = this.table
    try {
      await this.connection.query('insert into ?? (??) values ?', [table, columns, this.rows])
    } catch (error) {
      throw new Error(`The rows of ${table} could not be loaded, so nothing was`, { cause: error })
    }
    this.rows = []
    this.length = 0
  }
}

/** Whoever uses the site already would mix its rows with these. */
async function compareCounts(connection: Connection, counts: Counts): Promise<void> {
  for (const [table, n] of Object.entries(counts)) {
    const [[row]] = await connection.query<RowDataPacket[]>('select count(*) as n from ??', [table])
    if (Number(row?.n) !== n)
      throw new Error(
        `${table} has ${row?.n} rows instead of ${n}, so nothing was loaded: stop the site while its database is restored.`,
      )
  }
}

async function beginQuarantine(connection: Connection, { id, at }: Header): Promise<void> {
  const text = 'select cast(max(created_at) as char) as newest from jobs'
  const [[jobs]] = await connection.query<RowDataPacket[]>(text)
  const newest = jobs?.newest ? new Date(`${jobs.newest}Z`) : at
  // The clocks of the site and of who made the backup are not one.
  const jobsUpTo = newest > at ? newest : at
  const value = JSON.stringify({ backupId: id, backupAt: at, jobsUpTo })
  await connection.query('replace into settings (name, value, changed_at) values (?, ?, utc_timestamp(3))', [
    quarantineName,
    value,
  ])
}
