import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { startChild } from './child'
import { findServer } from './database/find'

interface Suite {
  file: string
  /** What is counted, the variable it is read from, and how many there are unless told. */
  count?: { of: string; variable: string; usual: number }
}

const drill = (file: string, of?: string, usual = 1): Suite => ({
  file,
  ...(of && { count: { of, variable: 'SOAK', usual } }),
})

const suites: Record<string, Suite> = {
  payments: {
    file: 'test/purchases/histories.test.ts',
    count: { of: 'histories from HISTORY_SEED on', variable: 'COUNT', usual: 2_000 },
  },
  requests: {
    file: 'test/malformed/malformed.test.ts',
    count: { of: 'requests from REQUEST_SEED on', variable: 'REQUESTS', usual: 20_000 },
  },
  freeze: drill('test/drills/freeze.test.ts', 'freezes', 5),
  disk: drill('test/drills/disk.test.ts', 'full disks', 5),
  kill: drill('test/drills/kill.test.ts', 'rounds of kills', 10),
  migrations: drill('bin/migrate/drill.test.ts'),
  restore: drill('bin/backup/drill.test.ts'),
  vendor: drill('src/jobs/lanes.test.ts'),
}

const [name = 'payments', number] = process.argv.slice(2)
const suite = suites[name]
const count = Number(number ?? suite?.count?.usual ?? 1)
if (!suite || !Number.isInteger(count) || count < 1 || (number && !suite.count)) {
  const lines = Object.entries(suites).map(([one, { count: own }]) =>
    own ? `npm run soak -- ${one} ${own.usual}   so many ${own.of}` : `npm run soak -- ${one}`,
  )
  console.error(lines.join('\n'))
  process.exit(1)
}
const log = '.data/soak.log'
mkdirSync(dirname(log), { recursive: true })
writeFileSync(log, '')
Object.assign(process.env, { [suite.count?.variable ?? 'SOAK']: String(count), SOAK_LOG: log })
if (!process.env.TEST_DATABASE_URL && !process.env.DATABASE_URL) await findServer('.data/server', console.log)
console.log(`What has been played so far stands in ${log}`)
const options = ['run', '--project', 'app', '--reporter=default', suite.file]
const code = await startChild('node_modules/.bin/vitest', options).exited
const figures: Record<string, unknown> = JSON.parse(
  readFileSync(log, 'utf8').trimEnd().split('\n').at(-1) || '{}',
)
const isDone = code === 0 && Object.keys(figures).length > 0 && !('not run' in figures)
const told = Object.entries(figures).map(([what, figure]) => `${what} ${figure}`)
console.log(`${name}: ${[isDone ? 'passed' : 'NOT PASSED', ...told].join(', ')}`)
process.exit(isDone ? 0 : code || 1)
