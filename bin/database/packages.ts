import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const quiet = {
  env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
  maxBuffer: 64 * 1024 * 1024,
}

export async function installAsRoot(packages: string[]): Promise<void> {
  const install = () =>
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet)
  await install().catch(async () => {
    await run('apt-get', ['update', '-qq'], quiet)
    await install()
  })
}

/**
 * Unpacks packages and what they need and this machine lacks below `dir/root`, without being root
 * and without installing anything. Of another release of Debian (`suite`) all they need comes along.
 */
export async function unpackPackages(dir: string, packages: string[], suite?: string): Promise<void> {
  const work = join(dir, 'work')
  rmSync(work, { recursive: true, force: true })
  for (const folder of ['lists/partial', 'cache/archives/partial', 'packages', 'root'])
    mkdirSync(join(work, folder), { recursive: true })
  const own = [
    ...[`Dir::State::lists=${work}/lists`, `Dir::Cache=${work}/cache`, 'Debug::NoLocking=1'],
    ...(suite ? await ofSuite(work, suite) : []),
  ].flatMap((option) => ['-o', option])
  await run('apt-get', [...own, 'update', '-qq'], quiet)
  const plan = ['install', '--print-uris', '-qq', '--no-install-recommends', ...packages]
  const { stdout } = await run('apt-get', [...own, ...plan], quiet)
  const names = [...stdout.matchAll(/^'[^']+' ([^_\s]+)_/gm)].map((match) => match[1] ?? '')
  await run('apt-get', [...own, 'download', '-qq', ...names], { ...quiet, cwd: join(work, 'packages') })
  for (const file of readdirSync(join(work, 'packages')))
    await run('dpkg', ['-x', join(work, 'packages', file), join(work, 'root')], quiet)
  // Renamed last, so that half of them is never taken for the whole.
  rmSync(join(dir, 'root'), { recursive: true, force: true })
  renameSync(join(work, 'root'), join(dir, 'root'))
  rmSync(work, { recursive: true, force: true })
}

/** As on a machine of that release on which nothing is installed; from where this machine's packages come. */
async function ofSuite(work: string, suite: string): Promise<string[]> {
  const format = ['--format', '$(LABEL) $(REPO_URI)', 'Created-By: Packages']
  const { stdout } = await run('apt-get', ['indextargets', ...format], quiet)
  const mirror = /^Debian (\S+)$/m.exec(stdout)?.[1]
  if (!mirror) throw new Error('This machine has no packages of Debian.')
  const keys = '/usr/share/keyrings/debian-archive-keyring.gpg'
  writeFileSync(join(work, 'sources.list'), `deb [signed-by=${keys}] ${mirror} ${suite} main\n`)
  writeFileSync(join(work, 'status'), '')
  return [
    `Dir::Etc::sourcelist=${work}/sources.list`,
    'Dir::Etc::sourceparts=/dev/null',
    `Dir::State::status=${work}/status`,
  ]
}

/** Where unpacked packages keep their libraries. */
export const libraryFolders = (root: string): string[] =>
  ['usr/lib', 'lib'].flatMap((lib) => {
    const folder = join(root, lib)
    if (!existsSync(folder)) return []
    const inner = readdirSync(folder).filter((name) => name.includes('-linux-gnu'))
    return [folder, ...inner.map((name) => join(folder, name))]
  })
