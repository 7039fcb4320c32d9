import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ServedSite, serveBuilt } from '../../test/served-site'
import { until } from '../../test/until'
import { fileWorld } from '../../test/world'
import { buildServer } from './server'

const world = fileWorld()
const out = mkdtempSync(join(tmpdir(), 'lms-cluster-'))
const token = 'a token for the numbers'
const started: ChildProcess[] = []
beforeAll(() => buildServer(out))
afterAll(() => {
  for (const child of started) child.kill('SIGKILL')
  rmSync(out, { recursive: true, force: true })
})

async function startSite(environment: NodeJS.ProcessEnv = {}): Promise<ServedSite> {
  const site = await serveBuilt(join(out, 'server.js'), {
    ...{ DATABASE_URL: world.environment.DATABASE_URL, METRICS_TOKEN: token, WEB_CONCURRENCY: '2' },
    ...environment,
  })
  started.push(site.child)
  return site
}

const pids = (site: ServedSite) =>
  site.lines().flatMap(({ listening, pid }) => (listening ? [Number(pid)] : []))
const bothServe = (site: ServedSite, count = 2) =>
  until(() => (pids(site).length === count ? pids(site) : null), `${count} processes to have served`)

/** The value of a line of the metrics; each scrape goes to whichever process takes it. */
async function number(site: ServedSite, line: string): Promise<number> {
  const { text } = await site.ask('/metrics', { Authorization: `Bearer ${token}` })
  const found = text.split('\n').find((one) => one.startsWith(`${line} `))
  return Number(found?.slice(line.length + 1))
}
const asked = 'lms_http_requests_total{method="GET",pattern="/robots.txt",status="200"}'

describe('a site of two processes', () => {
  it('goes on when one is killed under load, with another in its place, and forgets no number', async () => {
    const site = await startSite()
    const [first = 0, second = 0] = await bothServe(site)
    expect(first).not.toBe(second)
    expect(first).not.toBe(site.child.pid)

    const answers: (number | 'lost')[] = []
    let goesOn = true
    const visitor = async () => {
      while (goesOn)
        answers.push(
          await site.ask('/robots.txt').then(
            ({ status }) => status,
            () => 'lost' as const,
          ),
        )
    }
    const visitors = [visitor(), visitor(), visitor()]
    await until(() => answers.length > 20)
    const before = await number(site, asked)
    expect(before).toBeGreaterThan(19)
    process.kill(first, 'SIGKILL')
    const [, , third] = await bothServe(site, 3)
    const then = answers.length
    await until(() => answers.length > then + 20)
    goesOn = false
    await Promise.all(visitors)

    // What the killed one was just answering or handed is lost with it, at once, and nothing else.
    expect(answers.filter((status) => status === 'lost').length).toBeLessThan(10)
    expect(answers.filter((status) => status !== 'lost' && status !== 200)).toEqual([])
    expect(await number(site, asked)).toBeGreaterThan(before)
    expect(site.lines()).toContainEqual(
      expect.objectContaining({ level: 'error', pid: site.child.pid, worker: first, ended: 'SIGKILL' }),
    )
    const answering = site.lines().flatMap(({ path, pid }) => (path === '/robots.txt' ? [pid] : []))
    expect(new Set(answering)).toEqual(new Set([first, second, third]))
  })

  it('counts over both, and what stands in the database once', async () => {
    const site = await startSite()
    await bothServe(site)
    for (let n = 0; n < 9; n++) await site.ask('/robots.txt')
    const answering = site.lines().flatMap(({ path, pid }) => (path === '/robots.txt' ? [pid] : []))
    expect(new Set(answering).size).toBe(2)
    for (let n = 0; n < 4; n++) {
      expect(await number(site, asked)).toBe(9)
      expect(await number(site, 'lms_http_request_seconds_count{method="GET",pattern="/robots.txt"}')).toBe(9)
      expect(await number(site, 'lms_database_answers')).toBe(1)
    }
  })

  it('ends whole when it cannot begin, and says why', async () => {
    const taken = createServer()
    await new Promise<void>((resolve) => taken.listen(0, resolve))
    const { port } = taken.address() as { port: number }
    const child = spawn(process.execPath, [join(out, 'server.js')], {
      env: {
        ...{ PATH: process.env.PATH, PORT: String(port), WEB_CONCURRENCY: '2' },
        ...{ APP_ORIGIN: 'https://learn.example.com', APP_SECRET: 'thirty-two letters, none of them known' },
        DATABASE_URL: world.environment.DATABASE_URL,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    started.push(child)
    let said = ''
    child.stderr.on('data', (text) => {
      said += text
    })
    expect(await once(child, 'exit')).toEqual([1, null])
    expect(said).toContain('EADDRINUSE')
    taken.close()
  })
})
