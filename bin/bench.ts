import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { at, cpuOf, load } from './bench/load'
import { type BenchSite, openSite } from './bench/site'
import { stopChildren } from './child'

const { values } = parseArgs({
  options: { courses: { type: 'string', default: '0' }, requests: { type: 'string', default: '2000' } },
})
const [courses, requests] = [Number(values.courses), Number(values.requests)]
if (!Number.isInteger(courses) || courses < 0 || !Number.isInteger(requests) || requests < 1) {
  console.error('npm run bench -- --courses 100000 --requests 2000')
  process.exit(1)
}
/** There are never many of these at once. */
const crowds: Record<string, number> = { teacher: 8, administrator: 4 }
const dir = mkdtempSync(join(tmpdir(), 'lms-bench-'))

interface Cost {
  application: number
  database: number
}

try {
  const site = await openSite(dir, courses)
  const student = { Cookie: await signIn(site.origin, 'student@example.com') }
  const teacher = { Cookie: await signIn(site.origin, 'teacher@example.com') }
  const admin = { Cookie: await signIn(site.origin, 'admin@example.com') }
  const catalogue = await (await fetch(`${site.origin}/courses`)).text()
  const course = /href="(\/courses\/[a-z0-9-]+)"/.exec(catalogue)?.[1] ?? ''
  const learning = await (await fetch(`${site.origin}/learning`, { headers: student })).text()
  const lesson = /href="(\/learn\/[a-z0-9-]+\/[a-z0-9-]+)"/.exec(learning)?.[1] ?? '/learning'
  const pages: [path: string, who: string, headers: Record<string, string>][] = [
    ['/', 'visitor', {}],
    ['/courses', 'visitor', {}],
    [course, 'visitor', {}],
    ['/', 'signed in', student],
    ['/courses', 'signed in', student],
    ['/courses?q=python', 'signed in', student],
    ['/courses?q=course', 'signed in', student],
    [course, 'signed in', student],
    ['/learning', 'signed in', student],
    [lesson, 'signed in', student],
    ['/teach', 'teacher', teacher],
    ['/teach/earnings', 'teacher', teacher],
    ['/admin', 'administrator', admin],
  ]
  console.log(
    `\nNode ${process.versions.node}, ${availableParallelism()} cores shared with the database and this client; ${courses} courses more than the demo's; ms of CPU for one page; n connections: 32, of a teacher 8, of an administrator 4`,
  )
  console.log(
    row('page', 'who', ['SQL', 'app', 'db', 'x floor', 'p50 1', 'p99 1', 'p50 n', 'p99 n', '/s n', 'bytes']),
  )
  for (const [path, who, headers] of pages) {
    const connections = crowds[who] ?? 32
    const floor = await costOf(site, site.pids.floor, () => load({ url: site.floor, connections, requests }))
    const told = await measure(site, { path, connections, headers: { 'Accept-Encoding': 'br', ...headers } })
    const ratio = (told.cost.application + told.cost.database) / (floor.application + floor.database)
    console.log(
      row(path, who, [told.statements, told.cost.application, told.cost.database, ratio, ...told.rest]),
    )
  }
} finally {
  await stopChildren()
  rmSync(dir, { recursive: true, force: true })
}
process.exit(0)

interface Page {
  path: string
  headers: Record<string, string>
  connections: number
}

async function measure(site: BenchSite, { path, headers, connections }: Page) {
  const url = site.origin + path
  await load({ url, headers, connections: 4, requests: Math.ceil(requests / 10) })
  const before = await site.statements()
  const one = await load({ url, headers, connections: 1, requests: Math.ceil(requests / 10) })
  const asked = (await site.statements()) - before - 1
  const start = performance.now()
  let many = one
  const cost = await costOf(site, site.pids.application, async () => {
    many = await load({ url, headers, connections, requests })
  })
  const rate = (requests / (performance.now() - start)) * 1000
  return {
    cost,
    statements: asked / one.times.length,
    rest: [
      at(one.times, 0.5),
      at(one.times, 0.99),
      at(many.times, 0.5),
      at(many.times, 0.99),
      Math.round(rate),
      one.bytes,
    ],
  }
}

async function costOf({ pids }: BenchSite, pid: number, work: () => Promise<unknown>): Promise<Cost> {
  const [application, database] = [cpuOf(pid), cpuOf(pids.database)]
  await work()
  return {
    application: (cpuOf(pid) - application) / requests,
    database: (cpuOf(pids.database) - database) / requests,
  }
}

async function signIn(origin: string, email: string): Promise<string> {
  const answer = await fetch(`${origin}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: origin },
    body: new URLSearchParams({ email, password: 'learn-by-doing' }),
  })
  const cookie = answer.headers.getSetCookie().find((one) => one.startsWith('session='))
  if (!cookie) throw new Error(`${email} could not sign in: ${answer.status}`)
  return cookie.split(';')[0] ?? ''
}

function row(page: string, who: string, cells: (string | number)[]): string {
  const shown = cells.map((cell) =>
    typeof cell === 'number' && !Number.isInteger(cell) ? cell.toFixed(2) : String(cell),
  )
  const short = page.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '…')
  return `${short.slice(0, 40).padEnd(41)}${who.padEnd(14)}${shown.map((cell) => cell.padStart(8)).join('')}`
}
