import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Environment } from '../src/config'
import { databaseAddress } from '../src/db/address'
import { connect } from '../src/db/connect'
import { makeAdmin } from '../src/models/admin/role'
import { resetTwoFactorOf } from '../src/models/admin/two-factor-reset'
import type { DbNow } from '../src/services'

const resetFlag = '--reset-two-factor'
const usage = 'Usage: npm run admin -- person@example.com [--reset-two-factor]'

export async function admin(
  args: string[],
  environment: Environment,
  developmentUrl: string,
): Promise<string> {
  const flags = args.filter((one) => one.startsWith('--'))
  const [given, ...more] = args.filter((one) => !one.startsWith('--'))
  const email = given?.trim().toLowerCase()
  const isKnown = flags.length === 0 || (flags.length === 1 && flags[0] === resetFlag)
  if (!email?.includes('@') || more.length > 0 || !isKnown) throw new Error(usage)
  const connection = connect({
    ...databaseAddress({
      DATABASE_URL: databaseUrl(environment, developmentUrl),
      DATABASE_CA: environment.DATABASE_CA,
    }),
    connectionLimit: 1,
  })
  const services = { ...connection, now: () => new Date() }
  try {
    return await (flags.length > 0 ? endTwoFactor(services, email) : promote(services, email))
  } finally {
    await connection.close()
  }
}

async function promote(services: DbNow, email: string): Promise<string> {
  const made = await makeAdmin(services, email)
  if (!made) throw new Error(`There is no account with the address ${email}. Sign up with it first.`)
  if (made.wasAdmin && !made.wasSuspended) return `${made.name} <${email}> is an administrator already.`
  const lifted = made.wasSuspended ? ' The suspension of the account is lifted.' : ''
  return `${made.name} <${email}> is an administrator now.${lifted}`
}

/** For who lost the phone and the recovery codes, and is perhaps the only administrator. */
async function endTwoFactor(services: DbNow, email: string): Promise<string> {
  const reset = await resetTwoFactorOf(services, email)
  if (!reset) throw new Error(`There is no account with the address ${email}.`)
  if (!reset.wasOn) return `${reset.name} <${email}> has no two-factor sign-in.`
  return `Two-factor sign-in of ${reset.name} <${email}> is off, they are signed out everywhere, and an email tells them.`
}

function databaseUrl(environment: Environment, developmentUrl: string): string {
  const given = environment.DATABASE_URL?.trim()
  if (given) return given
  if (environment.NODE_ENV !== 'production' && existsSync(developmentUrl))
    return readFileSync(developmentUrl, 'utf8').trim()
  throw new Error(
    'DATABASE_URL is missing, such as mysql://user:password@host:3306/database. In development run npm run dev first, and this beside it.',
  )
}

function explained(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ((cause as { code?: string }).code === 'ECONNREFUSED')
      return 'The database does not answer. In development, npm run dev has to be running.'
    if ((cause as { code?: string }).code === 'ER_NO_SUCH_TABLE')
      return 'The database is not migrated: run npm run migrate first.'
  }
  return error instanceof Error ? error.message : String(error)
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await admin(process.argv.slice(2), process.env, '.data/dev/database/url').then(console.log, (error) => {
    console.error(explained(error))
    process.exitCode = 1
  })
}
