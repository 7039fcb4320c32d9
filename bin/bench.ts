import { mkdtempSync, rmSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildClient } from './build/client'
import { buildServer } from './build/server'
import { startChild, stopChildren } from './child'
import { createDatabase } from './database/server'
import { startDatabase } from './database/start'
import { isAnswering } from './dev/health'
import { migrate, prepareCodes } from './migrate'
import { freePort } from './ports'
import { openSandbox } from './sandbox'

const lanes = 16
const seconds = 5
const dir = mkdtempSync(join(tmpdir(), 'lms-bench-'))
const port = await freePort()
const origin = `http://localhost:${port}`

try {
  await buildClient()
  await buildServer()
  const server = await startDatabase({
    dir: join(dir, 'database'),
    fetchDir: '.data/server',
    log: console.log,
  })
  const databaseUrl = await createDatabase(server.url, 'bench')
  await migrate(databaseUrl)
  const sandbox = await openSandbox({ port: 0, dataDir: join(dir, 'sandbox'), appOrigin: () => origin })
  const environment = {
    ...process.env,
    ...sandbox.environment,
    PORT: String(port),
    APP_ORIGIN: origin,
    APP_SECRET: 'sandbox secret of the benchmark, known to everybody',
    DATABASE_URL: databaseUrl,
  }
  await prepareCodes(environment)
  startChild(process.execPath, ['dist/server.js'], {
    env: { ...environment, NODE_ENV: 'production' },
    output: 'ignore',
  })
  await isAnswering(`${origin}/health/live`)
  const seed = startChild(process.execPath, ['--import', 'tsx', 'bin/seed.ts'], {
    env: { ...environment, NODE_ENV: 'development', DEMO_DATA: 'true' },
  })
  if ((await seed.exited) !== 0) throw new Error('The demo data could not be written.')
  const course = /href="(\/courses\/[a-z0-9-]+)"/.exec(await (await fetch(`${origin}/courses`)).text())?.[1]
  if (!course) throw new Error('The catalogue shows no course.')

  console.log(
    `\nNode ${process.versions.node}, ${availableParallelism()} cores shared with the database and this client, ${lanes} connections`,
  )
  for (const path of ['/', '/courses', '/courses?q=web', course, '/health/live']) {
    await measure(path, 1)
    const times = (await measure(path, seconds)).sort((a, b) => a - b)
    const at = (share: number) => `${(times[Math.floor(times.length * share)] ?? 0).toFixed(1)} ms`
    const rate = Math.round(times.length / seconds)
    console.log(`${path.padEnd(44)}${String(rate).padStart(6)} /s   half ${at(0.5)}   99 of 100 ${at(0.99)}`)
  }
} finally {
  await stopChildren()
  rmSync(dir, { recursive: true, force: true })
}
process.exit(0)

async function measure(path: string, duration: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes })
  const times: number[] = []
  const end = performance.now() + duration * 1000
  const lane = async () => {
    while (performance.now() < end) {
      const start = performance.now()
      await new Promise<void>((resolve, reject) => {
        get(`${origin}${path}`, { agent }, (answer) => {
          if (answer.statusCode !== 200) reject(new Error(`${path} answered ${answer.statusCode}`))
          answer.resume().once('end', resolve).once('error', reject)
        }).once('error', reject)
      })
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  agent.destroy()
  return times
}
