import { mkdirSync, realpathSync } from 'node:fs'
import { createServer } from 'node:http'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { openGoogleSandbox } from '../sandbox/google/server'
import { openSmtpSandbox } from '../sandbox/mail/server'
import { openMongoSandbox } from '../sandbox/mongo/server'
import { openMuxSandbox } from '../sandbox/mux/server'
import { openRazorpaySandbox } from '../sandbox/razorpay/server'
import type { Place, Rehearsal, SandboxOptions, SandboxPart } from '../sandbox/sandbox'
import { openUploadThingSandbox } from '../sandbox/uploadthing/server'
import type { Environment } from '../src/config'
import { controlPage } from './sandbox-page'

const vendors: Record<string, (options: SandboxOptions) => Promise<SandboxPart>> = {
  mail: openSmtpSandbox,
  razorpay: openRazorpaySandbox,
  mux: openMuxSandbox,
  uploadthing: openUploadThingSandbox,
  google: openGoogleSandbox,
  mongo: openMongoSandbox,
}

export interface Sandbox {
  origin: string
  environment: Environment
  /** What each part answers for its vendor, with the absolute address on this machine. */
  places: Place[]
  close(): Promise<void>
}

/** Port 0 is a free one; refuses in production, and with EADDRINUSE when the port is taken. */
export async function openSandbox(options: {
  port: number
  dataDir: string
  appOrigin: () => string
  rehearsal?: Rehearsal
}): Promise<Sandbox> {
  if (process.env.NODE_ENV === 'production') throw new Error('The sandbox is for development and tests only.')
  const root = new Hono()
  let serve = (_request: Request): Response | Promise<Response> => new Response('Starting', { status: 503 })
  const server = createServer(getRequestListener((request) => serve(request)))
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(options.port, '127.0.0.1', resolve),
  )
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : options.port
  const origin = `http://127.0.0.1:${port}`
  const stopServing = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }

  const opened = await Promise.allSettled(
    Object.entries(vendors).map(async ([name, open]) => {
      const dataDir = join(resolve(options.dataDir), name)
      mkdirSync(dataDir, { recursive: true })
      const { appOrigin, rehearsal } = options
      const part = await open({ base: `${origin}/${name}`, appOrigin, dataDir, rehearsal })
      root.route(`/${name}`, part.app)
      return part
    }),
  )
  const parts = opened.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const close = async () => {
    await stopServing()
    await Promise.allSettled(parts.map((part) => part.close()))
  }
  const failed = opened.find((result) => result.status === 'rejected')
  if (failed) {
    await close()
    throw failed.reason
  }

  root.get('/favicon.ico', (c) => c.body(null, 204))
  root.get('/', async (c) => c.html(await controlPage(parts, options.appOrigin())))
  serve = (request) => root.fetch(request)
  return {
    origin,
    environment: Object.assign({}, ...parts.map((part) => part.environment)),
    places: parts.flatMap(({ name, places = [] }) =>
      places.map(([vendor, path]): Place => [vendor, `${origin}/${name}${path}`]),
    ),
    close,
  }
}

async function main(): Promise<void> {
  const port = Number(process.env.SANDBOX_PORT || 3001)
  const appOrigin = process.env.APP_ORIGIN || `http://localhost:${process.env.PORT || 3000}`
  const dataDir = process.env.SANDBOX_DIR || '.data/dev/sandbox'
  const sandbox = await openSandbox({ port, dataDir, appOrigin: () => appOrigin })
  const stop = () => sandbox.close().finally(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  if (process.send) return void process.send(sandbox.environment)
  console.log(`The sandbox of every outside service: ${sandbox.origin}\n`)
  for (const [name, value] of Object.entries(sandbox.environment)) console.log(`${name}=${value}`)
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await main().catch((error: NodeJS.ErrnoException) => {
    const taken = error.code === 'EADDRINUSE'
    console.error(taken ? 'The sandbox cannot listen: SANDBOX_PORT is taken by another program.' : error)
    process.exit(1)
  })
}
