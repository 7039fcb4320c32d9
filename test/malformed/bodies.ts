import type { Chance } from '../video/chance'

interface Body {
  type?: string
  body: string | Uint8Array<ArrayBuffer>
}

const boundary = 'a-boundary'
const multipart = `multipart/form-data; boundary=${boundary}`

const partsOf = (form: URLSearchParams) =>
  [...form].map(
    ([name, value]) =>
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value.toWellFormed()}\r\n`,
  )

function noise(chance: Chance): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: chance.below(2_000) }, () => chance.below(256))
}

/** What else than a form of a browser may come as a body. */
export const bodies: ((chance: Chance, form: URLSearchParams) => Body)[] = [
  (_, form) => ({ type: multipart, body: `${partsOf(form).join('')}--${boundary}--\r\n` }),
  (chance, form) => ({ type: multipart, body: partsOf(form).join('').slice(chance.below(40)) }),
  (_, form) => ({ type: 'multipart/form-data', body: partsOf(form).join('') }),
  (_, form) => ({ type: 'application/json', body: JSON.stringify(Object.fromEntries(form)) }),
  () => ({ type: 'application/json', body: '{"a":'.repeat(5_000) }),
  () => ({ type: 'application/json', body: `${'['.repeat(20_000)}${']'.repeat(20_000)}` }),
  () => ({ type: 'application/json', body: '{"__proto__":{"isAdmin":true},"event":{"$gt":""}}' }),
  () => ({ type: 'application/json', body: 'null' }),
  (_, form) => ({ type: 'text/plain', body: form.toString() }),
  (_, form) => ({ type: 'application/x-www-form-urlencoded; charset=utf-16', body: form.toString() }),
  (chance) => ({ type: 'application/x-www-form-urlencoded', body: noise(chance) }),
  (chance) => ({ type: multipart, body: noise(chance) }),
  (chance) => ({ type: 'image/png', body: noise(chance) }),
  (chance) => ({ body: noise(chance) }),
  () => ({ type: 'application/x-www-form-urlencoded', body: '%=%&%00=%FF&&&=&a' }),
  () => ({ type: 'application/x-www-form-urlencoded', body: 'a=1&'.repeat(20_000) }),
  () => ({ type: 'application/x-www-form-urlencoded', body: '' }),
]
