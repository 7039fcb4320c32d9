import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const quiet = {
  env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
  maxBuffer: 64 * 1024 * 1024,
}
const packageName = 'mariadb-server-core'

export const howToInstall = `Install MariaDB 10.6 or newer, or MySQL 8 or newer, and run this again:
  Debian, Ubuntu   sudo apt-get install -y --no-install-recommends ${packageName}
  Fedora           sudo dnf install mariadb-server
  macOS            brew install mariadb
A server that runs already does as well: DATABASE_URL=mysql://user:password@host:3306/database`

type Log = (line: string) => void
interface Fetched {
  binary: string
  env: NodeJS.ProcessEnv
}

export async function fetchServer(
  dir: string,
  log: Log,
  installedServer: () => string | undefined,
): Promise<Fetched | undefined> {
  const unpacked = unpackedServer(dir)
  if (unpacked) return unpacked
  if (!existsSync('/usr/bin/apt-get')) return undefined
  log('No database server on this machine: fetching MariaDB from the distribution (8 MB)')
  try {
    if (process.getuid?.() === 0) {
      await installAsRoot([packageName])
      const binary = installedServer()
      return binary ? { binary, env: process.env } : undefined
    }
    await unpack(dir)
    return unpackedServer(dir)
  } catch (error) {
    log(
      `That did not work: ${error instanceof Error ? error.message.trim().split('\n').slice(-3).join(' ') : error}`,
    )
    return undefined
  }
}

export async function installAsRoot(packages: string[]): Promise<void> {
  const install = () =>
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet)
  await install().catch(async () => {
    await run('apt-get', ['update', '-qq'], quiet)
    await install()
  })
}

async function unpack(dir: string): Promise<void> {
  const work = join(dir, 'work')
  rmSync(work, { recursive: true, force: true })
  for (const folder of ['lists/partial', 'cache/archives/partial', 'packages', 'root']) {
    mkdirSync(join(work, folder), { recursive: true })
  }
  const own = [
    '-o',
    `Dir::State::lists=${work}/lists`,
    '-o',
    `Dir::Cache=${work}/cache`,
    '-o',
    'Debug::NoLocking=1',
  ]
  await run('apt-get', [...own, 'update', '-qq'], quiet)
  const plan = ['install', '--print-uris', '-qq', '--no-install-recommends', packageName]
  const { stdout } = await run('apt-get', [...own, ...plan], quiet)
  const names = [...stdout.matchAll(/^'[^']+' ([^_\s]+)_/gm)].map((match) => match[1] ?? '')
  await run('apt-get', [...own, 'download', '-qq', ...names], { ...quiet, cwd: join(work, 'packages') })
  for (const file of readdirSync(join(work, 'packages'))) {
    await run('dpkg', ['-x', join(work, 'packages', file), join(work, 'root')], quiet)
  }
  // Renamed last, so that a half unpacked server is never taken for a whole one.
  rmSync(join(dir, 'root'), { recursive: true, force: true })
  renameSync(join(work, 'root'), join(dir, 'root'))
  rmSync(work, { recursive: true, force: true })
}

function unpackedServer(dir: string): Fetched | undefined {
  const binary = join(dir, 'root/usr/sbin/mariadbd')
  if (!existsSync(binary)) return undefined
  const folders = ['usr/lib', 'lib'].flatMap((lib) => {
    const folder = join(dir, 'root', lib)
    if (!existsSync(folder)) return []
    const inner = readdirSync(folder).filter((name) => name.includes('-linux-gnu'))
    return [folder, ...inner.map((name) => join(folder, name))]
  })
  return { binary, env: { ...process.env, LD_LIBRARY_PATH: folders.join(':') } }
}
