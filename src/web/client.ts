import type { Client } from '../models/account/session'
import type { AppContext } from './env'
import { deviceToken, sessionToken } from './session'

export const clientOf = (c: AppContext): Client => ({
  ip: c.var.runtime.ip(c, c.var.services.config.TRUST_PROXY),
  device: c.req.header('User-Agent') ?? 'Unknown browser',
  deviceToken: deviceToken(c),
  sessionToken: sessionToken(c),
})

/**
 * Each proxy of ours adds to `X-Forwarded-For`, so with `hops` of them the entry so far from its end
 * is the first that no client can invent.
 */
export function clientIp(forwarded: string | undefined, socket: string | undefined, hops: number): string {
  const named = hops > 0 ? forwarded?.split(',').at(-hops)?.trim() : undefined
  return withoutPort(named || socket || 'unknown')
}

/** Some proxies append the port, which changes with every connection. */
function withoutPort(ip: string): string {
  const [, six, four] = /^(?:\[(.+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)$/.exec(ip) ?? []
  return six ?? four ?? ip
}
