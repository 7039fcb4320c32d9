import { formOf } from '../access/forms'
import { fillPattern, type Ids, type Route } from '../addresses'
import { nastyQueries } from '../nasty-queries'
import type { Chance } from '../video/chance'
import { bodies } from './bodies'

export interface Malformed {
  method: string
  path: string
  headers: Record<string, string>
  body?: string | Uint8Array<ArrayBuffer>
}

const nasty = [
  ...nastyQueries,
  ...['%', '%00', '%E0%A4%A', '..%2f..%2fetc', '../..', '\u202e', 'null', 'undefined', '[object Object]'],
  ...['__proto__', 'constructor', '-1', '0', '1e309', 'NaN', '9'.repeat(400), '0x10', '1_000', '１２'],
  ...[
    '2026-02-30',
    '0000-00-00',
    '-271821-04-20',
    '275760-09-13',
    '2026-13',
    'a@b',
    `${'a'.repeat(250)}@b.in`,
  ],
  ...['//evil.example.com', '/\\evil.example.com', 'javascript:alert(1)', '\r\nSet-Cookie: a=b', '\ufffe'],
]
const queryNames = [
  ...['q', 'page', 'sort', 'level', 'price', 'category', 'days', 'since', 'from', 'to', 'month', 'year'],
  ...['source', 'outcome', 'state', 'next', 'token', 'code', 'order', 'key', 'action', 'for', 'with'],
]
const otherMethods = ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'HEAD', 'PROPFIND']

/** A request as no browser sends it, to an address of the table, by whoever has these cookies. */
export function malformedRequest(chance: Chance, to: Route, given: { ids: Ids; cookie: string }): Malformed {
  const { ids, cookie } = given
  const method = chance.happens(0.9) ? to.method : pick(chance, otherMethods)
  const path = fillPattern(to.pattern, strange(chance, ids)) + queryOf(chance)
  const headers = headersOf(chance, cookie)
  if (method === 'GET' || method === 'HEAD') return { method, path, headers }
  const form = fieldsOf(chance, ids)
  if (chance.happens(0.6))
    return { method, path, headers: { ...headers, 'Content-Type': formType }, body: form.toString() }
  const { type, body } = pick(chance, bodies)(chance, form)
  return { method, path, headers: { ...headers, ...(type && { 'Content-Type': type }) }, body }
}

const formType = 'application/x-www-form-urlencoded'
const pick = <T>(chance: Chance, list: readonly T[]): T => list[chance.below(list.length)] as T

/** Ids of which some are of another kind, of nothing, or none at all. */
function strange(chance: Chance, ids: Ids): Record<string, string> {
  const values = Object.values(ids)
  return Object.fromEntries(
    Object.entries(ids).map(([name, id]) => {
      const draw = chance.next()
      if (draw < 0.85) return [name, id]
      if (draw < 0.9) return [name, pick(chance, values)]
      if (draw < 0.94) return [name, crypto.randomUUID()]
      const text = pick(chance, nasty).slice(0, 2_000)
      return [name, chance.happens(0.5) ? text : encode(text)]
    }),
  )
}

const encode = (text: string) => encodeURIComponent(text.toWellFormed())

function queryOf(chance: Chance): string {
  const parts = Array.from({ length: chance.below(4) }, () => {
    const name = pick(chance, queryNames) + pick(chance, ['', '', '', '[]', '[a][b]'])
    const value = pick(chance, nasty)
    return `${name}=${chance.happens(0.8) ? encode(value) : value.replaceAll('#', '')}`
  })
  return parts.length > 0 ? `?${parts.join('&')}` : ''
}

function fieldsOf(chance: Chance, ids: Ids): URLSearchParams {
  const form = formOf(chance.happens(0.8) ? 'good' : 'bad', ids)
  const names = [...form.keys()]
  for (let left = chance.below(6); left > 0; left--) {
    const name = pick(chance, names)
    const draw = chance.next()
    if (draw < 0.5) form.set(name, pick(chance, nasty))
    else if (draw < 0.7) form.append(name, pick(chance, nasty))
    else if (draw < 0.85) form.delete(name)
    else form.set(`${name}[]`, pick(chance, nasty))
  }
  return form
}

/** A header may hold only signs of Latin-1, and no control signs. */
const headerText = (text: string) => text.replace(/[^\x20-\x7e\xa0-\xff]/g, '').slice(0, 4_000)

const headerNames = [
  ...['Accept', 'Accept-Encoding', 'Accept-Language', 'If-None-Match', 'If-Modified-Since', 'Range'],
  ...['HX-Request', 'HX-Request-Type', 'HX-Target', 'HX-Current-URL', 'X-Forwarded-For', 'User-Agent'],
  ...['Referer', 'Authorization', 'X-Razorpay-Signature', 'x-razorpay-event-id', 'mux-signature'],
  ...['uploadthing-hook', 'x-uploadthing-signature', 'Save-Data', 'X-Request-Id', 'Forwarded'],
]

function headersOf(chance: Chance, cookie: string): Record<string, string> {
  const headers: Record<string, string> = {
    'Sec-Fetch-Site': chance.happens(0.9) ? 'same-origin' : pick(chance, ['none', 'cross-site', 'x']),
    Cookie: headerText(chance.happens(0.85) ? cookie : `${cookie}; ${strangeCookie(chance)}`),
  }
  for (let left = chance.below(4); left > 0; left--)
    headers[pick(chance, headerNames)] = headerText(pick(chance, nasty))
  return headers
}

const strangeCookie = (chance: Chance) =>
  `${pick(chance, ['session', 'notice', 'theme', 'device', 'seen', 'a'])}=${pick(chance, nasty)}`
