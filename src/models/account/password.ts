import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import { normalPassword } from '../../rules/account/password'

/** OWASP's set for scrypt: 16 MiB and about a fifth of a second. */
const present = { N: 16_384, r: 8, p: 5 }
const saltBytes = 16
const hashBytes = 32

interface StoredPassword {
  parameters: { N: number; r: number; p: number }
  salt: Buffer
  hash: Buffer
}

/** `scrypt$N$r$p$salt$hash`, the last two in base64. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  const hash = await derive(password, salt, present, hashBytes)
  const { N, r, p } = present
  return ['scrypt', N, r, p, salt.toString('base64'), hash.toString('base64')].join('$')
}

/** In constant time; throws for a foreign hash. */
export async function isPassword(password: string, stored: string): Promise<boolean> {
  const { parameters, salt, hash } = read(stored)
  return timingSafeEqual(hash, await derive(password, salt, parameters, hash.length))
}

export function isOutdated(stored: string): boolean {
  const { parameters, salt, hash } = read(stored)
  return (
    parameters.N !== present.N ||
    parameters.r !== present.r ||
    parameters.p !== present.p ||
    salt.length !== saltBytes ||
    hash.length !== hashBytes
  )
}

/** Compared where there is no user, so that the answer takes as long. */
export const nobodysPassword = [
  'scrypt',
  present.N,
  present.r,
  present.p,
  Buffer.alloc(saltBytes).toString('base64'),
  Buffer.alloc(hashBytes).toString('base64'),
].join('$')

function read(stored: string): StoredPassword {
  const [, N, r, p, salt, hash] =
    /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+)$/.exec(stored) ?? []
  if (!N || !r || !p || !salt || !hash) throw new Error('The stored password hash cannot be read')
  return {
    parameters: { N: Number(N), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  }
}

function derive(
  password: string,
  salt: Buffer,
  { N, r, p }: StoredPassword['parameters'],
  length: number,
): Promise<Buffer> {
  // Node allows 32 MiB unless told; a stored hash may have been made with more.
  const options: ScryptOptions = { N, r, p, maxmem: 256 * r * (N + p) }
  return new Promise((resolve, reject) =>
    scrypt(normalPassword(password), salt, length, options, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  )
}
