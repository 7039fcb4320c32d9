import type { Hono } from 'hono'
import type { Environment } from '../src/config'

export interface Rehearsal {
  /** What all keys are derived from. */
  secret: string
  /** In PEM: what the mail server proves itself by. */
  key: string
  certificate: string
}

export interface SandboxOptions {
  /** No slash at the end. */
  base: string
  /** Asked anew at each use, because tests learn their port late. */
  appOrigin: () => string
  dataDir: string
  /** In a rehearsal of production: every address is the vendor's own. */
  rehearsal?: Rehearsal
}

/** The start of the vendor's addresses, and the path below a part's base where they are answered. */
export type Place = readonly [vendor: string, path: string]

export interface SandboxPart {
  name: string
  /** What a rehearsal sends here that asks for one of the vendor's names. */
  places?: Place[]
  app: Hono
  environment: Environment
  panel(): Promise<string> | string
  close(): Promise<void>
}
