import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { startChild } from './child'
import { findServer } from './database/find'

const suites: Record<string, { file: string; count: string; usual: number }> = {
  payments: { file: 'test/purchases/histories.test.ts', count: 'COUNT', usual: 2_000 },
  requests: { file: 'test/malformed/malformed.test.ts', count: 'REQUESTS', usual: 20_000 },
}

const [name = 'payments', number] = process.argv.slice(2)
const suite = suites[name]
const count = Number(number ?? suite?.usual)
if (!suite || !Number.isInteger(count) || count < 1) {
  console.error(
    'npm run soak -- payments 2000 (HISTORY_SEED is the first), or npm run soak -- requests 20000 (REQUEST_SEED).',
  )
  process.exit(1)
}
const log = '.data/soak.log'
mkdirSync(dirname(log), { recursive: true })
writeFileSync(log, '')
Object.assign(process.env, { [suite.count]: String(count), SOAK_LOG: log })
if (!process.env.TEST_DATABASE_URL && !process.env.DATABASE_URL) await findServer('.data/server', console.log)
console.log(`What has been played so far stands in ${log}`)
const options = ['run', '--project', 'app', '--reporter=default', suite.file]
const code = await startChild('node_modules/.bin/vitest', options).exited
console.log(readFileSync(log, 'utf8').trimEnd().split('\n').at(-1))
process.exit(code)
