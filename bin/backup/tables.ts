import { getTableName, is } from 'drizzle-orm'
import { MySqlTable } from 'drizzle-orm/mysql-core'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import * as schema from '../../src/db/schema'
import { hasCode } from '../../src/errors'
import { bookkeeping, type Table } from './format'

const binaryTypes = /^(tiny|medium|long)?blob$|^(var)?binary$|^bit$/

/** What the database computes by itself is in no table's columns; the bookkeeping is left out. */
export async function readTables(connection: Connection): Promise<Table[]> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `select c.table_name as tableName, c.column_name as columnName, c.data_type as dataType
     from information_schema.columns c
     join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
     where c.table_schema = database() and t.table_type = 'BASE TABLE'
       and coalesce(c.generation_expression, '') = ''
     order by c.table_name, c.ordinal_position`,
  )
  const tables = new Map<string, Table>()
  for (const { tableName, columnName, dataType } of rows) {
    if (bookkeeping.includes(tableName)) continue
    const table: Table = tables.get(tableName) ?? { table: tableName, columns: [], binary: [] }
    table.columns.push(columnName)
    if (binaryTypes.test(dataType)) table.binary.push(columnName)
    tables.set(tableName, table)
  }
  return [...tables.values()]
}

/** Tables of this version, by their names in the database. */
export const ownTables: string[] = Object.values(schema).flatMap((one) =>
  is(one, MySqlTable) ? getTableName(one) : [],
)

/** None, too, where there is no such table yet. */
export async function rowsOrNone(connection: Connection, text: string): Promise<RowDataPacket[]> {
  try {
    return (await connection.query<RowDataPacket[]>(text))[0]
  } catch (error) {
    if (hasCode(error, 'ER_NO_SUCH_TABLE')) return []
    throw error
  }
}
