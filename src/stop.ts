import type { ServerType } from '@hono/node-server'
import { isPublic } from './config'
import type { JobRunner } from './jobs/runner'
import { log } from './log'
import type { Services } from './services'

/** So long a proxy may take until it has asked whether this process is ready. */
const noticeMs = 5_000
/** Half a minute is what most supervisors wait before they kill. */
const limitMs = 20_000
const lookMs = 100

interface Running {
  services: Services
  server: ServerType
  jobs: JobRunner
  close(): Promise<void>
}

/** Says that it is not ready, answers what comes until that is known, ends what runs, and exits. */
export function stopOnSignal({ services, server, jobs, close }: Running): void {
  const stop = async () => {
    if (services.memory.isStopping) return
    services.memory.isStopping = true
    log('info', { stopping: true })
    const limit = setTimeout(() => {
      log('warn', { stopped: true, unfinished: true })
      process.exit(1)
    }, limitMs)
    limit.unref()
    // On one's own machine there is no proxy, and a restart should be quick.
    if (isPublic(services.config.APP_ORIGIN)) await new Promise((later) => setTimeout(later, noticeMs))
    await Promise.all([closeServer(server), jobs.stop()])
    await close()
    log('info', { stopped: true })
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}

/** A connection that is kept alive would be waited for after its last answer. */
function closeServer(server: ServerType): Promise<void> {
  const idle = setInterval(() => {
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  }, lookMs)
  return new Promise<void>((resolve) => server.close(() => resolve())).finally(() => clearInterval(idle))
}
