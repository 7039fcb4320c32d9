import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createDatabase } from '../database/server'
import { type RunningDatabase, startDatabase } from '../database/start'
import { say } from '../dev/progress'
import type { Authority } from './authority'

export interface RehearsalDatabase {
  url: string
  ca: string
  server: RunningDatabase
}

/** A private server that speaks TLS; the application checks its certificate as a host's. */
export async function openDatabase(folder: string, authority: Authority): Promise<RehearsalDatabase> {
  const dir = resolve(folder)
  const { certificate, key } = authority.sign(['localhost'])
  const file = (name: string, text: string) => {
    const path = join(dir, name)
    writeFileSync(path, text, { mode: 0o600 })
    return path
  }
  const server = await startDatabase({
    dir: join(dir, 'database'),
    fetchDir: '.data/server',
    log: (line) => say('Database', line),
    args: [
      `--ssl-ca=${file('authority.pem', authority.ca)}`,
      `--ssl-cert=${file('database.pem', certificate)}`,
      `--ssl-key=${file('database.key', key)}`,
    ],
  })
  const url = new URL(await createDatabase(server.url, 'lms'))
  // A certificate is checked for a name only.
  url.hostname = 'localhost'
  url.search = '?ssl-mode=VERIFY_IDENTITY'
  return { url: url.href, ca: authority.ca, server }
}
