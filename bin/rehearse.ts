import { mkdirSync } from 'node:fs'
import { buildClient } from './build/client'
import { buildServer } from './build/server'
import { stopChildren } from './child'
import { openJournal } from './dev/journal'
import { type Lock, takeLock } from './dev/lock'
import { step } from './dev/progress'
import { waitUntilFree } from './ports'
import { announcement } from './rehearsal/announcement'
import { openAuthority } from './rehearsal/authority'
import { openDatabase } from './rehearsal/database'
import { openRehearsal, type Rehearsal, rehearsalOrigin } from './rehearsal/rehearsal'

const dir = '.data/rehearsal'
const port = Number(process.env.PORT || 3443)
const sandboxPort = Number(process.env.SANDBOX_PORT || 3444)
const closing: (() => Promise<unknown>)[] = []
let lock: Lock | undefined
let stopping = false

async function main(): Promise<void> {
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const taken = await takeLock(dir, rehearsalOrigin)
  if ('holder' in taken) {
    console.log(`A rehearsal of this checkout runs already (process ${taken.holder.pid}).`)
    process.exit(0)
  }
  lock = taken.lock
  await waitUntilFree(port, 'PORT')
  await waitUntilFree(sandboxPort, 'SANDBOX_PORT')
  console.log('Rehearsing production on this machine')

  const authority = await openAuthority()
  const [database] = await Promise.all([
    step('Database', openDatabase(dir, authority)),
    step(
      'Build',
      buildClient({ fresh: true }).then(() => buildServer()),
    ),
  ])
  closing.unshift(() => database.server.stop())
  const journal = openJournal(`${dir}/application.log`)
  const rehearsal = await openRehearsal({
    ...{ dir, authority, database, port, sandboxPort },
    output: journal.write,
  })
  closing.unshift(() => rehearsal.close())
  await step('Migration', mustEndWell(rehearsal.run(['dist/migrate.js']), 'migration'))
  const application = await step('Application', rehearsal.start('dist/server.js'))
  for (const [name, exited] of [
    ['application', application.exited],
    ['database', database.server.ended],
  ] as const)
    void exited.then((code) => ended(name, code))
  await step('Demo data', mustEndWell(seed(rehearsal), 'demo data'))
  lock.tell('ready')
  journal.speak()
  console.log(announcement({ rehearsal, dir }))
}

/** The seed refuses a public site, which this one only plays; and it pays at the sandbox itself. */
const seed = ({ run, sandbox }: Rehearsal) =>
  run(['--import', 'tsx', 'bin/seed.ts'], {
    NODE_ENV: 'development',
    APP_ORIGIN: 'http://localhost',
    RAZORPAY_API_BASE: `${sandbox.origin}/razorpay`,
  })

async function mustEndWell(exit: Promise<number>, name: string): Promise<void> {
  const code = await exit
  if (code !== 0) throw new Error(`The ${name} failed (${code}); the lines above say why.`)
}

function ended(name: string, code: number): void {
  if (stopping) return
  console.error(`The ${name} ended by itself (${code}); stopping everything.`)
  void stop(1)
}

async function stop(code: number): Promise<void> {
  if (stopping) return
  stopping = true
  lock?.tell('stopping')
  if (code === 0) console.log('\nStopping; the application takes five seconds, as behind a proxy')
  for (const close of closing) await close().catch(console.error)
  await stopChildren()
  lock?.release()
  process.exit(code)
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0))

main().catch((error) => {
  if (stopping) return
  console.error(`\n${error instanceof Error ? error.message : error}`)
  void stop(1)
})
