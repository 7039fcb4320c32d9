import { readFileSync, writeFileSync } from 'node:fs'
import type { Connection, RowDataPacket } from 'mysql2/promise'
import { describe, expect, it } from 'vitest'
import { ask, backupFiles, refusal } from '../../test/backups'
import { applyMigrations } from '../migrate/apply'
import { readMigrations } from '../migrate/journal'
import { withMigrationLock } from '../migrate/lock'
import type { Step } from '../restore'

const { folder, fresh, migrated, newFile, backUp, restoreTo, changed, fill, source, rowsIn } = backupFiles()

const [newest, ...older] = readMigrations().toReversed()
const before = older[0]

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
