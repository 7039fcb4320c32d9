import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise'
import { afterAll, inject } from 'vitest'
import { backup } from '../bin/backup'
import { createDatabase } from '../bin/database/server'
import { migrate } from '../bin/migrate'
import { restore, type Step } from '../bin/restore'

export const userId = '01930000-0000-7000-8000-000000000001'
/** One of each kind of value, and what needs care on its way. */
export const words = `O'Brien \\ "quoted" \n\t\0 – 😀 ' or '1'='1`

export async function ask<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await mysql.createConnection({ uri: url, dateStrings: true })
  try {
    return await work(connection)
  } finally {
    await connection.end()
  }
}

export const said = async (work: (print: (line: string) => void) => Promise<void>): Promise<string> => {
  const lines: string[] = []
  await work((line) => lines.push(line))
  return lines.join('\n')
}

export const refusal = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'done',
    (error) => `${error.message}: ${error.cause?.message}`,
  )

export const linesIn = (file: string): string[] =>
  gunzipSync(readFileSync(file)).toString().trim().split('\n')

/** Databases and files of a test file about backups, which go with it. */
export function backupFiles() {
  const server = inject('databaseUrl')
  const folder = mkdtempSync(join(tmpdir(), 'lms-backup-'))
  const made: string[] = []
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await ask(server, async (connection) => {
      for (const name of made) await connection.query('drop database if exists ??', [name])
    })
  })
  const fresh = () => {
    const name = `backup_${crypto.randomUUID().replaceAll('-', '')}`
    made.push(name)
    return createDatabase(server, name)
  }
  async function migrated(): Promise<string> {
    const url = await fresh()
    await migrate(url)
    return url
  }
  const newFile = () => join(folder, `${crypto.randomUUID()}.gz`)
  const backUp = (url: string, file = newFile()) => backup([file], url, () => {}).then(() => file)
  const restoreTo = (url: string, file: string, tell?: (step: Step, connection: Connection) => void) =>
    said((print) => restore(file, url, { print, tell }))
  const changed = (file: string, change: (lines: string[]) => string[]): string => {
    const other = newFile()
    writeFileSync(other, gzipSync(`${change(linesIn(file)).join('\n')}\n`))
    return other
  }

  const fill = (url: string) =>
    ask(url, async (connection) => {
      await connection.query("set time_zone = '+00:00'")
      await connection.query(
        "insert into users (id, name, email, role, email_verified_at, created_at) values (?, ?, 'josé@example.com', 'admin', '2026-01-02 03:04:05.678', '1999-12-31 23:59:59.999')",
        [userId, words],
      )
      await connection.query(
        "insert into sessions (id, token_hash, user_id, device, expires_at, last_seen_at) values (?, 'hash', ?, 'd', '2030-01-01', '2026-01-01')",
        [userId, userId],
      )
      await connection.query(
        "insert into audit_events (id, actor_id, action, subject_type, subject_id, details) values (?, ?, 'x', 'user', 'y', ?)",
        [userId, userId, JSON.stringify({ paise: 49_900, words })],
      )
      await connection.query(
        "insert into password_reset_requests (id, email, count, last_reset) values (?, 'a@b', 2, 9007199254740993)",
        [userId],
      )
    })
  let whole: Promise<{ url: string; file: string }> | undefined
  /** One filled database and its backup, for all tests that only read them. */
  const source = () => {
    whole ??= (async () => {
      const url = await migrated()
      await fill(url)
      return { url, file: await backUp(url) }
    })()
    return whole
  }
  const rowsIn = (url: string) =>
    ask(url, async (connection) => {
      const rows: Record<string, unknown> = {}
      for (const table of [
        'users',
        'audit_events',
        'password_reset_requests',
        'sessions',
        'jobs',
        'settings',
      ])
        rows[table] = (
          await connection.query({
            sql: `select * from ${table} order by 1`,
            supportBigNumbers: true,
            bigNumberStrings: true,
          })
        )[0]
      return rows as Record<string, RowDataPacket[]>
    })
  return { folder, fresh, migrated, newFile, backUp, restoreTo, changed, fill, source, rowsIn }
}
