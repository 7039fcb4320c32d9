import { beforeAll, describe, expect, it } from 'vitest'
import { formOf } from './access/forms'
import { fillPattern, findPath, type Ids, listRoutes, openPlace, type Route } from './addresses'
import { type Asked, bytesKept } from './heap'
import { type Person, person } from './people'
import { fileWorld } from './world'

const maxBytes = 5 * 1024 * 1024
/** Fifty of them are more than may be kept of all requests together. */
const bodyBytes = 125_000

const world = fileWorld()
let ids: Ids
let buyer: Person
beforeAll(async () => {
  buyer = await person(world)
  const instructor = await person(world, { role: 'instructor' })
  ids = (await openPlace(world, { instructor, buyer })).ids
})

const isForMachines = ({ pattern }: Route) =>
  findPath(pattern)?.access === 'machine' || pattern.startsWith('/api/')
const pages = listRoutes().filter((route) => !isForMachines(route))
const machines = listRoutes().filter(isForMachines)

/** What a visitor sends to this address; forms are refused, for what they say or for who sends them. */
function fromVisitor({ method, pattern }: Route): Asked {
  const path = fillPattern(pattern, ids)
  if (method === 'GET') return { method, path }
  const form = formOf('bad', ids)
  form.set('more', 'x'.repeat(bodyBytes))
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded', 'Sec-Fetch-Site': 'same-origin' }
  return { method: 'POST', path, headers, body: form.toString() }
}

/** Of these routes, those that keep more than their part. */
async function heaviest(routes: Route[], times: number): Promise<string> {
  const lines: string[] = []
  for (const route of routes) {
    const { bytes } = await bytesKept(world.origin, [fromVisitor(route)], times)
    if (bytes > maxBytes / 10) lines.push(`${route.method} ${route.pattern} keeps ${bytes} bytes`)
  }
  return lines.join(', ')
}

describe('many requests leave nothing behind', { timeout: 300_000 }, () => {
  it('of a visitor to every address, fifty to each', async () => {
    const kept = await bytesKept(world.origin, pages.map(fromVisitor), 50)
    expect(kept.statuses.filter((status) => status >= 500)).toEqual([])
    expect(kept.bytes, kept.bytes < maxBytes ? '' : await heaviest(pages, 50)).toBeLessThan(maxBytes)
  })

  it.each(machines)(
    'of a stranger to an address for machines, five hundred: $method $pattern',
    async (route) => {
      const kept = await bytesKept(world.origin, [fromVisitor(route)], 500)
      expect(kept.statuses).not.toContain(500)
      expect(kept.bytes).toBeLessThan(maxBytes)
    },
  )
})

const path = '/api/uploadthing?actionType=upload&slug=avatar'
const headers = { 'Content-Type': 'application/json' }
const leaveFor = (name: string, type = 'image/png') =>
  JSON.stringify({ files: [{ name, size: 1, type, lastModified: 0 }], input: null })

const unknown: (Asked & { what: string; status: number })[] = [
  { what: 'leave to upload', method: 'POST', path, headers, body: leaveFor('a.png'), status: 403 },
  { what: '900 KB of name', method: 'POST', path, headers, body: leaveFor('a'.repeat(900_000)), status: 403 },
  {
    what: 'a callback with a forged signature',
    method: 'POST',
    path: '/api/uploadthing?slug=avatar',
    headers: { ...headers, 'uploadthing-hook': 'callback', 'x-uploadthing-signature': 'hmac-sha256=00' },
    body: '{}',
    status: 400,
  },
]
const known: typeof unknown = [
  { what: 'what can be uploaded', method: 'GET', path, status: 200 },
  { what: 'leave to upload', method: 'POST', path, headers, body: leaveFor('a.png'), status: 200 },
  {
    what: 'leave to upload a program',
    method: 'POST',
    path,
    headers,
    body: leaveFor('a.exe', 'application/x-msdownload'),
    status: 400,
  },
]

describe('many requests to upload leave nothing behind', { timeout: 300_000 }, () => {
  it.each(unknown)('from a visitor: $what', async ({ status, ...asked }) => {
    const kept = await bytesKept(world.origin, [asked], 500)
    expect(kept.statuses).toEqual([status])
    expect(kept.bytes).toBeLessThan(maxBytes)
  })

  it.each(known)('from a person: $what', async ({ status, ...asked }) => {
    const cookie = [...buyer.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const kept = await bytesKept(
      world.origin,
      [{ ...asked, headers: { ...asked.headers, Cookie: cookie } }],
      250,
    )
    expect(kept.statuses).toEqual([status])
    expect(kept.bytes).toBeLessThan(maxBytes / 2)
  })
})
