import cluster, { type Worker } from 'node:cluster'
import { AggregatorRegistry, type MetricObjectWithValues, type MetricValue, type Registry } from 'prom-client'
import { AppError } from '../errors'

type Numbers = MetricObjectWithValues<MetricValue<string>>[]
type Message =
  | { numbers: 'sum'; round: number }
  | { numbers: 'tell'; round: number }
  | { numbers: 'told'; round: number; list: Numbers }
  | { numbers: 'summed'; round: number; text: string }

/** A worker that is busy for so long is counted as it was before. */
const tellMs = 1_000
const sumMs = 2_000

const isMessage = (given: unknown): given is Message =>
  typeof given === 'object' && given !== null && 'numbers' in given

/** In a worker: the numbers of all workers in the words of Prometheus; AppError `unavailable`. */
export function sumOverWorkers(registry: Registry): () => Promise<string> {
  const waiting = new Map<number, (text: string) => void>()
  process.on('message', async (message: unknown) => {
    if (!isMessage(message)) return
    if (message.numbers === 'summed') waiting.get(message.round)?.(message.text)
    if (message.numbers !== 'tell') return
    const list = (await registry.getMetricsAsJSON()) as Numbers
    process.send?.({ numbers: 'told', round: message.round, list } satisfies Message)
  })
  let last = 0
  return () =>
    new Promise<string>((resolve, reject) => {
      const round = ++last
      const timer = setTimeout(() => {
        waiting.delete(round)
        reject(new AppError('unavailable', 'The numbers of all processes cannot be had just now.'))
      }, sumMs)
      waiting.set(round, (text) => {
        clearTimeout(timer)
        waiting.delete(round)
        resolve(text)
      })
      process.send?.({ numbers: 'sum', round } satisfies Message)
    })
}

/** In the primary: asks each worker, and keeps what those had counted that are gone. */
export function sumNumbers(): void {
  const latest = new Map<number, Numbers>()
  let past: Promise<Numbers> = Promise.resolve([])
  const rounds = new Map<number, { left: Set<number>; done: () => void }>()
  let round = 0

  const askAll = () =>
    new Promise<void>((resolve) => {
      const mine = ++round
      const workers = Object.values(cluster.workers ?? {}).filter((one) => one?.isConnected())
      const timer = setTimeout(() => done(), tellMs)
      const done = () => {
        clearTimeout(timer)
        rounds.delete(mine)
        resolve()
      }
      rounds.set(mine, { left: new Set(workers.map((one) => one?.id ?? 0)), done })
      for (const one of workers) send(one, { numbers: 'tell', round: mine })
    })

  cluster.on('message', async (worker, message: unknown) => {
    if (!isMessage(message)) return
    if (message.numbers === 'told') {
      latest.set(worker.id, message.list)
      tick(worker, rounds.get(message.round))
    }
    if (message.numbers !== 'sum') return
    await askAll()
    const text = await AggregatorRegistry.aggregate([await past, ...latest.values()]).metrics()
    send(worker, { numbers: 'summed', round: message.round, text })
  })

  cluster.on('exit', (worker) => {
    const lasting = latest.get(worker.id)?.filter(({ type }) => isCount(String(type))) ?? []
    latest.delete(worker.id)
    for (const one of rounds.values()) tick(worker, one)
    past = past.then(
      async (before) => (await AggregatorRegistry.aggregate([before, lasting]).getMetricsAsJSON()) as Numbers,
    )
  })
}

/** What only grows; a gauge tells of now. */
const isCount = (type: string) => type === 'counter' || type === 'histogram'

function tick(worker: Worker, round: { left: Set<number>; done: () => void } | undefined): void {
  if (round?.left.delete(worker.id) && round.left.size === 0) round.done()
}

function send(worker: Worker | undefined, message: Message): void {
  // Who is gone meanwhile needs no answer.
  worker?.send(message, () => {})
}
