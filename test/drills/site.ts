import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildServer } from '../../bin/build/server'
import { startDatabase } from '../../bin/database/start'
import { freePort } from '../../bin/ports'
import type { Environment } from '../../src/config'
import { BrowserSession } from '../browser-session'
import { type ServedSite, serveBuilt } from '../served-site'
import { until } from '../until'
import { openWorld, type World } from '../world'

/** Of a drill that runs for a while, told by `npm run soak`; one for a share of it. */
export const drillRounds = Number(process.env.SOAK ?? 1)
export const isLongDrill = process.env.SOAK !== undefined

const metricsToken = 'a token for the numbers'
export const asMetrics = { Authorization: `Bearer ${metricsToken}` }

/** Who has no answer by then never gets one. */
const longestAnswerMs = 30_000

export interface DrillSite {
  world: World
  /** The process of its own database server, where it has one. */
  databasePid: number | null
  /** The production build in two processes; started again on the same port as often as needed. */
  serve(environment?: Environment): Promise<ServedSite>
  /** The same browser, in front of the served site. */
  atServed(browser: BrowserSession): BrowserSession
  close(): Promise<void>
}

/** With `ownDatabase` that server may be stopped without anybody else noticing. */
export async function openDrillSite({ ownDatabase = false } = {}): Promise<DrillSite> {
  const dir = mkdtempSync(join(tmpdir(), 'lms-drill-'))
  const [out, folder] = [join(dir, 'dist'), join(dir, 'database')]
  const [port, database] = await Promise.all([
    freePort(),
    ownDatabase ? startDatabase({ dir: folder, durable: false, fetchDir: '.data/server' }) : null,
    buildServer(out, { withCommands: false }),
  ])
  const origin = `http://localhost:${port}`
  const world = await openWorld({ appOrigin: origin, server: database?.url })
  const served: ServedSite[] = []
  return {
    world,
    databasePid: database ? Number(readFileSync(join(folder, 'server.pid'), 'utf8')) : null,
    async serve(environment = {}) {
      const own = { PORT: String(port), WEB_CONCURRENCY: '2', METRICS_TOKEN: metricsToken }
      const site = await serveBuilt(join(out, 'server.js'), { ...world.environment, ...own, ...environment })
      served.push(site)
      await until(() => servingPids(site).length === 2, 'both processes to serve')
      return site
    },
    atServed({ cookies }) {
      // Each request over a connection of its own, so that any process may answer.
      const send = (address: string, init: RequestInit) =>
        fetch(address, {
          ...{ ...init, headers: { ...init.headers, Connection: 'close' } },
          signal: AbortSignal.timeout(longestAnswerMs),
        })
      const browser = new BrowserSession(send, origin)
      for (const [name, value] of cookies) browser.cookies.set(name, value)
      return browser
    },
    async close() {
      for (const { child } of served) child.kill('SIGKILL')
      await world.close()
      await database?.stop()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

/** The processes that have begun to serve, those that are gone included. */
export const servingPids = (site: ServedSite): number[] =>
  site.lines().flatMap(({ listening, pid }) => (listening ? [Number(pid)] : []))

/** The value of a line of the metrics; NaN where there is none. */
export async function metric(site: ServedSite, line: string): Promise<number> {
  const { text } = await site.ask('/metrics', asMetrics)
  const found = text.split('\n').find((one) => one.startsWith(`${line} `))
  return Number(found?.slice(line.length + 1))
}
