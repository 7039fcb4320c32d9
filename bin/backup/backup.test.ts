import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { backup } from '../backup'
import { createDatabase } from '../database/server'
import { migrate } from '../migrate'
import { applyMigrations } from '../migrate/apply'
import { readMigrations } from '../migrate/journal'
import { withMigrationLock } from '../migrate/lock'
import { restore, type Step } from '../restore'
import { writeBackup } from './write'

const server = inject('databaseUrl')
const folder = mkdtempSync(join(tmpdir(), 'lms-backup-'))
const made: string[] = []
async function ask<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await mysql.createConnection({ uri: url, dateStrings: true })
  try {
    return await work(connection)
  } finally {
    await connection.end()
  }
}
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
const said = async (work: (print: (line: string) => void) => Promise<void>): Promise<string> => {
  const lines: string[] = []
  await work((line) => lines.push(line))
  return lines.join('\n')
}
const backUp = (url: string, file = newFile()) => backup([file], url, () => {}).then(() => file)
const restoreTo = (url: string, file: string, tell?: (step: Step, connection: Connection) => void) =>
  said((print) => restore(file, url, { print, tell }))
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error) => `${error.message}: ${error.cause?.message}`,
  )
const linesIn = (file: string): string[] => gunzipSync(readFileSync(file)).toString().trim().split('\n')
const changed = (file: string, change: (lines: string[]) => string[]): string => {
  const other = newFile()
  writeFileSync(other, gzipSync(`${change(linesIn(file)).join('\n')}\n`))
  return other
}

const [newest, ...older] = readMigrations().toReversed()
const before = older[0]

const userId = '01930000-0000-7000-8000-000000000001'
/** One of each kind of value, and what needs care on its way. */
const words = `O'Brien \\ "quoted" \n\t\0 – 😀 ' or '1'='1`
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
    for (const table of ['users', 'audit_events', 'password_reset_requests', 'sessions', 'jobs', 'settings'])
      rows[table] = (
        await connection.query({
          sql: `select * from ${table} order by 1`,
          supportBigNumbers: true,
          bigNumberStrings: true,
        })
      )[0]
    return rows as Record<string, RowDataPacket[]>
  })

