import cluster, { type Worker } from 'node:cluster'
import { log } from '../log'
import { restartGapMs } from '../rules/restart'
import { minuteMs } from '../rules/time'
import { closeUntaken } from './handed'

/** So far back a death counts for the gap before the next start. */
const remembersMs = 5 * minuteMs
/** A little longer than a worker gives itself. */
const limitMs = 22_000

/** Starts `count` workers, replaces those that die, and ends when it is told to and all have ended. */
export function runWorkers(count: number): void {
  let deaths: number[] = []
  let hasServed = false
  let isStopping = false
  let exitCode = 0
  const restarts = new Set<ReturnType<typeof setTimeout>>()

  const living = () => Object.values(cluster.workers ?? {}).filter((one) => one && !one.isDead()) as Worker[]
  const start = () => closeUntaken(cluster.fork())
  const restart = () => {
    const now = Date.now()
    deaths = [...deaths.filter((at) => now - at < remembersMs), now]
    const timer = setTimeout(() => {
      restarts.delete(timer)
      start()
    }, restartGapMs(deaths.length))
    restarts.add(timer)
  }
  const endIfAlone = () => {
    if (living().length > 0) return
    log('info', { stopped: true, workers: 0 })
    process.exit(exitCode)
  }
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) return
    isStopping = true
    for (const timer of restarts) clearTimeout(timer)
    setTimeout(() => {
      log('warn', { stopped: true, unfinished: true })
      exitCode = 1
      for (const one of living()) one.process.kill('SIGKILL')
    }, limitMs).unref()
    for (const one of living()) one.process.kill(signal)
    endIfAlone()
  }

  cluster.on('listening', () => {
    hasServed = true
  })
  cluster.on('exit', (worker, code, signal) => {
    // Only one that has begun nothing yet dies of the signal itself.
    const wasAsked = isStopping && (code === 0 || signal === 'SIGTERM' || signal === 'SIGINT')
    if (!wasAsked) log('error', { worker: worker.process.pid, ended: signal ?? code })
    if (isStopping) {
      if (!wasAsked) exitCode = 1
      return endIfAlone()
    }
    if (hasServed) return restart()
    // Whatever kept the first from starting, such as a port in use, keeps all.
    exitCode = 1
    stop('SIGTERM')
  })
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  for (let n = 0; n < count; n++) start()
}
