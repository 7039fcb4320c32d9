import { sql } from 'drizzle-orm'
import { describe, expect, inject, it } from 'vitest'
import { appOnALine } from '../../test/database-line'
import { doctorWorld } from '../../test/doctor'
import { until } from '../../test/until'
import { createDatabase } from '../database/server'
import { checkMode, checkTls, checkVersion, checkWrites } from './database'
import { checkDisk, checkOrigin } from './site'

const { world, examined, wrongIn, expectWrong } = doctorWorld()

describe('of the site the doctor says', () => {
  it('that strangers do not reach it', async () => {
    const nobody = { APP_ORIGIN: 'http://localhost:1' }
    const found = async () => wrongIn(await examined(nobody)).join('\n')
    await until(async () => /Site: reachable: http:\/\/localhost:1 does not answer/.test(await found()))
  })
  it('that somebody else answers there', async () => {
    const found = async () => wrongIn(await examined({ APP_ORIGIN: world.sandbox.origin })).join('\n')
    await until(async () => /Site: reachable: something else than this site answers/.test(await found()))
  })
  it('that a public one needs https', () => {
    const origin = (APP_ORIGIN: string) => checkOrigin({ ...world.services.config, APP_ORIGIN }).verdict
    expect(['http://learn.example.com', 'https://learn.example.com'].map(origin)).toEqual(['wrong', 'ok'])
  })
  it('that a disk takes no write', async () => {
    expect(await checkDisk('/proc')).toMatchObject({
      verdict: 'wrong',
      mend: expect.stringContaining('/proc'),
    })
    expect(await checkDisk()).toMatchObject({ verdict: 'ok' })
  })
})

describe('of the database the doctor says', () => {
  it('that it does not answer', () =>
    expectWrong({ DATABASE_URL: 'mysql://a:b@127.0.0.1:1/x' }, /^Database: answers: .*ECONNREFUSED/))

  it('that it is not migrated', async () => {
    const url = await createDatabase(
      inject('databaseUrl'),
      `doctor_${crypto.randomUUID().replaceAll('-', '')}`,
    )
    await expectWrong({ DATABASE_URL: url }, /^Database: migrations: \d+ to apply/)
  })

  it('that the index of the search is gone, and that a column cannot hold every letter', async () => {
    const { db } = world.services
    await db.execute(sql`alter table categories modify name varchar(100) character set latin1 not null`)
    await expectWrong({}, /^Database: charset: 1 columns/)
    await db.execute(
      sql`alter table categories modify name varchar(100) character set utf8mb4 collate utf8mb4_unicode_520_ci not null`,
    )
    const [rows] = await db.execute(
      sql`select distinct table_name as place, index_name as name from information_schema.statistics
        where table_schema = database() and index_type = 'FULLTEXT'`,
    )
    for (const { place, name } of rows as unknown as Record<string, string>[])
      await db.execute(sql.raw(`drop index ${name} on ${place}`))
    await expectWrong({}, /^Database: FULLTEXT: the index of the search is missing/)
  })

  it('that a cache answers for it', async () => {
    const line = appOnALine(world, { cacheSeconds: 60 })
    expect(await checkWrites(line.db)).toMatchObject({
      verdict: 'wrong',
      mend: expect.stringContaining('hyperdrive'),
    })
    await line.close()
  })

  it('that it is too old, open to all on the way, or lax', () => {
    const verdict = (version: string) => checkVersion({ version }).verdict
    expect(['8.0.36', '10.6.12-MariaDB', '5.7.1'].map(verdict)).toEqual(['wrong', 'wrong', 'wrong'])
    expect(['8.4.0', '9.1.0', '10.11.6-MariaDB-0+deb12u1', '11.4.2-MariaDB'].map(verdict)).toEqual(
      Array(4).fill('ok'),
    )
    expect(checkTls('', 'db.example.com').verdict).toBe('wrong')
    expect(checkTls('TLS_AES_256_GCM_SHA384', 'db.example.com').verdict).toBe('ok')
    expect(checkMode({ mode: 'NO_ENGINE_SUBSTITUTION' }).verdict).toBe('wrong')
    expect(checkMode({ mode: 'STRICT_TRANS_TABLES' }).verdict).toBe('ok')
  })
})
