import type { Context } from 'hono'
import type { User } from '../models/account/session'
import type { Services } from '../services'

interface Variables {
  services: Services
  runtime: Runtime
  requestId: string
  /** Null for a visitor, undefined until `userOf` has looked. */
  user: User | null | undefined
  /** This answer signs the browser in. */
  hasNewSession: boolean | undefined
  /** Where to come back to after signing in: this page, or the one whose form was posted. */
  returnTo: string | undefined
}

export interface Env {
  Variables: Variables
}

/**
 * Hono's context with what a guard has found in it. Written with methods, unlike Hono's own, so that
 * a handler that knows more about its request can call what asks for less.
 */
export type AppContext<Found extends object = object> = Omit<Context<Env>, 'var' | 'get' | 'set'> & {
  readonly var: Readonly<Variables & Found>
  get<Name extends keyof (Variables & Found)>(name: Name): (Variables & Found)[Name]
  set<Name extends keyof Variables>(name: Name, value: Variables[Name]): void
}

/** Which request it was, for the log: never its query or body. */
export const requestOf = (c: AppContext) => ({
  request: c.get('requestId'),
  method: c.req.method,
  path: c.req.path,
})

/** How Node and Workers differ. */
export interface Runtime {
  /** The services of this request. */
  open(c: Context): Services
  /** Called when the answer stands. `wrote` says that jobs may be waiting; */
  after(c: Context, services: Services, wrote: boolean): void
  /** The client's ip. */
  ip(c: Context, trustProxy: boolean): string
}
