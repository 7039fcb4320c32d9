import { execFile, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import type { DatabaseServer } from './find'

const run = promisify(execFile)

export async function prepareData(server: DatabaseServer, dir: string): Promise<string> {
  const data = join(dir, server.kind)
  if (existsSync(data)) return data
  for (const name of readdirSync(dir)) {
    if (name.endsWith('.new')) rmSync(join(dir, name), { recursive: true, force: true })
  }
  // A name of its own, because a server of a killed start may still write to the old one.
  const fresh = `${data}.${process.pid}.new`
  mkdirSync(fresh, { recursive: true, mode: 0o700 })
  await (server.kind === 'mariadb' ? bootstrap(server, fresh) : initialize(server, fresh))
  renameSync(fresh, data)
  return data
}

export function basics(server: DatabaseServer, data: string): string[] {
  const messages = ['share/mysql', 'share/mariadb'].map((share) => join(server.base, share)).find(existsSync)
  return [
    '--no-defaults',
    `--datadir=${data}`,
    `--basedir=${server.base}`,
    // At its start a server empties this folder, another server's tables included.
    `--tmpdir=${join(dirname(data), 'tmp')}`,
    ...(server.kind === 'mariadb' && messages ? [`--lc-messages-dir=${messages}`] : []),
    ...(process.getuid?.() === 0 ? ['--user=root'] : []),
    '--innodb-use-native-aio=OFF',
    '--innodb-buffer-pool-size=64M',
    ...(server.kind === 'mariadb' ? ['--innodb-log-file-size=8M'] : ['--innodb-redo-log-capacity=16M']),
  ]
}

async function initialize(server: DatabaseServer, data: string): Promise<void> {
  await run(server.binary, [...basics(server, data), '--initialize-insecure'], { env: server.env })
}

/** What mariadb-install-db does, without its forty megabytes and its need of a client program. */
async function bootstrap(server: DatabaseServer, data: string): Promise<void> {
  const share = ['share/mysql', 'share/mariadb', 'share']
    .map((name) => join(server.base, name))
    .find((folder) => tables.some((names) => names.every((name) => existsSync(join(folder, name)))))
  if (!share)
    throw new Error(`${server.binary} came without the SQL of its system tables (mysql_system_tables.sql).`)
  const names = tables.find((list) => list.every((name) => existsSync(join(share, name)))) ?? []
  const sql = [
    'create database if not exists mysql;\nuse mysql;\nset @auth_root_socket=NULL;\nset @skip_auth_anonymous=1;\n',
    ...names.map((name) => readFileSync(join(share, name), 'utf8')),
  ]
  const child = spawn(server.binary, [...basics(server, data), '--bootstrap', '--skip-log-bin'], {
    env: server.env,
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let errors = ''
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  child.stdin.on('error', () => {})
  child.stdin.end(sql.join('\n'))
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0)
    throw new Error(`The database could not be made:\n${errors.split('\n').slice(-12).join('\n')}`)
}

const tables = ['mysql', 'mariadb'].map((name) => [
  `${name}_system_tables.sql`,
  `${name}_performance_tables.sql`,
  `${name}_system_tables_data.sql`,
  'maria_add_gis_sp_bootstrap.sql',
])
