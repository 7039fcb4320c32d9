import { stopChildren } from './child'
import { firefox, webkit } from './engines/browsers'
import { mariadb, mysql } from './engines/databases'
import { image } from './engines/image'
import { mongodb } from './engines/mongodb'
import type { Result } from './engines/suite'
import { workers } from './engines/workers'
import { explained } from './reason'

const engines: Record<string, () => Promise<Result>> = {
  ...{ mysql, mariadb, mongodb, workers, firefox, webkit, image },
}
const chosen = process.argv.slice(2)
const unknown = chosen.filter((name) => !engines[name])
if (unknown.length > 0) {
  console.error(`${unknown.join(', ')}? npm run engines, or any of: ${Object.keys(engines).join(' ')}`)
  process.exit(1)
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => stopChildren().finally(() => process.exit(1)))

const results: [string, Result][] = []
for (const [name, run] of Object.entries(engines)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  console.log(`${name} …`)
  const result = await run().catch((error): Result => ({ end: 'failed', words: explained(error) }))
  console.log(`${name}: ${result.end}. ${result.words}`)
  results.push([name, result])
}
console.log('')
for (const [name, { end, words }] of results) console.log(`${end.padEnd(8)} ${name.padEnd(8)} ${words}`)
process.exit(results.every(([, { end }]) => end === 'passed') ? 0 : 1)
