import mysql, { type RowDataPacket } from 'mysql2/promise'
import { databaseAddress } from '../../src/db/address'

// Definitions of tables take part in no transaction, so only this lock keeps two starts apart.
const name = "concat('migrate:', left(database(), 50))"

/** By the same words as the site, for a command with all the time it needs. */
export const openLine = (url: string): Promise<mysql.Connection> =>
  mysql.createConnection(databaseAddress({ DATABASE_URL: url, DATABASE_CA: process.env.DATABASE_CA }))

/** Whoever comes second waits; the lock goes with the connection, however that ends. */
export async function withMigrationLock<T>(
  url: string,
  work: (connection: mysql.Connection) => Promise<T>,
): Promise<T> {
  const connection = await openLine(url)
  try {
    const [rows] = await connection.query<RowDataPacket[]>(`select get_lock(${name}, 300) as mine`)
    if (rows[0]?.mine !== 1)
      throw new Error('Another migration, backup or restore of this database has not ended in five minutes.')
    return await work(connection)
  } finally {
    await connection.end().catch(() => connection.destroy())
  }
}
