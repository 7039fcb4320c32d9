import diagnostics from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { resolve } from 'node:path'
import { Miniflare } from 'miniflare'

/** Miniflare's own types follow only where Cloudflare's are installed. */
interface Scheduled {
  scheduled(event: { cron: string }): Promise<{ outcome: string }>
}

export interface RunningWorker {
  origin: string
  /** Runs what its cron trigger runs; gives how that ended. */
  runCron(): Promise<string>
  stop(): Promise<void>
}

// Miniflare pipes the database's sockets without listening to their errors: a connection that
// workerd drops would end this process.
const channels = ['net.server.socket', 'net.client.socket']
function hearError(message: unknown) {
  const { socket } = message as { socket: Socket }
  socket.on('error', () => {})
}

/** The built Worker on workerd; DATABASE_URL is what its Hyperdrive leads to. */
export async function startWorker(
  folder: string,
  port: number,
  { DATABASE_URL, ...environment }: Record<string, string | undefined>,
): Promise<RunningWorker> {
  for (const channel of channels) diagnostics.subscribe(channel, hearError)
  const bindings = Object.entries(environment).filter(([, value]) => value !== undefined)
  const worker = new Miniflare({
    host: '127.0.0.1',
    port,
    rootPath: folder,
    scriptPath: 'worker.js',
    modules: true,
    modulesRules: [{ type: 'ESModule', include: ['**/*.js'] }],
    compatibilityDate: '2026-04-20',
    compatibilityFlags: ['nodejs_compat'],
    bindings: Object.fromEntries(bindings) as Record<string, string>,
    hyperdrives: { HYPERDRIVE: DATABASE_URL ?? '' },
    assets: { directory: resolve('public'), binding: 'ASSETS', routerConfig: { has_user_worker: true } },
  })
  await worker.ready
  return {
    origin: `http://localhost:${port}`,
    async runCron() {
      const own = (await worker.getWorker()) as unknown as Scheduled
      return (await own.scheduled({ cron: '* * * * *' })).outcome
    },
    stop: async () => {
      await worker.dispose()
      for (const channel of channels) diagnostics.unsubscribe(channel, hearError)
    },
  }
}
