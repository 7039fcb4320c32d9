import mysql, { type Connection, type RowDataPacket } from 'mysql2/promise'
import { afterAll, describe, expect, inject, it } from 'vitest'
import { tellSoak } from '../../test/soak-log'
import { createDatabase } from '../database/server'
import { migrate, migrationStatus } from '../migrate'
import { applyMigrations, type Step } from './apply'
import { readMigrations } from './journal'
import { withMigrationLock } from './lock'

const server = inject('databaseUrl')
const made: string[] = []
const fresh = () => {
  const name = `drill_${crypto.randomUUID().replaceAll('-', '')}`
  made.push(name)
  return createDatabase(server, name)
}
async function ask<T>(url: string, work: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await mysql.createConnection({ uri: url, dateStrings: true })
  try {
    return await work(connection)
  } finally {
    await connection.end()
  }
}
afterAll(() =>
  ask(server, async (connection) => {
    for (const name of made) await connection.query('drop database if exists ??', [name])
  }),
)

/** As a machine that loses its power: nothing is said to the server any more. */
const runUntil = (url: string, isEnd: (step: Step) => boolean): Promise<string> =>
  withMigrationLock(url, async (connection) => {
    const tell = (step: Step) => {
      if (!isEnd(step)) return
      connection.destroy()
      throw new Error('killed')
    }
    return applyMigrations(connection, { tell }).then(
      () => 'done',
      () => 'killed',
    )
  })

const tables = ['columns', 'statistics', 'table_constraints', 'referential_constraints', 'check_constraints']
/** Everything that the server knows of the schema, and the rows that migrations have changed. */
const shapeOf = (url: string) =>
  ask(url, async (connection) => {
    const shape: Record<string, string[]> = {}
    for (const table of tables) {
      const column = table === 'columns' || table === 'statistics' ? 'table_schema' : 'constraint_schema'
      const text = `select * from information_schema.${table} where ${column} = database()`
      const [rows] = await connection.query<RowDataPacket[]>(text)
      const name = new URL(url).pathname.slice(1)
      shape[table] = rows
        .map((row) => JSON.stringify({ ...row, CARDINALITY: 0 }).replaceAll(name, 'this'))
        .sort()
    }
    for (const table of ['purchases', 'payments']) {
      const [rows] = await connection.query<RowDataPacket[]>(`select * from ${table} order by id`)
      shape[table] = rows.map((row) => JSON.stringify(row))
    }
    return shape
  })

/** Sales as they were before payments had rows of their own. */
async function sellSomething(connection: Connection): Promise<void> {
  await connection.query(
    "insert into users (id, email, name, role, created_at) values ('u1', 'a@example.com', 'A', 'student', '2026-01-01'), ('u2', 'b@example.com', 'B', 'instructor', '2026-01-01')",
  )
  await connection.query("insert into categories (id, name, slug) values ('k', 'Testing', 'testing')")
  await connection.query(
    "insert into courses (id, slug, title, price_paise, owner_id, category_id, description, search_words, is_published, created_at, updated_at) values ('c', 'c', 'C', 49900, 'u2', 'k', '', '', 1, '2026-01-01', '2026-01-01')",
  )
  for (const n of [1, 2, 3])
    await connection.query(
      "insert into orders (id, user_id, course_id, razorpay_order_id, amount_paise, state, payment_id, paid_at, created_at, updated_at) values (?, 'u1', 'c', ?, 49900, 'paid', ?, '2026-01-02 03:04:05.678', '2026-01-02', '2026-01-02')",
      [`order-${n}`, `order_${n}`, `pay_${n}`],
    )
  for (const [n, order] of [
    [1, 'order-1'],
    [2, null],
  ])
    await connection.query(
      "insert into purchases (id, user_id, course_id, order_id, price_paise, created_at) values (?, ?, 'c', ?, 0, '2026-01-02')",
      [`purchase-${n}`, `u${n}`, order],
    )
}

const before = '0006_google_address'
const isAll = process.env.SOAK !== undefined
/** The same statements each time: about one of six, or all of them. */
const isChosen = ({ tag, statement }: Step) => isAll || (statement * 7 + tag.charCodeAt(3)) % 6 === 0

describe('a migration that is killed', () => {
  it('goes on after any statement, recorded or not, and ends as if nothing had been', async () => {
    const whole = await fresh()
    const broken = await fresh()
    await withMigrationLock(whole, (own) => applyMigrations(own, { upTo: before }))
    await ask(whole, sellSomething)
    await migrate(whole)

    const steps = readMigrations().flatMap(({ tag, statements }) =>
      statements.map((_, at) => ({ tag, statement: at + 1, of: statements.length })),
    )
    let kills = 0
    for (const { tag, statement, of } of steps) {
      for (const moment of ['started', 'executed', 'recorded'] as const) {
        const step = { tag, statement, of, moment }
        if (!isChosen(step)) continue
        const end = await runUntil(broken, (at) => JSON.stringify(at) === JSON.stringify(step))
        expect([step, end]).toEqual([step, 'killed'])
        kills += 1
      }
      if (tag !== before || statement !== of) continue
      await withMigrationLock(broken, (own) => applyMigrations(own, { upTo: before }))
      await ask(broken, sellSomething)
    }
    expect(kills).toBeGreaterThan(50)
    await migrate(broken)
    expect(await shapeOf(broken)).toEqual(await shapeOf(whole))
    expect((await shapeOf(broken)).payments).toHaveLength(3)
    tellSoak({ kills, statements: steps.length, 'of migrations': readMigrations().length })
  })

  it('is told by the status, which writes nothing', async () => {
    const url = await fresh()
    expect((await migrationStatus(url))[0]).toMatch(/^0000_schema +pending$/)
    expect(await ask(url, async (own) => (await own.query('show tables'))[0])).toEqual([])
    await runUntil(
      url,
      ({ tag, statement, moment }) => tag === '0004_course_slugs' && statement === 2 && moment === 'executed',
    )
    const lines = await migrationStatus(url)
    expect(lines[3]).toMatch(/^0003_teaching_requests +applied$/)
    expect(lines[4]).toMatch(/^0004_course_slugs +half applied: 1 of 3 statements$/)
    expect(lines.at(-1)).toMatch(/^\d+ to apply: npm run migrate/)
    await migrate(url)
    expect((await migrationStatus(url)).at(-1)).toBe('The database is up to date.')
  })

  it('takes for its own only what it was about to make, and says in the database’s words what is in the way', async () => {
    const url = await fresh()
    await ask(url, (own) => own.query('create table course_slugs (mine int)'))
    const failed = () =>
      migrate(url).then(
        () => 'done',
        (error) => `${error.message}: ${error.cause.message}`,
      )
    const words = "0004_course_slugs, statement 1 of 3: Table 'course_slugs' already exists"
    expect(await failed()).toBe(words)
    expect(await failed()).toBe(words)
    await ask(url, (own) => own.query('drop table course_slugs'))
    expect(await failed()).toBe('done')
  })

  it('finds nothing to do where the versions before have migrated', async () => {
    const url = await fresh()
    await migrate(url)
    await ask(url, (own) => own.query('drop table __migration_progress'))
    await migrate(url)
    expect((await migrationStatus(url)).at(-1)).toBe('The database is up to date.')
  })
})
