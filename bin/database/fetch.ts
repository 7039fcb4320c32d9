import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { installAsRoot, libraryFolders, unpackPackages } from './packages'

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
    await unpackPackages(dir, [packageName])
    return unpackedServer(dir)
  } catch (error) {
    log(
      `That did not work: ${error instanceof Error ? error.message.trim().split('\n').slice(-3).join(' ') : error}`,
    )
    return undefined
  }
}

function unpackedServer(dir: string): Fetched | undefined {
  const binary = join(dir, 'root/usr/sbin/mariadbd')
  if (!existsSync(binary)) return undefined
  return { binary, env: { ...process.env, LD_LIBRARY_PATH: libraryFolders(join(dir, 'root')).join(':') } }
}
