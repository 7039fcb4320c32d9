import mysql, { type RowDataPacket } from 'mysql2/promise'
import { expect, inject, it } from 'vitest'
import { newId } from '../../src/ids'
import { createDatabase } from '../database/server'
import { migrate } from '../migrate'
import { applyMigrations } from './apply'
import { withMigrationLock } from './lock'

it('Who is an administrator before the upgrade has been one since the upgrade', async () => {
  const name = `drill_${crypto.randomUUID().replaceAll('-', '')}`
  const url = await createDatabase(inject('databaseUrl'), name)
  await withMigrationLock(url, (own) => applyMigrations(own, { upTo: '0008_order_checked' }))
  const own = await mysql.createConnection({ uri: url, timezone: 'Z' })
  for (const role of ['admin', 'student'])
    await own.query('insert into users (id, name, email, role, created_at) values (?, ?, ?, ?, ?)', [
      ...[newId(), role, `${role}@example.com`, role, '2026-01-02'],
    ])
  await migrate(url)
  const [rows] = await own.query<RowDataPacket[]>('select role, admin_since from users order by role')
  expect(rows.map(({ role }) => role)).toEqual(['admin', 'student'])
  const [admin, student] = rows.map(({ admin_since }) => admin_since as Date | null)
  expect(Math.abs(Date.now() - (admin?.getTime() ?? 0))).toBeLessThan(60_000)
  expect(student).toBeNull()
  await own.query('drop database ??', [name])
  await own.end()
})
