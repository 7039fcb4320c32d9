import type { PoolOptions, SslOptions } from 'mysql2'
import * as z from 'zod'
import { type Config, ConfigError } from '../config'
import { parseJson } from '../json'

type Tls = Pick<SslOptions, 'rejectUnauthorized' | 'verifyIdentity' | 'ca' | 'cert' | 'key' | 'minVersion'>

const open = null
const encrypted: Tls = { rejectUnauthorized: false }
const ofAuthority: Tls = { rejectUnauthorized: true, verifyIdentity: false }
const ofHost: Tls = { rejectUnauthorized: true, verifyIdentity: true }

type Words = Record<string, Tls | null>
/** What MySQL's own tools say, and PostgreSQL's words, which many hosts use for both. */
const modes: Words = {
  disabled: open,
  disable: open,
  // A line that may be open is none to rely on.
  preferred: encrypted,
  prefer: encrypted,
  required: encrypted,
  require: encrypted,
  verify_ca: ofAuthority,
  verify_identity: ofHost,
  verify_full: ofHost,
}
const switches: Words = { true: ofAuthority, '1': ofAuthority, false: open, '0': open }

/** By the name of the parameter, without its signs. */
const spellings: Record<string, Words> = {
  sslmode: modes,
  sslaccept: { strict: ofHost, accept_invalid_certs: encrypted },
  ssl: switches,
  usessl: switches,
  tls: { ...switches, true: ofHost, skip_verify: encrypted, preferred: encrypted },
}

const Own = z.strictObject({
  rejectUnauthorized: z.boolean().default(true),
  verifyIdentity: z.boolean().optional(),
  ca: z.string().optional(),
  cert: z.string().optional(),
  key: z.string().optional(),
  minVersion: z.enum(['TLSv1.2', 'TLSv1.3']).optional(),
})

/** How to reach the database; throws ConfigError for what it does not understand. */
export function databaseAddress(config: Pick<Config, 'DATABASE_URL' | 'DATABASE_CA'>): PoolOptions {
  const url = read(config.DATABASE_URL)
  let tls: Tls | null | undefined
  let connectionLimit: number | undefined
  for (const [name, value] of url.searchParams) {
    const word = name.replaceAll(/[-_]/g, '').toLowerCase()
    if (word === 'connectionlimit') connectionLimit = Number(value) || undefined
    else if (spellings[word]) tls = tlsOf(name, spellings[word], value)
    else refuse(`does not know "${name}"; it knows ssl-mode, sslaccept, ssl, tls and connection_limit`)
  }
  const ca = config.DATABASE_CA?.replaceAll('\\n', '\n')
  if (ca && tls === null) refuse('switches TLS off, and DATABASE_CA is there to check it')
  // Who names an authority wants it asked.
  const ssl = ca ? { ...tls, rejectUnauthorized: true, ca } : tls
  return {
    host: decodeURIComponent(url.hostname.replace(/^\[(.*)\]$/, '$1')),
    port: Number(url.port) || 3306,
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    ...(ssl && { ssl }),
    ...(connectionLimit && { connectionLimit }),
  }
}

function read(address: string): URL {
  try {
    const url = new URL(address)
    decodeURIComponent(url.username + url.password + url.pathname)
    if (/^(mysql|mariadb):$/.test(url.protocol) && url.hostname) return url
  } catch {
    // It is said below in words, without the password that stands in it.
  }
  return refuse(
    'is no address such as mysql://user:password@host:3306/lms; signs such as # or % in a password are written %23 or %25',
  )
}

function tlsOf(name: string, words: Words, value: string): Tls | null {
  const known = words[value.replaceAll('-', '_').toLowerCase()]
  if (known !== undefined) return known
  if (value.startsWith('{')) return ownTls(name, value)
  return refuse(`does not know ${name}=${value}; it knows ${Object.keys(words).join(', ')}`)
}

function ownTls(name: string, value: string): Tls {
  const result = Own.safeParse(parseJson(value))
  if (!result.success)
    refuse(`has a ${name} that is no JSON with ${Object.keys(Own.shape).join(', ')} and nothing else`)
  return Object.fromEntries(Object.entries(result.data).filter(([, one]) => one !== undefined))
}

function refuse(problem: string): never {
  throw new ConfigError([`DATABASE_URL: ${problem}`])
}
