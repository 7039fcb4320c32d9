import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import mysql from 'mysql2/promise'
import { buildClient } from '../build/client'
import { buildServer } from '../build/server'
import { startChild } from '../child'
import { createDatabase } from '../database/server'
import { startDatabase } from '../database/start'
import { isAnswering } from '../dev/health'
import { migrate, prepareCodes } from '../migrate'
import { freePort } from '../ports'
import { openSandbox } from '../sandbox'
import { addCourses } from './data'

export interface BenchSite {
  origin: string
  floor: string
  pids: { application: number; floor: number; database: number }
  /** How many statements the database has run since it began. */
  statements(): Promise<number>
}

/** The production build with demo courses, and so many more, beside the bare page. */
export async function openSite(dir: string, courses: number, flags: string[] = []): Promise<BenchSite> {
  await buildClient()
  await buildServer()
  const place = join(dir, 'database')
  const server = await startDatabase({ dir: place, fetchDir: '.data/server', log: console.log })
  const databaseUrl = await createDatabase(server.url, 'bench')
  await migrate(databaseUrl)
  const [port, floorPort] = [await freePort(), await freePort()]
  const origin = `http://localhost:${port}`
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
  const production = { NODE_ENV: 'production' }
  const application = startChild(process.execPath, [...flags, 'dist/server.js'], {
    env: { ...environment, ...production },
    output: 'ignore',
  })
  await isAnswering(`${origin}/health/live`)
  const seed = startChild(process.execPath, ['--import', 'tsx', 'bin/seed.ts'], {
    env: { ...environment, NODE_ENV: 'development', DEMO_DATA: 'true' },
    output: 'ignore',
  })
  if ((await seed.exited) !== 0) throw new Error('The demo data could not be written.')
  const line = await mysql.createConnection({ uri: databaseUrl, multipleStatements: true })
  await addCourses(line, courses)
  const floor = startChild(process.execPath, ['--import', 'tsx', 'bin/bench/floor.ts'], {
    env: { ...process.env, ...production, PORT: String(floorPort), DATABASE_URL: databaseUrl },
  })
  await isAnswering(`http://localhost:${floorPort}/`)
  return {
    origin,
    floor: `http://localhost:${floorPort}/`,
    pids: {
      application: application.process.pid ?? 0,
      floor: floor.process.pid ?? 0,
      database: Number(readFileSync(join(place, 'server.pid'), 'utf8')),
    },
    async statements() {
      const [rows] = await line.query("show global status like 'Questions'")
      return Number((rows as { Value: string }[])[0]?.Value)
    },
  }
}
