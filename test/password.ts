import { scryptSync } from 'node:crypto'

/** A password as it is kept, made with parameters that cost next to nothing: reading takes them from the hash. Whoever signs in with it is given one of today's price, as everybody is whose hash is old. */
export function cheapHash(password: string, { N = 2, r = 1, p = 1 } = {}): string {
  const salt = Buffer.from('0123456789abcdef')
  const hash = scryptSync(password, salt, 32, { N, r, p, maxmem: 2 ** 28 })
  return ['scrypt', N, r, p, salt.toString('base64'), hash.toString('base64')].join('$')
}
