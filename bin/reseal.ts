import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readConfig } from '../src/config'
import { databaseAddress } from '../src/db/address'
import { connect } from '../src/db/connect'
import { resealValues } from '../src/models/sealed-values'
import type { Services } from '../src/services'
import { chooseEnvironment } from './environment'

/** In words; throws when something opens neither with APP_SECRET nor with APP_SECRET_OLD. */
export async function reseal(services: Pick<Services, 'db' | 'config'>): Promise<string> {
  const { resealed, unreadable } = await resealValues(services)
  const done = `${resealed} sealed anew with APP_SECRET.`
  if (unreadable === 0) return `${done} Nothing that is kept needs APP_SECRET_OLD.`
  throw new Error(
    `${done} ${unreadable} cannot be read with APP_SECRET, nor with ${services.config.APP_SECRET_OLD ? 'APP_SECRET_OLD' : 'the one before it: set that as APP_SECRET_OLD'}.`,
  )
}

async function main(): Promise<void> {
  const config = readConfig(chooseEnvironment(process.env, '.data/dev/environment.json'))
  const connection = connect({ ...databaseAddress(config), connectionLimit: 1 })
  try {
    console.log(await reseal({ db: connection.db, config }))
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
