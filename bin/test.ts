import { readFileSync, rmSync } from 'node:fs'
import { findBrowser } from './browser'
import { startChild, stopChildren } from './child'
import { findServer } from './database/find'

const report = '.data/test-report.json'
const results = { passed: 0, failed: 0 }
const chosen = process.argv.slice(2)
const projects = chosen.flatMap((word, at) =>
  word === '--project' ? (chosen[at + 1] ?? []) : word.startsWith('--project=') ? word.slice(10) : [],
)
const runs = (project: string) => projects.length === 0 || projects.includes(project)

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => stopChildren().finally(() => process.exit(1)))
}

try {
  const given = process.env.TEST_DATABASE_URL ?? process.env.DATABASE_URL
  if (!given && ['app', 'browser', 'runtime'].some(runs)) await findServer('.data/server', console.log)
  if (runs('browser')) process.env.CHROMIUM_BIN = await findBrowser(console.log)
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

const node = process.execPath
if (chosen.length === 0) {
  await check('Lint', 'biome', ['check'])
  await check('Client', node, ['--import', 'tsx', 'bin/build.ts', 'client'])
  await check('Types', 'tsc', ['--noEmit'])
  await check('Unused', 'knip', [])
}
await suites()

console.log(`${results.passed} passed, ${results.failed} failed`)
process.exit(results.failed > 0 ? 1 : 0)

async function run(name: string, command: string, args: string[]): Promise<number> {
  const start = performance.now()
  console.log(`\n${name}`)
  const program = command === node ? command : `node_modules/.bin/${command}`
  const code = await startChild(program, args).exited
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${name}: ${code === 0 ? 'good' : `failed (${code})`} after ${seconds} s`)
  return code
}

async function check(name: string, command: string, args: string[]): Promise<void> {
  const code = await run(name, command, args)
  results[code === 0 ? 'passed' : 'failed']++
}

async function suites(): Promise<void> {
  rmSync(report, { force: true })
  const code = await run('Tests', 'vitest', [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...chosen,
  ])
  let failed = 0
  try {
    const counts = JSON.parse(readFileSync(report, 'utf8'))
    results.passed += counts.numPassedTests
    failed = counts.numFailedTests
  } catch {
    console.error('The tests left no report.')
  }
  results.failed += code === 0 ? failed : Math.max(failed, 1)
}
