import type { Client } from '../models/account/session'
import type { AppContext } from './env'
import { sessionToken } from './session'

export const clientOf = (c: AppContext): Client => ({
  ip: c.var.runtime.ip(c, c.var.services.config.TRUST_PROXY),
  device: c.req.header('User-Agent') ?? 'Unknown browser',
  sessionToken: sessionToken(c),
})

/** Behind our own proxy it is the last `X-Forwarded-For`, written by the proxy. */
export function clientIp(
  forwarded: string | undefined,
  socket: string | undefined,
  trustProxy: boolean,
): string {
  const last = trustProxy ? forwarded?.split(',').at(-1)?.trim() : undefined
  return withoutPort(last || socket || 'unknown')
}

/** Some proxies append the port, which changes with every connection. */
function withoutPort(ip: string): string {
  const [, six, four] = /^(?:\[(.+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)$/.exec(ip) ?? []
  return six ?? four ?? ip
}
