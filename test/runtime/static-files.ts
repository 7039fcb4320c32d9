import { readdirSync } from 'node:fs'
import { asset } from '../../src/web/assets'

const chunk = readdirSync('public/assets/chunks').find((name) => name.endsWith('.js'))

/** One static file of each kind, and what looks like one. */
export const staticFiles = [
  '/favicon.ico',
  '/favicon.svg',
  '/apple-touch-icon.png',
  asset('app.css'),
  asset('app.js'),
  `${asset('app.js')}.map`,
  `/assets/chunks/${chunk}`,
  '/assets/no-such-file.js',
  '/_headers',
]

/** How bytes travel, and how each server knows what it sent before, are its own. */
const own = new Set([
  ...['connection', 'content-encoding', 'content-length', 'date', 'keep-alive', 'transfer-encoding'],
  ...['cf-cache-status', 'etag', 'last-modified', 'vary', 'x-request-id'],
])

/** Files of the sandbox come from another port in each world. */
const withoutPorts = (value: string) =>
  value.replace(/localhost:\d+/g, 'localhost').replace(/; charset=utf-8$/i, '')

/** Of the answer, with its status, as far as a browser or a proxy acts on them. */
export async function headersOf(address: string): Promise<Record<string, string>> {
  const answer = await fetch(address)
  await answer.arrayBuffer()
  const headers = [...answer.headers].flatMap(([name, value]) =>
    own.has(name) ? [] : [[name, withoutPorts(value)]],
  )
  return { status: String(answer.status), ...Object.fromEntries(headers) }
}
