import type { Browser } from '../models/account/session'
import type { AppContext } from './env'
import { sessionToken } from './session'

/** Whose attempts are counted together, and which session a new one takes the place of. */
export const browserOf = (c: AppContext): Browser => ({
  address: c.get('runtime').ip(c, c.get('services').config.TRUST_PROXY),
  device: c.req.header('User-Agent') ?? 'Unknown browser',
  token: sessionToken(c),
})

/** The caller's network address. Behind a proxy of ours, the last entry of the header is the one that the proxy wrote. */
export function clientAddress(
  forwarded: string | undefined,
  socket: string | undefined,
  trustProxy: boolean,
): string {
  const last = trustProxy ? forwarded?.split(',').at(-1)?.trim() : undefined
  return withoutPort(last || socket || 'unknown')
}

/** Some proxies write the port behind the address; it changes with every connection, so it must not tell callers apart. */
function withoutPort(address: string): string {
  const [, six, four] = /^(?:\[(.+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)$/.exec(address) ?? []
  return six ?? four ?? address
}
