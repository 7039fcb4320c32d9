import type { Context } from 'hono'
import type { User } from '../models/account/session'
import type { Services } from '../services'

interface Variables {
  services: Services
  runtime: Runtime
  requestId: string
  /** Null for a visitor, undefined until `userOf` has looked. */
  user: User | null | undefined
  hasNewSession: boolean | undefined
  /** Made for a browser that has none, and kept by it once somebody signs in. */
  deviceToken: string | undefined
  /** A page that is only read has left work to do. */
  hasJobs: boolean | undefined
  returnTo: string | undefined
}

export interface Env {
  Variables: Variables
}

/**
 * Has methods, unlike Hono's own, so that a handler that knows more about its request can call what
 * asks for less.
 */
export type AppContext<Found extends object = object> = Omit<Context<Env>, 'var' | 'get' | 'set'> & {
  readonly var: Readonly<Variables & Found>
  get<Name extends keyof (Variables & Found)>(name: Name): (Variables & Found)[Name]
  set<Name extends keyof Variables>(name: Name, value: Variables[Name]): void
}

/** For the log: never its query or body. */
export const requestOf = (c: AppContext) => ({
  request: c.var.requestId,
  method: c.req.method,
  path: c.req.path,
})

interface Answered {
  method: string
  pattern: string
  status: number
  ms: number
}

export interface Metrics {
  readonly contentType: string
  count(request: Answered): void
  /** In the words of Prometheus. */
  text(): Promise<string>
}

export interface Runtime {
  /** Where a process lives long enough to count. */
  metrics?: Metrics | undefined
  open(c: Context): Services
  /** `wrote` says that jobs may be waiting. */
  after(c: Context, services: Services, wrote: boolean): void
  ip(c: Context, hops: number): string
}
