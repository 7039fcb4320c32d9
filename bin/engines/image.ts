import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { startChild } from '../child'
import { installAsRoot } from '../database/packages'
import { createDatabase } from '../database/server'
import { startDatabase } from '../database/start'
import { freePort } from '../ports'
import type { Result } from './suite'

const run = promisify(execFile)
const dir = resolve('.data/engines/image')
const certificates = '/etc/ssl/certs/ca-certificates.crt'
/** What the Dockerfile is built on; here made of Debian's base system and this machine's Node. */
const baseName = 'docker.io/library/node:24-slim'

const quiet = {
  maxBuffer: 64 * 1024 * 1024,
  env: { ...process.env, STORAGE_DRIVER: 'vfs', BUILDAH_ISOLATION: 'chroot', LC_ALL: 'C' },
}
const buildah = async (...args: string[]): Promise<string> => {
  const { stdout } = await run(
    'buildah',
    ['--root', `${dir}/store`, '--runroot', `${dir}/run`, ...args],
    quiet,
  )
  return stdout.trim()
}

/** The Dockerfile's own steps, without a container engine, and the site that comes out of them. */
export async function image(): Promise<Result> {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get'))
    return { end: 'not had', words: 'The image is built by buildah on Debian, as root.' }
  await installAsRoot(['buildah', 'debootstrap'])
  mkdirSync(dir, { recursive: true })
  if (!(await buildah('images', '--format', '{{.Name}}')).includes('library/node')) await makeBase()
  await buildah('bud', '--pull=never', '--network=host', '-t', 'lms', '.')
  return serves()
}

async function makeBase(): Promise<void> {
  const root = join(dir, 'base')
  rmSync(root, { recursive: true, force: true })
  await run('debootstrap', ['--variant=minbase', 'stable', root], quiet)
  cpSync(process.execPath, join(root, 'usr/bin/node'))
  const npm = join(dirname(dirname(process.execPath)), 'lib/node_modules/npm')
  mkdirSync(join(root, 'usr/lib/node_modules'), { recursive: true })
  cpSync(npm, join(root, 'usr/lib/node_modules/npm'), { recursive: true })
  symlinkSync('../lib/node_modules/npm/bin/npm-cli.js', join(root, 'usr/bin/npm'))
  mkdirSync(join(root, dirname(certificates)), { recursive: true })
  const own = process.env.NODE_EXTRA_CA_CERTS ?? certificates
  if (existsSync(own)) cpSync(own, join(root, certificates), { dereference: true })
  await run('chroot', [root, 'useradd', '--create-home', 'node'], quiet)
  const container = await buildah('from', 'scratch')
  await buildah('add', container, root, '/')
  await buildah('config', '--env', `NODE_EXTRA_CA_CERTS=${certificates}`, container)
  await buildah('commit', container, baseName)
  await buildah('rm', container)
  rmSync(root, { recursive: true, force: true })
}

/** As compose.yaml has it: migrate, then serve, then stop when asked. */
async function serves(): Promise<Result> {
  const database = await startDatabase({ dir: `${dir}/database`, durable: false, fetchDir: '.data/server' })
  const container = await buildah('from', '--pull-never', 'lms')
  try {
    const port = await freePort()
    const environment = {
      ...{ PORT: String(port), APP_ORIGIN: `http://localhost:${port}` },
      APP_SECRET: crypto.randomUUID(),
      DATABASE_URL: await createDatabase(database.url, `lms_${crypto.randomUUID().replaceAll('-', '')}`),
    }
    const settings = Object.entries(environment).flatMap(([name, value]) => ['--env', `${name}=${value}`])
    await buildah('run', '--network=host', ...settings, container, '--', 'node', 'dist/migrate.js')
    const server = startChild(
      'buildah',
      [
        ...['--root', `${dir}/store`, '--runroot', `${dir}/run`, 'run', '--network=host', ...settings],
        ...[container, '--', 'node', '--enable-source-maps', 'dist/server.js'],
      ],
      { env: quiet.env, output: 'ignore' },
    )
    const ready = await answers(`http://localhost:${port}/health/ready`)
    const home = ready ? (await fetch(`http://localhost:${port}/`)).status : 0
    await server.stop(25_000)
    const end = ready && home === 200 ? 'passed' : 'failed'
    return {
      end,
      words: `Built, migrated, ready: ${ready}, home page: ${home}; on ${process.version}, not on 24.`,
    }
  } finally {
    await buildah('rm', container)
    await database.stop()
  }
}

async function answers(address: string): Promise<boolean> {
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const answer = await fetch(address).catch(() => null)
    if (answer?.ok) return true
    await new Promise((later) => setTimeout(later, 200))
  }
  return false
}
