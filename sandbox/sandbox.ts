import type { Hono } from 'hono'
import type { Environment } from '../src/config'

export interface SandboxOptions {
  /** No slash at the end. */
  base: string
  /** Asked anew at each use, because tests learn their port late. */
  appOrigin: () => string
  dataDir: string
}

export interface SandboxPart {
  name: string
  app: Hono
  environment: Environment
  panel(): Promise<string> | string
  close(): Promise<void>
}
