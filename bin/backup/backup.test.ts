import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ask, backupFiles, linesIn, refusal, said, userId, words } from '../../test/backups'
import { backup } from '../backup'
import { withMigrationLock } from '../migrate/lock'
import { writeBackup } from './write'

const { folder, fresh, newFile, backUp, restoreTo, source, rowsIn } = backupFiles()

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
