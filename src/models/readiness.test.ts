import { readFileSync } from 'node:fs'
import { sql } from 'drizzle-orm'
import type { Hono } from 'hono'
import { afterEach, describe, expect, it } from 'vitest'
import { appOnALine } from '../../test/database-line'
import { fileWorld } from '../../test/world'
import { addJob } from './job'

const world = fileWorld()

const lines: { close(): Promise<void> }[] = []
afterEach(async () => {
  await Promise.all(lines.splice(0).map((line) => line.close()))
})
function open(given?: Parameters<typeof appOnALine>[1]) {
  const line = appOnALine(world, given)
  lines.push(line)
  return line
}

async function ready(app: Hono): Promise<[number, string[]]> {
  const answer = await app.request(`${world.origin}/health/ready`)
  const { missing } = (await answer.json()) as { missing: string[] }
  return [answer.status, missing]
}
const writes = (statements: string[]) => statements.filter((sql) => /^(insert|update|replace)\b/i.test(sql))

/** A gate at which a statement waits until it is opened. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  return { open, opened, arrive, arrived }
}

describe('the site is ready', () => {
  it('when the database gives back what was just written', async () => {
    const { app, statements } = open()
    expect(await ready(app)).toEqual([200, []])
    expect(writes(statements)).toHaveLength(1)
  })

  it('however many ask at once, at the price of one write in five seconds', async () => {
    const { app, statements } = open()
    const crowd = () => Promise.all(Array.from({ length: 50 }, () => ready(app)))
    expect(new Set((await crowd()).map(([status]) => status))).toEqual(new Set([200]))
    expect(writes(statements)).toHaveLength(1)
    world.advance(4)
    await crowd()
    expect(writes(statements)).toHaveLength(1)
    world.advance(2)
    await crowd()
    expect(writes(statements)).toHaveLength(2)
  })

  it('although another instance wrote between its own write and reading it again', async () => {
    const { open: letGo, opened, arrive, arrived } = gate()
    let hasWritten = false
    const slow = open({
      hold: (sql) => {
        if (/^insert/i.test(sql)) hasWritten = true
        else if (hasWritten) {
          arrive()
          return opened
        }
        return undefined
      },
    })
    const answer = ready(slow.app)
    await arrived
    expect(await ready(open().app)).toEqual([200, []])
    letGo()
    expect(await answer).toEqual([200, []])
  })
})

describe('the site is not ready', () => {
  const cached = 'the database answers from a cache: create Hyperdrive with --caching-disabled'

  it('while the database answers from a cache', async () => {
    const { app } = open({ cacheSeconds: 60 })
    expect(await ready(app)).toEqual([503, [cached]])
    world.advance(6)
    expect(await ready(app)).toEqual([503, [cached]])
    // When an entry has run out, the next one is as old soon.
    world.advance(61)
    expect(await ready(app)).toEqual([503, [cached]])
  })

  it('while the database takes no write, and the database says why', async () => {
    const { app } = open({ isReadOnly: true })
    const why = 'ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION'
    expect(await ready(app)).toEqual([503, [`the database does not take a write (${why})`]])
  })

  it('for half a minute after a write found no room, although a small one still finds some', async () => {
    const { db } = world.services
    const noRoom = "signal sqlstate 'HY000' set mysql_errno = 1114, message_text = 'The table is full'"
    await db.execute(sql.raw(`create trigger no_room before insert on users for each row ${noRoom}`))
    const signUp = { name: 'Asha', email: 'asha@example.com', password: 'correct horse battery' }
    expect((await world.browser().post('/sign-up', signUp)).status).toBe(503)
    await db.execute(sql`drop trigger no_room`)
    const full = [503, ['the database does not take a write (ER_RECORD_FILE_FULL)']]
    expect(await ready(world.app)).toEqual(full)
    world.advance(29)
    expect(await ready(world.app)).toEqual(full)
    world.advance(2)
    expect(await ready(world.app)).toEqual([200, []])
  })

  it('nor after a job found none', async () => {
    const { db } = world.services
    await addJob(world.services, 'check-webhook', { paymentId: 'pay_noroom0000000' })
    const noRoom = "signal sqlstate 'HY000' set mysql_errno = 1021, message_text = 'Disk full'"
    await db.execute(sql.raw(`create trigger no_room before delete on jobs for each row ${noRoom}`))
    await world.runJobs()
    await db.execute(sql`drop trigger no_room`)
    expect(await ready(world.app)).toEqual([503, ['the database does not take a write (ER_DISK_FULL)']])
    world.advance(31)
    expect(await ready(world.app)).toEqual([200, []])
  })

  it('while a write hangs, and says so within a second', async () => {
    const { open: letGo, opened } = gate()
    const { app } = open({ hold: (sql) => (/^insert/i.test(sql) ? opened : undefined) })
    const late = [503, ['the database does not answer in time']]
    expect(await Promise.all([ready(app), ready(app)])).toEqual([late, late])
    letGo()
    world.advance(6)
    expect(await ready(app)).toEqual([200, []])
  })
})

it('Whoever creates a Hyperdrive by what is written here creates it without its cache', () => {
  for (const file of ['README.md', 'wrangler.toml']) {
    const commands = readFileSync(file, 'utf8').match(/npx wrangler hyperdrive create[^`\n]*/g) ?? []
    expect([file, commands.length]).not.toEqual([file, 0])
    for (const command of commands)
      expect([file, command]).toEqual([file, expect.stringContaining('--caching-disabled')])
  }
})
