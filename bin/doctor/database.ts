import { eq, sql } from 'drizzle-orm'
import { type Check, ok, wrong } from '../../src/check'
import type { Config } from '../../src/config'
import { databaseAddress } from '../../src/db/address'
import { connect, type Db, transact } from '../../src/db/connect'
import { settings } from '../../src/db/schema'
import { newId } from '../../src/ids'
import { openLine } from '../migrate/lock'
import { tellStatus } from '../migrate/status'

type Row = Record<string, unknown>
const local = ['localhost', '127.0.0.1', '::1']

/** As the site itself connects; throws when the database does not answer. */
export async function checkDatabase(config: Config): Promise<Check[]> {
  const address = databaseAddress(config)
  const connection = connect({ ...address, connectionLimit: 3 })
  try {
    const { db } = connection
    const migrations = await checkMigrations(config)
    const checks = [
      checkVersion(await one(db, 'select version() as version')),
      checkTls(String((await one(db, "show session status like 'Ssl_cipher'")).Value ?? ''), address.host),
      checkMode(await one(db, 'select @@sql_mode as mode')),
      checkLetters(await one(db, `${letters}`)),
      migrations,
    ]
    // What follows needs the tables.
    if (migrations.verdict !== 'ok') return checks
    return [...checks, checkSearch(await one(db, search)), await checkWrites(db), await checkIsolation(db)]
  } finally {
    await connection.close()
  }
}

async function one(db: Db, text: string): Promise<Row> {
  const [rows] = await db.execute(sql.raw(text))
  return (rows as unknown as Row[])[0] ?? {}
}

export function checkVersion({ version }: Row): Check {
  const text = String(version)
  const [major = 0, minor = 0] = text.split('.').map((part) => Number.parseInt(part, 10))
  const isMariaDb = /mariadb/i.test(text)
  const [name, needed] = isMariaDb ? ['MariaDB', [10, 11]] : ['MySQL', [8, 4]]
  const [least = 0, then = 0] = needed as number[]
  const isNew = major > least || (major === least && minor >= then)
  if (isNew) return ok('version', `${name} ${text}`)
  return wrong('version', `${name} ${text}`, `upgrade to ${name} ${least}.${then} or newer`)
}

export function checkTls(cipher: string, host = ''): Check {
  if (cipher) return ok('TLS', `the line is encrypted (${cipher})`)
  if (local.includes(host)) return ok('TLS', 'the line is open, and does not leave this machine')
  return wrong(
    'TLS',
    `the line to ${host} is open`,
    'add ?ssl-mode=VERIFY_IDENTITY to DATABASE_URL, or REQUIRED',
  )
}

export function checkMode({ mode }: Row): Check {
  if (String(mode).includes('STRICT_')) return ok('sql_mode', 'strict, as the site sets it')
  return wrong(
    'sql_mode',
    'what the site sets for its connection is lost on the way, and wrong values would be cut',
    'set sql_mode with STRICT_TRANS_TABLES at the database server, for example SET PERSIST sql_mode',
  )
}

const letters = `select @@character_set_connection as line,
  (select count(*) from information_schema.columns where table_schema = database()
    and character_set_name not in ('utf8mb4', 'ascii')) as others`

function checkLetters({ line, others }: Row): Check {
  if (line !== 'utf8mb4')
    return wrong(
      'charset',
      `the line speaks ${line}`,
      'set character-set-server=utf8mb4 at the database server',
    )
  if (Number(others) === 0) return ok('charset', 'utf8mb4')
  return wrong(
    'charset',
    `${others} columns cannot hold every letter`,
    'make the database with CHARACTER SET utf8mb4 before the first migration: ALTER DATABASE … CHARACTER SET utf8mb4',
  )
}

const search = `select count(*) as n from information_schema.statistics
  where table_schema = database() and index_type = 'FULLTEXT'`

function checkSearch({ n }: Row): Check {
  if (Number(n) > 0) return ok('FULLTEXT', 'the index of the search is there')
  return wrong(
    'FULLTEXT',
    'the index of the search is missing (drizzle-kit push drops it)',
    'run the statements of drizzle/0001_fulltext.sql',
  )
}

async function checkMigrations(config: Config): Promise<Check> {
  const line = await openLine(config.DATABASE_URL)
  try {
    const said = (await tellStatus(line)).at(-1) ?? ''
    if (said.includes('up to date')) return ok('migrations', 'all applied')
    if (said.includes('newer version'))
      return wrong('migrations', said, 'run the version of this site that migrated it, or a newer one')
    return wrong('migrations', said.replace(/:.*/s, ''), 'npm run migrate')
  } finally {
    await line.end()
  }
}

const name = 'doctor'
const kept = (db: Pick<Db, 'select'>) =>
  db.select({ value: settings.value }).from(settings).where(eq(settings.name, name))

async function note(db: Pick<Db, 'insert'>, value: string): Promise<void> {
  await db
    .insert(settings)
    .values({ name, value, changedAt: new Date() })
    .onDuplicateKeyUpdate({ set: { value } })
}

/** What was just written is read again outside of a transaction, where a cache would answer. */
export async function checkWrites(db: Db): Promise<Check> {
  const [before, after] = [newId(), newId()]
  await note(db, before)
  await kept(db)
  await note(db, after)
  const [found] = await kept(db)
  if (found?.value === after) return ok('writes', 'what was written is read again')
  return wrong(
    'writes',
    'a cache stands before the database and answers what was',
    'npx wrangler hyperdrive update ID --caching-disabled',
  )
}

async function checkIsolation(db: Db): Promise<Check> {
  const written = newId()
  const found = await transact(db, async (tx) => {
    await kept(tx)
    await note(db, written)
    return (await kept(tx))[0]?.value
  })
  await db.delete(settings).where(eq(settings.name, name))
  if (found === written) return ok('isolation', 'read committed, as the site asks for')
  return wrong(
    'isolation',
    'who waited for a lock would go on with an old picture',
    'set transaction_isolation=READ-COMMITTED at the database server',
  )
}
