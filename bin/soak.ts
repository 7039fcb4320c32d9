import { startChild } from './child'
import { findServer } from './database/find'

const count = Number(process.argv[2] ?? process.env.COUNT ?? 2000)
if (!Number.isInteger(count) || count < 1) {
  console.error('How many histories? npm run soak -- 2000, with HISTORY_SEED for the first of them.')
  process.exit(1)
}
Object.assign(process.env, { COUNT: String(count), LOG_LEVEL: 'error' })
if (!process.env.TEST_DATABASE_URL && !process.env.DATABASE_URL) await findServer('.data/server', console.log)
const suite = [
  'run',
  '--project',
  'app',
  '--silent=false',
  '--reporter=default',
  'test/purchases/histories.test.ts',
]
process.exit(await startChild('node_modules/.bin/vitest', suite).exited)
