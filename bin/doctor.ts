import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Check } from '../src/check'
import { ConfigError, type Environment, readConfig } from '../src/config'
import { examine, type Group } from './doctor/examine'
import { chooseEnvironment } from './environment'
import { explained } from './reason'

const usage = 'Usage: npm run doctor [-- --json]'

type Print = (line: string) => void

/** Gives whether nothing is wrong; what could not be asked is said, and is no fault. */
export async function doctor(args: string[], environment: Environment, print: Print): Promise<boolean> {
  const [option, ...more] = args
  if (more.length > 0 || (option && option !== '--json')) throw new Error(usage)
  const groups = await look(environment)
  const checks = groups.flatMap((group) => group.checks)
  if (option) print(JSON.stringify(groups, null, 2))
  else for (const line of [...groups.flatMap(linesOf), '', summary(checks)]) print(line)
  return checks.every(({ verdict }) => verdict !== 'wrong')
}

async function look(environment: Environment): Promise<Group[]> {
  try {
    return await examine(readConfig(environment))
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const checks = error.problems.map((problem): Check => {
      const [what = '', ...words] = problem.split(': ')
      return { what, verdict: 'wrong', said: words.join(': '), mend: `set ${what}; the README says how` }
    })
    return [{ name: 'Settings', checks }]
  }
}

const words: Record<Check['verdict'], string> = { ok: 'ok', wrong: 'WRONG', unasked: 'could not ask' }

function linesOf({ name, checks }: Group): string[] {
  const told = checks.flatMap(({ what, verdict, said, mend }) => [
    `  ${words[verdict].padEnd(13)}  ${what}: ${said}`,
    ...(mend ? [`${' '.repeat(17)}${verdict === 'wrong' ? 'To mend it' : 'By hand'}: ${mend}`] : []),
  ])
  return [name, ...told]
}

function summary(checks: Check[]): string {
  const count = (verdict: Check['verdict']) => checks.filter((check) => check.verdict === verdict).length
  return `${count('ok')} ok, ${count('wrong')} wrong, ${count('unasked')} that could not be asked.`
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await doctor(
    process.argv.slice(2),
    chooseEnvironment(process.env, '.data/dev/environment.json'),
    console.log,
  )
    .then((isWell) => {
      process.exitCode = isWell ? 0 : 1
    })
    .catch((error) => {
      console.error(explained(error))
      process.exitCode = 1
    })
  // Whoever still hangs is not waited for.
  setTimeout(() => process.exit(), 500).unref()
}