describe('a backup', () => {
  it('brings every value back as it was, but no session, and leaves the site in quarantine', async () => {
    const { url, file } = await source()
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(existsSync(`${file}.part`)).toBe(false)
    const target = await fresh()
    const steps: string[] = []
    const lines = await restoreTo(target, file, (step) => steps.push(step))
    expect(lines).toMatch(
      /reconcile -- payments --since \d{4}-\d\d-\d\d[\s\S]*reconcile -- videos[\s\S]*--release/,
    )
    expect(steps).toContain('table users')
    const { settings, ...rows } = await rowsIn(target)
    const { settings: _, ...were } = await rowsIn(url)
    expect(rows).toEqual({ ...were, sessions: [] })
    expect(rows.users?.[0]?.name).toBe(words)
    expect(rows.password_reset_requests?.[0]?.last_reset).toBe('9007199254740993')
    expect(settings?.map(({ name }) => name)).toEqual(['quarantine'])
  })

  it('writes over nothing, and leaves nothing behind when it fails', async () => {
    const { url, file } = await source()
    const first = readFileSync(file)
    expect(await refusal(backUp(url, file))).toContain('exists already')
    expect(readFileSync(file)).toEqual(first)
    const nowhere = join(folder, 'no-such-folder', 'file.gz')
    expect(await refusal(backUp(url, nowhere))).toContain('ENOENT')
    const empty = await fresh()
    const none = newFile()
    expect(await refusal(backUp(empty, none))).toContain('nothing in this database')
    expect([existsSync(none), existsSync(`${none}.part`)]).toEqual([false, false])
    await expect(backup([], url, () => {})).rejects.toThrow('Usage')
    await expect(backup(['a', 'b'], url, () => {})).rejects.toThrow('Usage')
  })

  it('takes the place of one that was killed', async () => {
    const { url } = await source()
    const file = newFile()
    writeFileSync(`${file}.part`, 'half', { mode: 0o644 })
    await backUp(url, file)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(linesIn(file).at(-1)).toContain('"counts"')
  })

  it('is of one moment, whatever is written while it is read', async () => {
    const { url } = await source()
    const file = newFile()
    const other = userId.replace(/1$/, '2')
    const write = (table: string) =>
      table === 'audit_events'
        ? ask(url, async (own) => {
            await own.query("insert into users (id, name, email) values (?, 'Too late', 'late@b')", [other])
            await own.query('update password_reset_requests set count = 99')
          })
        : Promise.resolve()
    await withMigrationLock(url, (connection) => writeBackup(connection, file, write))
    expect(linesIn(file).filter((line) => /Too late|"99"/.test(line))).toEqual([])
    const after = await backUp(url)
    expect(linesIn(after).filter((line) => /Too late|"99"/.test(line))).toHaveLength(2)
    await ask(url, (own) => own.query('delete from users where id = ?', [other]))
  })

  it('leaves out what is not of the product, and says so; waits for no half migration', async () => {
    const { url } = await source()
    await ask(url, (own) => own.query('create table heartbeat (at int)'))
    const file = newFile()
    expect(await said((print) => backup([file], url, print))).toContain('belong to something else: heartbeat')
    expect(linesIn(file).join()).not.toContain('heartbeat')
    await ask(url, (own) => own.query("insert into __migration_progress values ('0009_next', 1, 2, 'hash')"))
    expect(await refusal(backUp(url))).toContain('0009_next is half applied')
    await ask(url, (own) => own.query('delete from __migration_progress'))
    await ask(url, (own) => own.query('drop table heartbeat'))
    // As the versions before left it.
    await ask(url, (own) => own.query('drop table __migration_progress'))
    await backUp(url)
  })
})

