import { scryptSync } from 'node:crypto'

/** A stored password whose parameters cost next to nothing; signing in renews it. */
export function cheapHash(password: string, { N = 2, r = 1, p = 1 } = {}): string {
  const salt = Buffer.from('0123456789abcdef')
  const hash = scryptSync(password, salt, 32, { N, r, p, maxmem: 2 ** 28 })
  return ['scrypt', N, r, p, salt.toString('base64'), hash.toString('base64')].join('$')
}
