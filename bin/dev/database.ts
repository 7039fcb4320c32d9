import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import { createDatabase } from '../database/server'
import { startDatabase } from '../database/start'
import { migrate } from '../migrate'
import { say } from './progress'

export async function openDatabase(
  dir: string,
  ended: (name: string, code: number) => void,
): Promise<string> {
  const given = process.env.DATABASE_URL?.trim()
  if (given) {
    const name = new URL(given).pathname.slice(1)
    if (!name) throw new Error('DATABASE_URL names no database; it should end in /name')
    // An account that may not create databases may still use the one it was given.
    await createDatabase(given, name).catch(() => {})
    await migrate(given)
    return given
  }
  const server = await startDatabase({
    dir: join(dir, 'database'),
    fetchDir: '.data/server',
    log: (line) => say('Database', line),
  })
  void server.ended.then((code) => ended('database', code))

  // Definitions of tables cannot be taken back, so a first start that was cut short begins anew.
  const whole = join(dir, 'database', 'migrated')
  if (!existsSync(whole)) await dropDatabase(server.url)
  const url = await createDatabase(server.url, 'lms')
  await migrate(url)
  writeFileSync(whole, '')
  // For other commands of this checkout; the port changes at every start.
  writeFileSync(join(dir, 'database', 'url'), url, { mode: 0o600 })
  return url
}

async function dropDatabase(server: string): Promise<void> {
  const connection = await mysql.createConnection({ uri: server })
  await connection.query('drop database if exists lms')
  await connection.end()
}
