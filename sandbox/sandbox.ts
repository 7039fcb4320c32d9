import type { Hono } from 'hono'
import type { Environment } from '../src/config'

/** What every part of the sandbox is given at start. */
export interface SandboxOptions {
  /** Where this part is mounted, such as http://127.0.0.1:3001/mux; no slash at the end. */
  base: string
  /** The application's origin; asked anew at each use, because tests learn their port late. */
  appOrigin: () => string
  /** A folder of this part's own that survives restarts. */
  dataDir: string
}

/** The sandbox of one vendor. */
export interface SandboxPart {
  name: string
  app: Hono
  /** Variables with which the application's real adapter reaches this part. */
  environment: Environment
  /** HTML for the control page. */
  panel(): Promise<string> | string
  close(): Promise<void>
}
