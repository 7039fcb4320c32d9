import { execFile } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { fetchServer, howToInstall } from './fetch'

const run = promisify(execFile)

export interface DatabaseServer {
  binary: string
  kind: 'mariadb' | 'mysql'
  base: string
  env: NodeJS.ProcessEnv
}

type Log = (line: string) => void

/** MYSQLD_BIN, else an installed one, else one fetched; refuses with what to install. */
export async function findServer(fetchDir: string, log: Log = () => {}): Promise<DatabaseServer> {
  const wanted = process.env.MYSQLD_BIN
  if (wanted) {
    if (!existsSync(wanted)) throw new Error(`MYSQLD_BIN says ${wanted}, and there is no such file.`)
    return describe(wanted)
  }
  const installed = installedServer()
  if (installed) return describe(installed)
  const fetched = await fetchServer(fetchDir, log, installedServer)
  if (fetched) return describe(fetched.binary, fetched.env)
  throw new Error(`There is no database server on this machine. ${howToInstall}`)
}

function installedServer(): string | undefined {
  const folders = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/sbin',
    '/usr/local/sbin',
    '/usr/libexec',
  ]
  return ['mariadbd', 'mysqld']
    .flatMap((name) => folders.filter(Boolean).map((folder) => join(folder, name)))
    .find((path) => existsSync(path))
}

async function describe(path: string, env: NodeJS.ProcessEnv = process.env): Promise<DatabaseServer> {
  const binary = realpathSync(path)
  const { stdout } = await run(binary, ['--no-defaults', '--version'], { env })
  return { binary, kind: /mariadb/i.test(stdout) ? 'mariadb' : 'mysql', base: dirname(dirname(binary)), env }
}
