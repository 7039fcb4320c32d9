import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Environment, readConfig } from '../src/config'
import { databaseAddress } from '../src/db/address'
import { connect } from '../src/db/connect'
import { reconcileVideos } from '../src/models/teach/video/reconcile'
import { openServices, type Services } from '../src/services'

const usage =
  'Usage: npm run reconcile            repairs what it finds\n       npm run reconcile -- --list  only lists it'

/** Repairs unless `--list` is given; each database needs a Mux environment of its own. */
export async function reconcile(
  args: string[],
  services: Pick<Services, 'db' | 'video' | 'now'>,
  print: (line: string) => void,
): Promise<void> {
  if (args.length > 1 || (args[0] && args[0] !== '--list')) throw new Error(usage)
  const repair = args.length === 0
  let findings = 0
  for await (const { kind, assetId, text } of reconcileVideos(services, repair)) {
    findings += 1
    print(`${kind} ${assetId}: ${text}`)
  }
  if (findings === 0) print('Every video has its chapter, and every chapter its video.')
  else print(`${findings} found${repair ? ' and repaired.' : '; nothing was changed.'}`)
}

export function chooseEnvironment(given: Environment, developmentFile: string): Environment {
  if (given.DATABASE_URL?.trim() || given.NODE_ENV === 'production' || !existsSync(developmentFile))
    return given
  return { ...JSON.parse(readFileSync(developmentFile, 'utf8')), ...given }
}

async function main(): Promise<void> {
  const config = readConfig(chooseEnvironment(process.env, '.data/dev/environment.json'))
  const connection = connect({ ...databaseAddress(config), connectionLimit: 2 })
  try {
    await reconcile(process.argv.slice(2), openServices(config, connection.db), console.log)
  } finally {
    await connection.close()
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main().catch((error) => {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 1
  })
}
