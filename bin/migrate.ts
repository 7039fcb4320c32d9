import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Environment } from '../src/config'
import { applyMigrations } from './migrate/apply'
import { openLine, withMigrationLock } from './migrate/lock'
import { tellStatus } from './migrate/status'
import { explained, needUrl } from './reason'

const usage = 'Usage: npm run migrate [-- --status]'

/** Whoever comes second waits, and then finds nothing to do; what was cut short goes on. */
export const migrate = (url: string): Promise<void> => withMigrationLock(url, (own) => applyMigrations(own))

export async function prepareCodes(environment: Environment): Promise<void> {
  const { MONGODB_URI, OTP_TTL_SECONDS } = environment
  if (!MONGODB_URI) return
  const { openMongo } = await import('../src/ports/otp/mongo')
  const otp = openMongo({ MONGODB_URI })
  try {
    await otp.migrate(Number(OTP_TTL_SECONDS) || 45)
  } finally {
    await otp.close()
  }
}

/** Asks for no lock, so that it answers while a migration runs. */
export async function migrationStatus(url: string): Promise<string[]> {
  const connection = await openLine(url)
  try {
    return await tellStatus(connection)
  } finally {
    await connection.end()
  }
}

async function main([option, ...more]: string[]): Promise<void> {
  if (more.length > 0 || (option && option !== '--status')) throw new Error(usage)
  const url = needUrl(process.env)
  if (option) return console.log((await migrationStatus(url)).join('\n'))
  await migrate(url)
  await prepareCodes(process.env)
  console.log('The database is up to date.')
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main(process.argv.slice(2)).catch((error) => {
    console.error(explained(error))
    process.exitCode = 1
  })
}
