import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { libraryFolders, unpackPackages } from '../database/packages'
import { runSuite } from './suite'

/** Debian's own releases bring one MySQL and one MariaDB each; together they bring both. */
export const mysql = () => onServer({ suite: 'sid', name: 'mysql-server-core', program: 'mysqld' })
export const mariadb = () => onServer({ suite: 'trixie', name: 'mariadb-server-core', program: 'mariadbd' })

async function onServer(from: { suite: string; name: string; program: string }) {
  const dir = resolve('.data/engines', from.name)
  if (!existsSync(join(dir, 'root'))) {
    mkdirSync(dir, { recursive: true })
    await unpackPackages(dir, [from.name], from.suite)
  }
  return runSuite(['--project', 'app'], { MYSQLD_BIN: starterOf(join(dir, 'root'), from.program) })
}

/** The server was made for another C library than this machine's: it starts with its own. */
function starterOf(root: string, program: string): string {
  const binary = join(root, 'usr/sbin', program)
  const folders = libraryFolders(root)
  const loader = folders
    .flatMap((folder) => [join(folder, 'ld-linux-x86-64.so.2'), join(folder, 'ld-linux-aarch64.so.1')])
    .find((file) => existsSync(file))
  if (!loader) throw new Error(`No loader was found below ${root}.`)
  const starter = join(root, 'usr/sbin', `${program}-starter`)
  writeFileSync(
    starter,
    `#!/bin/sh\nexec '${loader}' --library-path '${folders.join(':')}' '${binary}' "$@"\n`,
  )
  chmodSync(starter, 0o755)
  return starter
}
