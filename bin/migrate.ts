import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/mysql2'
import { migrate as applyMigrations } from 'drizzle-orm/mysql2/migrator'
import mysql from 'mysql2/promise'
import type { Environment } from '../src/config'
import { databaseAddress } from '../src/db/address'

/** Whoever comes second waits, and then finds nothing to do. */
export async function migrate(url: string, authority?: string): Promise<void> {
  const connection = await mysql.createConnection(
    databaseAddress({ DATABASE_URL: url, DATABASE_CA: authority }),
  )
  try {
    // Definitions of tables take part in no transaction, so only this lock keeps two starts apart.
    const lock = "concat('migrate:', left(database(), 50))"
    const [rows] = await connection.query<mysql.RowDataPacket[]>(`select get_lock(${lock}, 300) as mine`)
    if (rows[0]?.mine !== 1)
      throw new Error('Another migration of this database has not ended within five minutes.')
    await applyMigrations(drizzle(connection), { migrationsFolder: './drizzle' })
    await connection.query(`select release_lock(${lock})`)
  } finally {
    await connection.end()
  }
}

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

async function main(): Promise<void> {
  const url = process.env.DATABASE_URL
  if (!url) throw new Error('DATABASE_URL is missing, such as mysql://user:password@host:3306/database')
  await migrate(url, process.env.DATABASE_CA)
  await prepareCodes(process.env)
  console.log('The database is up to date.')
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main().catch((error) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}
