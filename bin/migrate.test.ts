import mysql from 'mysql2/promise'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { createDatabase } from './database/server'
import { migrate } from './migrate'

const server = inject('databaseUrl')
const name = `migrate_${process.pid}_${Date.now()}`

afterAll(async () => {
  const connection = await mysql.createConnection({ uri: server })
  await connection.query('drop database if exists ??', [name])
  await connection.end()
})

describe('migrating', () => {
  it('may run twice and side by side', async () => {
    const url = await createDatabase(server, name)
    await Promise.all([migrate(url), migrate(url), migrate(url)])
    await migrate(url)

    const connection = await mysql.createConnection({ uri: url })
    const [applied] = await connection.query<mysql.RowDataPacket[]>('select hash from __drizzle_migrations')
    const [indexes] = await connection.query<mysql.RowDataPacket[]>(
      "select distinct table_name as name from information_schema.statistics where table_schema = ? and index_type = 'FULLTEXT'",
      [name],
    )
    await connection.end()
    expect(new Set(applied.map(({ hash }) => hash)).size).toBe(applied.length)
    expect(applied.length).toBeGreaterThan(1)
    expect(indexes).toEqual([{ name: 'courses' }])
  })
})
