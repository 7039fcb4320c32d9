import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Environment } from '../src/config'
import { databaseAddress } from '../src/db/address'
import { connect } from '../src/db/connect'
import { makeAdmin } from '../src/models/admin/role'

const usage = 'Usage: npm run admin -- person@example.com'

export async function admin(
  args: string[],
  environment: Environment,
  developmentUrl: string,
): Promise<string> {
  const [given, ...more] = args
  const email = given?.trim().toLowerCase()
  if (!email?.includes('@') || more.length > 0) throw new Error(usage)
  const connection = connect({
    ...databaseAddress({
      DATABASE_URL: databaseUrl(environment, developmentUrl),
      DATABASE_CA: environment.DATABASE_CA,
    }),
    connectionLimit: 1,
  })
  try {
    const made = await makeAdmin({ ...connection, now: () => new Date() }, email)
    if (!made) throw new Error(`There is no account with the address ${email}. Sign up with it first.`)
    if (made.wasAdmin && !made.wasSuspended) return `${made.name} <${email}> is an administrator already.`
    const lifted = made.wasSuspended ? ' The suspension of the account is lifted.' : ''
    return `${made.name} <${email}> is an administrator now.${lifted}`
  } finally {
    await connection.close()
  }
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
