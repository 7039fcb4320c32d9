import { createWriteStream, existsSync } from 'node:fs'
import { rename, rm, stat } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type { Connection, FieldPacket } from 'mysql2/promise'
import packageJson from '../../package.json'
import { newId } from '../../src/ids'
import { readMigrations } from '../migrate/journal'
import { type Counts, format, type Header, leftOut, newestOf, type Table } from './format'
import { ownTables, readTables, rowsOrNone } from './tables'

export interface Backup {
  header: Header
  counts: Counts
  bytes: number
  /** Tables that no version of the product has made. */
  foreign: string[]
  /** Only a newer version than this one can restore it. */
  isNewer: boolean
}

/** Before a table is read. */
export type Reached = (table: string) => Promise<void>

/** Refuses to write over a file; the caller holds the migration lock, so definitions stay. */
export async function writeBackup(
  connection: Connection,
  file: string,
  reached: Reached = async () => {},
): Promise<Backup> {
  refuseExisting(file)
  const header = await readHeader(connection)
  const newest = Math.max(...readMigrations().map(({ when }) => when))
  const all = (await readTables(connection)).filter(({ table }) => !leftOut.includes(table))
  if (!all.some(({ table }) => table === 'settings'))
    throw new Error('The database is older than what can be restored: run npm run migrate first.')
  // In a database of another version a table that we do not know may well be the product's.
  const isForeign = ({ table }: Table) => newestOf(header) === newest && !ownTables.includes(table)
  const counts: Counts = {}
  const part = `${file}.part`
  await rm(part, { force: true })
  try {
    await beginSnapshot(connection)
    const tables = all.filter((one) => !isForeign(one))
    const lines = linesOf(connection, header, { tables, counts, reached })
    const target = createWriteStream(part, { flags: 'wx', mode: 0o600, flush: true })
    await pipeline(inChunks(lines), createGzip(), target)
    refuseExisting(file)
    await rename(part, file)
  } catch (error) {
    // What the server would still send is not waited for.
    connection.destroy()
    await rm(part, { force: true })
    throw error
  }
  const foreign = all.filter(isForeign).map(({ table }) => table)
  return { header, counts, foreign, isNewer: newestOf(header) > newest, bytes: (await stat(file)).size }
}

function refuseExisting(file: string): void {
  if (existsSync(file)) throw new Error(`${file} exists already: a backup writes over nothing.`)
}

async function readHeader(connection: Connection): Promise<Header> {
  const applied = await rowsOrNone(
    connection,
    'select hash, created_at as createdAt from __drizzle_migrations order by created_at',
  )
  const half = await rowsOrNone(connection, 'select tag from __migration_progress')
  if (half.length > 0)
    throw new Error(`Migration ${half[0]?.tag} is half applied: npm run migrate goes on with it.`)
  const tags = new Map(readMigrations().map(({ when, tag }) => [when, tag]))
  const migrations = applied.map(({ hash, createdAt }) => {
    const when = Number(createdAt)
    return { when, hash: String(hash), tag: tags.get(when) }
  })
  if (migrations.length === 0) throw new Error('There is nothing in this database to back up.')
  const made = { backup: 'codecrafters-lms' as const, format, id: newId(), version: packageJson.version }
  return { ...made, at: new Date(), migrations }
}

/** Every table as it is at this moment, however long reading takes. */
async function beginSnapshot(connection: Connection): Promise<void> {
  const unlimited = '/*M!100000 , max_statement_time = 0 */ /*!80000 , max_execution_time = 0 */'
  await connection.query(`set session time_zone = '+00:00', net_write_timeout = 3600 ${unlimited}`)
  await connection.query('set session transaction isolation level repeatable read')
  await connection.query('start transaction with consistent snapshot, read only')
}

interface Reading {
  tables: Table[]
  counts: Counts
  reached: Reached
}

async function* linesOf(
  connection: Connection,
  header: Header,
  { tables, counts, reached }: Reading,
): AsyncGenerator<unknown> {
  yield header
  for (const table of tables) {
    await reached(table.table)
    yield table
    counts[table.table] = 0
    for await (const row of streamRows(connection, table)) {
      yield row
      counts[table.table] = (counts[table.table] ?? 0) + 1
    }
  }
  yield { counts }
}

type Field = FieldPacket & { string(encoding: string): string | null; buffer(): Buffer | null }

/** As text, so that no number, moment or JSON is changed on its way. */
function streamRows(connection: Connection, { table, columns, binary }: Table): Readable {
  const query = {
    sql: `select ${columns.map((name) => connection.escapeId(name)).join(', ')} from ${connection.escapeId(table)}`,
    rowsAsArray: true,
    typeCast: (field: Field) =>
      binary.includes(field.name) ? (field.buffer()?.toString('base64') ?? null) : field.string('utf8'),
  }
  const plain = Reflect.get(connection, 'connection')
  return plain.query(query).stream({ highWaterMark: 200 })
}

const chunkLength = 64 * 1024

async function* inChunks(lines: AsyncIterable<unknown>): AsyncGenerator<string> {
  let chunk = ''
  for await (const line of lines) {
    chunk += `${JSON.stringify(line)}\n`
    if (chunk.length < chunkLength) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}
