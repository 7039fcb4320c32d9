import mysql from 'mysql2/promise'

export async function createDatabase(url: string, name: string): Promise<string> {
  const address = new URL(url)
  address.pathname = '/'
  const connection = await mysql.createConnection({ uri: address.href })
  try {
    await connection.query(
      'CREATE DATABASE IF NOT EXISTS ?? CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci',
      [name],
    )
  } finally {
    await connection.end()
  }
  address.pathname = `/${name}`
  return address.href
}
