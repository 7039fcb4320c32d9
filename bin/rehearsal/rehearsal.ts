import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Environment } from '../../src/config'
import { type Child, startChild } from '../child'
import { isAnswering } from '../dev/health'
import { freePort } from '../ports'
import { openSandbox, type Sandbox } from '../sandbox'
import type { Authority } from './authority'
import { browserArguments } from './browser-arguments'
import { openFront } from './front'
import { type Names, redirectNames } from './names.mjs'

const appHost = 'learn.rehearsal.test'
export const rehearsalOrigin = `https://${appHost}`
const preload = ['--import', './bin/rehearsal/names.mjs']

export interface Rehearsal {
  origin: string
  sandbox: Sandbox
  /** All that the application is configured by; nothing of who started us. */
  environment: Environment
  /** What makes a Chromium see the names as this machine's, and believe the certificate. */
  browserArguments: string[]
  /** With the application's own way to the names. */
  run(args: string[], environment?: Environment): Promise<number>
  /** Ends when the application answers over https, or refuses with why it does not. */
  start(server: string): Promise<Child>
  close(): Promise<void>
}

/**
 * Everything around the built application: the sandbox behind the vendors' own names, the way to
 * them for this process and its children, and the values that the application is configured by.
 */
export async function openRehearsal(options: {
  dir: string
  authority: Authority
  database: { url: string; ca?: string }
  port: number
  sandboxPort: number
  output: (line: string) => void
}): Promise<Rehearsal> {
  const { authority, database, output } = options
  const dir = resolve(options.dir)
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const origin = rehearsalOrigin
  const secret = keptSecret(join(dir, 'secret'))
  const sandbox = await openSandbox({
    port: options.sandboxPort,
    dataDir: join(dir, 'sandbox'),
    appOrigin: () => origin,
    rehearsal: { secret, ...authority.sign([]) },
  })
  const hosts = [...new Set([appHost, ...sandbox.places.map(([vendor]) => new URL(vendor).host)])]
  const certificate = authority.sign(hosts)
  const appPort = await freePort()
  const front = await openFront({ port: options.port, certificate, appHost, appPort, places: sandbox.places })
  const names: Names = { names: hosts, port: front.httpsPort, ca: authority.ca }
  writeFileSync(join(dir, 'names.json'), JSON.stringify(names))
  writeFileSync(join(dir, 'authority.pem'), authority.ca)
  const restore = redirectNames(names)

  const environment: Environment = {
    PATH: process.env.PATH,
    NODE_ENV: 'production',
    PORT: String(appPort),
    TRUST_PROXY: '1',
    APP_ORIGIN: origin,
    APP_SECRET: secret,
    DATABASE_URL: database.url,
    DATABASE_CA: database.ca,
    NODE_EXTRA_CA_CERTS: join(dir, 'authority.pem'),
    REHEARSAL_NAMES: join(dir, 'names.json'),
    ...sandbox.environment,
  }
  const child = (args: string[], more?: Environment) =>
    startChild(process.execPath, [...preload, ...args], { env: { ...environment, ...more }, output })
  let application: Child | undefined

  return {
    origin,
    sandbox,
    environment,
    browserArguments: browserArguments({ hosts, appHost, front, certificate }),
    run: (args, more) => child(args, more).exited,
    async start(server) {
      const started = child(['--enable-source-maps', server])
      application = started
      const fallen = started.exited.then((code) => {
        throw new Error(`The application did not start (${code}); the lines above say why.`)
      })
      await Promise.race([isAnswering(`${origin}/health/ready`), fallen])
      return started
    },
    async close() {
      await application?.stop(25_000)
      restore()
      await front.close()
      await sandbox.close()
    },
  }
}

function keptSecret(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}
