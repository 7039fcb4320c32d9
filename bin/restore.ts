import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Connection } from 'mysql2/promise'
import { databaseAddress } from '../src/db/address'
import { connect } from '../src/db/connect'
import { reconcileSince } from '../src/rules/admin/restored'
import { beginAnew, isLoaded, refuseFilled } from './backup/empty'
import { type Header, newestOf, rowsOf } from './backup/format'
import { loadBackup } from './backup/load'
import { readBackup } from './backup/read'
import { release } from './backup/release'
import { chooseEnvironment } from './environment'
import { applyMigrations } from './migrate/apply'
import { readMigrations } from './migrate/journal'
import { withMigrationLock } from './migrate/lock'
import { explained, needUrl } from './reason'

const usage = `Usage: npm run restore -- FILE                 into the empty database that DATABASE_URL names
       npm run restore -- --release            ends the quarantine of a restored site
       npm run restore -- --release --list     only tells what would go out then`

type Print = (line: string) => void

/** What has been done; a drill cuts the line there. */
export type Step = 'schema' | `table ${string}` | 'rows' | 'migrated'

interface Options {
  print: Print
  tell?: (step: Step, connection: Connection) => void
}

/** All or nothing, into an empty database; the site stands in quarantine after it. */
export async function restore(file: string, url: string, { print, tell = () => {} }: Options): Promise<void> {
  const { header, counts } = await readBackup(file)
  const last = lastMigration(header, file)
  await withMigrationLock(url, async (connection) => {
    if (await isLoaded(connection, header.id)) print('A restore of this backup was begun, and goes on.')
    else {
      await refuseFilled(connection)
      await beginAnew(connection, newestOf(header))
      await applyMigrations(connection, { upTo: last })
      tell('schema', connection)
      await loadBackup(connection, file, (table) => tell(`table ${table}`, connection))
      tell('rows', connection)
    }
    await applyMigrations(connection)
    tell('migrated', connection)
  })
  const at = header.at.toISOString().slice(0, 16).replace('T', ' ')
  const tables = Object.keys(counts).length
  print(`${rowsOf(counts).toLocaleString('en-IN')} rows of ${tables} tables stand as on ${at} UTC.`)
  for (const line of whatNext(header.at)) print(line)
}

/** Its tag; refuses what only another version can read. */
function lastMigration({ migrations, version }: Header, file: string): string {
  const own = new Map(readMigrations().map(({ when, tag }) => [when, tag]))
  const strange = migrations.filter(({ when }) => !own.has(when))
  const last = own.get(Math.max(...migrations.map(({ when }) => when)))
  if (strange.length === 0 && last !== undefined) return last
  const names = strange.map(({ tag, hash }) => tag ?? hash.slice(0, 12)).join(', ')
  throw new Error(
    `${file} was made by version ${version} with what this version does not have (${names}): restore it with the version that made it, or a newer one.`,
  )
}

const whatNext = (at: Date): string[] => [
  'The site is in quarantine: no email and no refund goes out, nothing is deleted at Mux or UploadThing. Next, in this order:',
  '  1. npm run migrate, then start the site. Everybody has to sign in again; /admin says what stands here, too.',
  `  2. npm run reconcile -- payments --since ${reconcileSince(at)}     what was sold and refunded since the backup`,
  '  3. npm run reconcile -- videos --list, and then without --list     what was uploaded and deleted since',
  '  4. npm run restore -- --release     emails, refunds and deletions go out again',
]

async function main(args: string[]): Promise<void> {
  const environment = chooseEnvironment(process.env, '.data/dev/environment.json')
  const [first, ...more] = args
  if (first === '--release' && (more.length === 0 || (more.length === 1 && more[0] === '--list'))) {
    const address = databaseAddress({
      DATABASE_URL: needUrl(environment),
      DATABASE_CA: environment.DATABASE_CA,
    })
    const connection = connect({ ...address, connectionLimit: 1 })
    try {
      return await release({ ...connection, now: () => new Date() }, more.length > 0, console.log)
    } finally {
      await connection.close()
    }
  }
  if (!first || first.startsWith('-') || more.length > 0) throw new Error(usage)
  await restore(first, needUrl(environment), { print: console.log })
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(process.argv.slice(2)).catch((error) => {
    console.error(explained(error))
    process.exitCode = 1
  })
}
