import cluster from 'node:cluster'
import { availableParallelism } from 'node:os'
import { type Config, ConfigError, isPublic, readConfig } from './config'
import { log } from './log'

/** More are slower than the one database behind them. */
const maxByItself = 4

/** On one's own machine one is enough. */
function workersOf({ APP_ORIGIN, WEB_CONCURRENCY }: Config): number {
  return WEB_CONCURRENCY ?? (isPublic(APP_ORIGIN) ? Math.min(availableParallelism(), maxByItself) : 1)
}

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const workers = workersOf(config)
  if (cluster.isWorker || workers === 1) return (await import('./serve')).serveSite(config)
  // What only a worker needs is not loaded here.
  const { runWorkers } = await import('./cluster/primary')
  if (config.METRICS_TOKEN) (await import('./cluster/numbers')).sumNumbers()
  log('info', { workers })
  runWorkers(workers)
}

function die(error: unknown): void {
  log('error', error instanceof ConfigError ? { configuration: error.problems } : { stopped: true, error })
  process.exit(1)
}

// Node itself would print an error with all that it holds.
process.on('uncaughtException', die)
process.on('unhandledRejection', die)
main().catch(die)
