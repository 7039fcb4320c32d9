import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, it } from 'vitest'
import { BrowserSession } from '../../test/browser-session'
import { openLine } from '../../test/line'
import { fileWorld } from '../../test/world'
import { codeOf } from '../errors'
import { nodeApp } from '../node-app'
import { openServices } from '../services'
import { connect, transact } from './connect'
import type { Deadlines } from './deadline'

const world = fileWorld()
const open: (() => unknown)[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((close) => close()))
})

async function appOnALine(limits?: Partial<Deadlines>) {
  const line = await openLine(world.services.config.DATABASE_URL)
  const connection = connect({ uri: line.url, connectionLimit: 2 }, limits)
  open.push(
    () => line.cut(),
    () => connection.close().catch(() => {}),
  )
  const { config } = world.services
  const app = nodeApp(openServices({ ...config, DATABASE_URL: line.url }, connection.db), () => {})
  const browser = new BrowserSession((address, init) => app.request(address, init), world.origin)
  return { line, browser, db: connection.db }
}

const codeIn = (work: Promise<unknown>) => work.then(() => 'answered', codeOf)
const short = { statementMs: 300, connectionMs: 300 }

describe('a database that hangs', () => {
  it('from the start: pages are a kind 503, and ready says so', async () => {
    const { line, browser } = await appOnALine(short)
    line.freeze()
    for (const path of ['/', '/courses', '/sitemap.xml'])
      expect([path, (await browser.get(path)).status]).toEqual([path, 503])
    expect((await browser.get('/')).$('h1').text()).toBe('Not available right now')
    expect((await browser.get('/health/ready')).status).toBe(503)
    line.thaw()
    expect((await browser.get('/courses')).status).toBe(200)
  })

  it('with the usual deadlines: a page answers, and the next one needs only a connection', async () => {
    const { line, browser, db } = await appOnALine()
    await Promise.all([1, 2].map(() => db.execute(sql`select 1`)))
    line.freeze()
    const pages = await Promise.all(['/courses', '/courses', '/courses'].map((path) => browser.get(path)))
    expect(pages.map(({ status }) => status)).toEqual([503, 503, 503])
  })

  it('in the middle: the transaction ends, its first cause is told, and the line is given up', async () => {
    const { line, db } = await appOnALine(short)
    const verb = transact(db, async (tx) => {
      await tx.execute(sql`select 1`)
      line.freeze()
      await tx.execute(sql`select 2`)
    })
    await expect(verb).rejects.toThrow(/select 2/)
    expect(await codeIn(verb)).toBe('STATEMENT_TIMEOUT')
    line.thaw()
    expect(await codeIn(db.execute(sql`select 3`))).toBe('answered')
  })

  it('lets nobody wait who would wait in vain', async () => {
    const { line, db } = await appOnALine({ ...short, maxWaiting: 3 })
    line.freeze()
    const asked = Array.from({ length: 10 }, () => codeIn(db.execute(sql`select 1`)))
    const codes = (await Promise.all(asked)).toSorted()
    expect(codes.filter((code) => code === 'POOL_REFUSED')).toHaveLength(5)
    expect(new Set(codes)).not.toContain('answered')
    line.thaw()
    expect(await codeIn(db.execute(sql`select 1`))).toBe('answered')
  })
})

describe('a line that is lost within a transaction', () => {
  it.each(['between two statements', 'in a statement', 'before the end'])(
    '%s: the cause is told',
    async (when) => {
      const { line, db } = await appOnALine()
      const verb = transact(db, async (tx) => {
        await tx.execute(sql`select 1`)
        if (when === 'in a statement') {
          const slow = tx.execute(sql`select sleep(4)`)
          line.cut()
          return slow
        }
        line.cut()
        if (when === 'before the end') return undefined
        return tx.execute(sql`select 2`)
      })
      const cause = await verb.then(
        () => 'answered',
        (error: Error) => error.message,
      )
      expect(cause).not.toMatch(/rollback/)
      expect(await codeIn(verb)).toMatch(/^(PROTOCOL_CONNECTION_LOST|ECONNRESET|EPIPE)$/)
    },
  )

  it('keeps what the verb itself refused', async () => {
    const { line, db } = await appOnALine()
    const verb = transact(db, async (tx) => {
      await tx.execute(sql`select 1`)
      line.cut()
      throw new Error('There is no such course.')
    })
    await expect(verb).rejects.toThrow('There is no such course.')
  })
})

it('The database itself ends what nobody waits for any more', async () => {
  const [[row]] = (await world.services.db.execute(
    sql`select @@innodb_lock_wait_timeout as waits, version() as version`,
  )) as unknown as [[{ waits: number; version: string }]]
  expect(row.waits).toBe(4)
  const limit = /MariaDB/.test(row.version) ? sql`@@max_statement_time` : sql`@@max_execution_time / 1000`
  const [[own]] = (await world.services.db.execute(sql`select ${limit} as seconds`)) as unknown as [
    [{ seconds: string }],
  ]
  expect(Number(own.seconds)).toBe(6)
})
