import { beforeAll, describe, expect, it } from 'vitest'
import { type Asked, bytesKept } from './heap'
import { person } from './people'
import { fileWorld } from './world'

const times = 500
const mostBytes = 5 * 1024 * 1024

const world = fileWorld()
let cookie = ''
beforeAll(async () => {
  const { browser } = await person(world)
  cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
})

const path = '/api/uploadthing?actionType=upload&slug=avatar'
const headers = { 'Content-Type': 'application/json' }
const leaveFor = (name: string, type = 'image/png') =>
  JSON.stringify({ files: [{ name, size: 1, type, lastModified: 0 }], input: null })

const fromVisitor: (Asked & { what: string; status: number })[] = [
  { what: 'what can be uploaded', method: 'GET', path, status: 403 },
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
const fromPerson: typeof fromVisitor = [
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
  it.each(fromVisitor)('from a visitor: $what', async ({ status, ...asked }) => {
    const kept = await bytesKept(world.origin, asked, times)
    expect(kept.status).toBe(status)
    expect(kept.bytes).toBeLessThan(mostBytes)
  })

  it.each(fromPerson)('from a person: $what', async ({ status, ...asked }) => {
    const kept = await bytesKept(
      world.origin,
      { ...asked, headers: { ...asked.headers, Cookie: cookie } },
      times,
    )
    expect(kept.status).toBe(status)
    expect(kept.bytes).toBeLessThan(mostBytes)
  })
})
