import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rowsOf } from './backup/format'
import { writeBackup } from './backup/write'
import { chooseEnvironment } from './environment'
import { withMigrationLock } from './migrate/lock'
import { explained, needUrl } from './reason'

const usage = 'Usage: npm run backup -- FILE   such as backups/lms-2026-11-25.gz; it must not exist yet'

type Print = (line: string) => void

/** Everything in the database but sessions, as it is at one moment; the site may go on meanwhile. */
export async function backup(args: string[], url: string, print: Print): Promise<void> {
  const [file, ...more] = args
  if (!file || file.startsWith('-') || more.length > 0) throw new Error(usage)
  const began = performance.now()
  const made = await withMigrationLock(url, (connection) => writeBackup(connection, file))
  const rows = rowsOf(made.counts).toLocaleString('en-IN')
  const size = `${(made.bytes / 1e6).toFixed(1)} MB`
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const tables = Object.keys(made.counts).length
  print(`${rows} rows of ${tables} tables are in ${file}: ${size}, ${seconds} s.`)
  print('It holds personal data, and no sessions: after a restore everybody signs in again.')
  if (made.foreign.length > 0)
    print(`Left out, because they belong to something else: ${made.foreign.join(', ')}.`)
  if (made.isNewer)
    print('The database was migrated by a newer version than this one, and only that can restore it.')
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const environment = chooseEnvironment(process.env, '.data/dev/environment.json')
  await Promise.resolve()
    .then(() => backup(process.argv.slice(2), needUrl(environment), console.log))
    .catch((error) => {
      console.error(explained(error))
      process.exitCode = 1
    })
}
