// Plain JavaScript without packages: this is what runs on a bare clone.
import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

export async function prepare() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`This needs Node 20.19 or newer; here is ${process.versions.node}. See https://nodejs.org`)
  }
  process.chdir(root)
  const release = await lock(join(root, '.data'))
  try {
    const reason = reasonToInstall(root)
    if (reason) await install(reason, release.tell)
  } finally {
    release()
  }
}

/**
 * npm writes node_modules/.package-lock.json as its last act, so an installation that was cut short
 * counts as missing; what was left out on purpose (another platform's binaries) is marked optional.
 */
export function reasonToInstall(folder) {
  const wanted = packagesOf(join(folder, 'package-lock.json'))
  const installed = packagesOf(join(folder, 'node_modules/.package-lock.json'))
  if (!wanted) return undefined
  if (!installed) return 'they are missing'
  const stale = Object.entries(wanted).find(([path, entry]) => {
    if (path === '' || entry.link) return false
    const present = installed[path]
    if (!present) return !entry.optional && !entry.devOptional
    return present.version !== entry.version || present.integrity !== entry.integrity
  })
  return stale ? `${stale[0].replace(/^node_modules\//, '')} is not the one of the lockfile` : undefined
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}

async function install(reason, started) {
  console.log(`Installing packages (npm ci), because ${reason}`)
  const start = Date.now()
  const seconds = () => `${Math.round((Date.now() - start) / 1000)} s`
  const npm = process.env.npm_execpath?.endsWith('npm-cli.js')
    ? [process.execPath, process.env.npm_execpath]
    : ['npm']
  const args = [...npm.slice(1), 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const child = spawn(npm[0], args, { stdio: ['ignore', 'inherit', 'inherit'] })
  started(child.pid)
  const forward = (signal) => child.kill(signal)
  process.once('SIGTERM', forward).once('SIGINT', forward)
  const clock = setInterval(() => console.log(`  still installing, ${seconds()}`), 15_000)
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(127)).once('exit', (code) => resolve(code ?? 128))
  })
  clearInterval(clock)
  process.off('SIGTERM', forward).off('SIGINT', forward)
  if (code === 127) fail('npm was not found; it comes with Node: https://nodejs.org')
  if (code !== 0) fail('The packages could not be installed; the lines above say why.')
  console.log(`Packages installed (${seconds()})`)
}

/** Two installations at once destroy each other, and one may still run whose starter was killed. */
async function lock(folder) {
  const file = join(folder, 'install.lock')
  mkdirSync(folder, { recursive: true })
  for (let told = false; ; ) {
    try {
      writeFileSync(file, String(process.pid), { flag: 'wx' })
      const release = () => rmSync(file, { force: true })
      release.tell = (pid) => writeFileSync(file, String(pid))
      return release
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    if (!isHeld(file)) rmSync(file, { force: true })
    else if (!told) told = !console.log('Waiting for an installation of packages that runs already')
    await new Promise((later) => setTimeout(later, 200))
  }
}

/** After ten minutes its number may have gone to another program. */
function isHeld(file) {
  try {
    if (Date.now() - statSync(file).mtimeMs > 600_000) return false
    const pid = Number(readFileSync(file, 'utf8'))
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}

function fail(message) {
  console.error(message)
  process.exit(1)
}