describe('a restore', () => {
  it('brings bytes back as they were, and lets the database compute what it computes', async () => {
    const { url } = await source()
    const target = await migrated()
    const change = 'alter table categories add raw varbinary(9), add twice int as (length(name) * 2)'
    for (const one of [url, target]) await ask(one, (own) => own.query(change))
    const raw = Buffer.from([0, 255, 39, 92, 10, 200])
    await ask(url, (own) =>
      own.query(
        "insert into categories (id, name, slug, raw) values ('one', 'Web', 'web', ?), ('two', 'App', 'app', null)",
        [raw],
      ),
    )
    await restoreTo(target, await backUp(url))
    const [rows] = await ask(target, (own) => own.query('select raw, twice from categories order by id'))
    expect(rows).toEqual([
      { raw, twice: 6 },
      { raw: null, twice: 6 },
    ])
    await ask(url, async (own) => {
      await own.query('delete from categories')
      await own.query('alter table categories drop raw, drop twice')
    })
  })

  it('refuses a database that holds anything of anybody, and ignores what a site writes by itself', async () => {
    const { url, file } = await source()
    expect(await refusal(restoreTo(url, file))).toContain('not empty: there are rows in audit_events')
    const foreign = await fresh()
    await ask(foreign, (own) => own.query('create table mine (n int)'))
    await ask(foreign, (own) => own.query('insert into mine values (1)'))
    expect(await refusal(restoreTo(foreign, file))).toContain('rows in mine')
    const started = await migrated()
    await ask(started, async (own) => {
      await own.query("insert into settings values ('readiness', 'x', now(3)), ('clean-up', '', now(3))")
      await own.query("insert into limits values ('key', 1, now(3))")
      await own.query(
        "insert into jobs (id, kind, payload, run_at) values ('job', 'reconcile-payments', '{}', now(3))",
      )
    })
    await restoreTo(started, file)
    const { users, jobs, settings } = await rowsIn(started)
    expect([users?.length, jobs?.length, settings?.map(({ name }) => name)]).toEqual([1, 0, ['quarantine']])
  })

  it('refuses in words what is cut short, damaged, of a newer version, or no backup', async () => {
    const { file } = await source()
    const target = await fresh()
    const cut = newFile()
    writeFileSync(cut, readFileSync(file).subarray(0, -20))
    const text = newFile()
    writeFileSync(text, 'hello')
    const change = (from: string | RegExp, to: string) =>
      changed(file, (lines) => lines.map((line) => line.replace(from, to)))
    const newer = change(
      /"migrations":\[/,
      '"migrations":[{"when":99999999999999,"hash":"h","tag":"0999_later"},',
    )
    for (const [bad, words] of [
      [cut, 'was cut short'],
      [text, 'is no backup'],
      [newFile(), 'There is no file'],
      [folder, 'EISDIR'],
      [changed(file, (lines) => lines.slice(0, -1)), 'its end is missing'],
      [changed(file, (lines) => lines.filter((line) => !line.includes('Brien'))), 'damaged'],
      [changed(file, (lines) => [...lines, '[]']), 'damaged at line'],
      [change('"table":"users"', '"table":7'), 'damaged at line'],
      [change('"backup":"codecrafters-lms"', '"backup":"other"'), 'no backup of this product'],
      [change('"format":1', '"format":2'), 'in a form that this version does not know'],
      [newer, '0999_later'],
    ] as const)
      expect(await refusal(restoreTo(target, bad))).toContain(words)
    expect(await ask(target, async (own) => (await own.query('show tables'))[0])).toEqual([])
  })

  it('takes an older version’s backup, which its migrations bring to this one', async () => {
    const old = await fresh()
    const upTo = '0006_google_address'
    await withMigrationLock(old, (own) => applyMigrations(own, { upTo }))
    await ask(old, async (own) => {
      await own.query('set foreign_key_checks = 0')
      await own.query(
        "insert into purchases (id, user_id, course_id, price_paise, created_at) values ('p', 'u', 'c', 0, '2026-01-02')",
      )
    })
    const file = await backUp(old)
    // Into nothing, and into a database that is empty and of this version already.
    for (const target of [await fresh(), await migrated()]) {
      await restoreTo(target, file)
      const [rows] = await ask(target, (own) => own.query<RowDataPacket[]>('select source from purchases'))
      expect(rows).toEqual([{ source: 'joined' }])
      expect((await rowsIn(target)).settings?.map(({ name }) => name)).toEqual(['quarantine'])
    }
  })

  it('says why in the database’s words when a row is refused, and has loaded nothing', async () => {
    const { file } = await source()
    const bad = changed(file, (lines) => lines.map((line) => line.replace('"admin"', '"emperor"')))
    const target = await fresh()
    expect(await refusal(restoreTo(target, bad))).toMatch(/rows of users could not be loaded.*users_role/)
    expect((await rowsIn(target)).audit_events).toEqual([])
    expect(await restoreTo(target, file)).toContain('quarantine')
  })

  it('can be killed anywhere and done again', async () => {
    const old = await fresh()
    await withMigrationLock(old, (own) => applyMigrations(own, { upTo: before?.tag }))
    await fill(old)
    const file = await backUp(old)
    const target = await fresh()
    const ends: Step[] = ['schema', 'table audit_events', 'table webhook_events', 'rows', 'migrated']
    for (const end of ends) {
      const kill = (step: Step, connection: Connection) => {
        if (step !== end) return
        connection.destroy()
        throw new Error('killed')
      }
      expect([end, await refusal(restoreTo(target, file, kill))]).toEqual([end, 'killed: undefined'])
    }
    expect(await restoreTo(target, file)).toContain('goes on')
    const { users, settings } = await rowsIn(target)
    expect([users?.length, settings?.length]).toEqual([1, 1])
    const [applied] = await ask(target, (own) =>
      own.query<RowDataPacket[]>('select max(created_at) as newest from __drizzle_migrations'),
    )
    expect(applied).toEqual([{ newest: newest?.when }])
  })
})
