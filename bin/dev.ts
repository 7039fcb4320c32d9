import { writeFileSync } from 'node:fs'
import { watchClient } from './build/client'
import { watchServer } from './build/server'
import { startChild, stopChildren } from './child'
import { type Application, openApplication } from './dev/application'
import { openDatabase } from './dev/database'
import { appEnvironment, ownSettings } from './dev/environment'
import { isAnswering } from './dev/health'
import { openJournal } from './dev/journal'
import { type Lock, takeLock } from './dev/lock'
import { step } from './dev/progress'
import { startSandbox } from './dev/sandbox'
import { prepareCodes } from './migrate'
import { freePort, waitUntilFree } from './ports'

const dir = '.data/dev'
const bundle = `${dir}/server.js`
const start = performance.now()
const closing: (() => Promise<unknown>)[] = []
let lock: Lock | undefined
let stopping = false

async function main(): Promise<void> {
  if (process.env.NODE_ENV === 'production') {
    throw new Error(
      'NODE_ENV is production here, and this starts a sandbox and writes demo data. Unset it for development.',
    )
  }
  const port = await portOf('PORT', 3000)
  const sandboxPort = await portOf('SANDBOX_PORT', 3001)
  const origin = process.env.APP_ORIGIN?.trim() || `http://localhost:${port}`

  const taken = await takeLock(dir, origin)
  if ('holder' in taken) {
    const { state, origin: there, pid } = taken.holder
    console.log(
      `This checkout is ${state === 'ready' ? 'running' : 'starting'} already: ${there} (process ${pid})`,
    )
    process.exit(0)
  }
  lock = taken.lock
  await waitUntilFree(port, 'PORT')
  await waitUntilFree(sandboxPort, 'SANDBOX_PORT')
  console.log('Starting for development')

  const defaults = {
    NODE_ENV: 'development',
    PORT: String(port),
    APP_ORIGIN: origin,
    DEMO_DATA: 'true',
    APP_SECRET: 'sandbox secret of development, known to everybody',
    SANDBOX_PORT: String(sandboxPort),
  }
  const journal = openJournal(`${dir}/application.log`)
  let application: Application | undefined
  const build = async () => {
    closing.push(await watchClient())
    closing.push(await watchServer(bundle, () => void application?.restart()))
  }
  const [databaseUrl, sandbox] = await Promise.all([
    step('Database', openDatabase(dir, ended)),
    step('Sandbox', startSandbox({ ...process.env, ...defaults, SANDBOX_DIR: `${dir}/sandbox` }, ended)),
    step('Build', build()),
  ])
  const environment = appEnvironment({ ...defaults, DATABASE_URL: databaseUrl }, sandbox, {
    ...process.env,
    PORT: String(port),
    SANDBOX_PORT: String(sandboxPort),
    DATABASE_URL: databaseUrl,
  })
  writeFileSync(`${dir}/environment.json`, JSON.stringify(ownSettings(environment)), {
    mode: 0o600,
  })
  await prepareCodes(environment)

  const app = openApplication(bundle, environment, journal.write)
  application = app
  closing.unshift(() => app.stop())
  await app.restart()
  const live = isAnswering(`http://127.0.0.1:${port}/health/live`)
  await step('Application', Promise.race([live, app.fallen]))
  await step('Demo data', seed(environment))
  lock.tell('ready')
  journal.speak()
  await announce(origin, `http://127.0.0.1:${sandboxPort}`)
}

async function portOf(name: string, usual: number): Promise<number> {
  const text = process.env[name]?.trim() || String(usual)
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Error(`${name} is ${text}, which is no port`)
  return port === 0 ? freePort() : port
}

async function seed(environment: NodeJS.ProcessEnv): Promise<void> {
  for (let tries = 1; tries <= 2 && !stopping; tries++) {
    const child = startChild(process.execPath, ['--import', 'tsx', 'bin/seed.ts'], { env: environment })
    if ((await child.exited) === 0) return
  }
  throw new Error('The demo data could not be written; the lines above say why.')
}

async function announce(origin: string, sandbox: string): Promise<void> {
  console.log(`
Ready after ${((performance.now() - start) / 1000).toFixed(1)} s

  Application   ${origin}
  Sandbox       ${sandbox} (mails, payments, videos, files)

  Sign in with the password learn-by-doing as
    student@example.com         owns a course and is half-way through it
    teacher@example.com         teaches
    other-teacher@example.com   teaches something else
    admin@example.com           looks after everything

  Ctrl-C stops it. Data lies below ${dir}; deleting that folder starts afresh.
  The whole log is ${dir}/application.log.
`)
}

function ended(name: string, code: number): void {
  if (stopping) return
  console.error(`The ${name} ended by itself (${code}); stopping everything. npm run dev starts it again.`)
  void stop(1)
}

async function stop(code: number): Promise<void> {
  if (stopping) return
  stopping = true
  lock?.tell('stopping')
  if (code === 0) console.log('\nStopping')
  await Promise.allSettled(closing.map((close) => close()))
  await stopChildren()
  lock?.release()
  process.exit(code)
}

// In a terminal Ctrl-C comes twice, from the keyboard and from npm.
let asked = 0
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (asked && Date.now() - asked > 1_000) process.exit(1)
    asked ||= Date.now()
    void stop(0)
  })
}

// npm may be killed without a word to us.
if (process.env.npm_lifecycle_event) {
  const parent = process.ppid
  setInterval(() => process.ppid !== parent && !stopping && stop(0), 250).unref()
}

main().catch((error) => {
  if (stopping) return
  console.error(`\n${error instanceof Error ? error.message : error}`)
  void stop(1)
})
