import type { Context } from 'hono'
import type { Viewer } from '../models/account/session'
import type { Services } from '../services'

export interface Env {
  Variables: {
    services: Services
    runtime: Runtime
    requestId: string
    /** Work that has begun and must end although the answer is out. */
    pending: Promise<unknown>[]
    /** Undefined until somebody asked; see `viewerOf`. */
    viewer: Viewer | null | undefined
    /** This answer signs the browser in. */
    hasNewSession: boolean | undefined
  }
}
export type AppContext = Context<Env>

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
  /** Called when the answer stands. `wrote` says that jobs may be waiting; `pending` is work that has begun. */
  after(c: Context, services: Services, wrote: boolean, pending: Promise<unknown>[]): void
  /** The network address of the caller. */
  address(c: Context, trustProxy: boolean): string
}
