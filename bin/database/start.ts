import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import mysql from 'mysql2/promise'
import { startChild } from '../child'
import { freePort } from '../ports'
import { basics, prepareData } from './data'
import { type DatabaseServer, findServer } from './find'
import { endLeftover } from './leftover'

export interface RunningDatabase {
  /** Without a database's name. */
  url: string
  stop(): Promise<void>
  ended: Promise<number>
}

export interface DatabaseOptions {
  dir: string
  log?: (line: string) => void
  /** Whether it survives a crash of the machine (default); tests do without and are faster. */
  durable?: boolean
  fetchDir?: string
  /** More of the server's own options. */
  args?: string[]
  /** A free one unless told. */
  port?: number
  /** A command that runs the server, such as one that enters another view of the disks. */
  inside?: string[]
}

export async function startDatabase(options: DatabaseOptions): Promise<RunningDatabase> {
  const dir = resolve(options.dir)
  mkdirSync(join(dir, 'tmp'), { recursive: true, mode: 0o700 })
  const server = await findServer(resolve(options.fetchDir ?? join(dir, 'server')), options.log)
  await endLeftover(dir)
  const data = await prepareData(server, dir)
  for (let tries = 1; ; tries++) {
    try {
      return await start(server, dir, data, options)
    } catch (error) {
      // Between choosing a free port and using it, somebody else may have taken it.
      const taken = error instanceof Error && /address already in use/i.test(error.message)
      if (!taken || tries === 3) throw error
    }
  }
}

async function start(
  server: DatabaseServer,
  dir: string,
  data: string,
  { durable = true, args: more = [], inside = [], port: given }: DatabaseOptions,
): Promise<RunningDatabase> {
  const port = given ?? (await freePort())
  const password = secret(dir)
  const log = join(dir, 'server.log')
  const output = openSync(log, 'w')
  const args = [
    ...basics(server, data),
    `--port=${port}`,
    '--bind-address=127.0.0.1',
    '--skip-name-resolve',
    '--socket=server.sock',
    '--pid-file=server.pid',
    `--init-file=${accounts(dir, password)}`,
    `--secure-file-priv=${data}`,
    '--default-time-zone=+00:00',
    '--character-set-server=utf8mb4',
    '--collation-server=utf8mb4_unicode_520_ci',
    '--performance-schema=OFF',
    '--skip-log-bin',
    `--innodb-flush-log-at-trx-commit=${durable ? 2 : 0}`,
    ...(durable ? [] : ['--innodb-doublewrite=OFF']),
    ...(server.kind === 'mysql' ? ['--mysqlx=OFF'] : []),
    ...more,
  ]
  const [command = server.binary, ...rest] = [...inside, server.binary, ...args]
  const child = startChild(command, rest, { env: server.env, output })
  closeSync(output)
  writeFileSync(join(dir, 'server.pid'), String(child.process.pid))
  const url = `mysql://lms:${password}@127.0.0.1:${port}`
  const ended = await Promise.race([answers(url), child.exited])
  if (ended !== 'answers') {
    await child.stop()
    throw new Error(`The database server did not start (${server.binary}):\n${tail(log)}`)
  }
  return { url, ended: child.exited, stop: () => child.stop(20_000) }
}

async function answers(url: string): Promise<'answers' | 'late'> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    try {
      const connection = await mysql.createConnection({ uri: url, connectTimeout: 5_000 })
      await connection.query('select 1')
      await connection.end()
      return 'answers'
    } catch {
      await new Promise((later) => setTimeout(later, 25))
    }
  }
  return 'late'
}

/** Other people of this machine reach 127.0.0.1, too. */
function secret(dir: string): string {
  const file = join(dir, 'password')
  if (!existsSync(file)) writeFileSync(file, randomBytes(20).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8').trim()
}

function accounts(dir: string, password: string): string {
  const file = join(dir, 'accounts.sql')
  const statements = [
    `CREATE USER IF NOT EXISTS 'lms'@'127.0.0.1' IDENTIFIED BY '${password}'`,
    `ALTER USER 'lms'@'127.0.0.1' IDENTIFIED BY '${password}'`,
    "GRANT ALL PRIVILEGES ON *.* TO 'lms'@'127.0.0.1' WITH GRANT OPTION",
    ...['127.0.0.1', 'localhost'].map(
      (host) => `ALTER USER IF EXISTS 'root'@'${host}' IDENTIFIED BY '${password}'`,
    ),
  ]
  writeFileSync(file, `${statements.join(';\n')};\n`, { mode: 0o600 })
  return file
}

function tail(file: string): string {
  return readFileSync(file, 'utf8').trim().split('\n').slice(-12).join('\n')
}
