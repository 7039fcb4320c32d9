import { randomUUID } from 'node:crypto'
import { daySeconds, minuteMs } from '../src/rules/time'
import { openStore } from './store'

export interface Delivery {
  id: string
  eventId: string
  type: string
  body: string
  attempts: number
  status: 'pending' | 'delivered' | 'failed' | 'dropped'
  responseStatus: number | null
  /** `at` and `nextAt` are epoch milliseconds. */
  at: number
  nextAt: number | null
}

export interface Deliveries {
  send(event: { id: string; type: string; body: string }): void
  list(): Delivery[]
  resend(id: string): Promise<void>
  /** Waiting for a retry does not count. */
  idle(): Promise<void>
  close(): Promise<void>
}

export interface DeliveriesOptions {
  file: string
  target: () => string
  headers: (delivery: { id: string; body: string }) => Promise<Record<string, string>>
  /** Kept by reference: a change holds from the next event on. */
  settings: { webhooks: 'on' | 'off' | 'duplicate' | 'reorder'; patienceSeconds?: number }
  /** Whether webhooks are off once one has failed for the whole of that patience (a day). */
  isSwitchedOff?: boolean
}

const KEPT = 200
const ATTEMPT_TIMEOUT_MS = 5_000
const LONGEST_GAP_MS = minuteMs
const HOLD_MS = 300

/** As vendors do: again after every answer that is not 2xx, with growing gaps for a day. */
export function openDeliveries(options: DeliveriesOptions): Deliveries {
  const store = openStore<{ deliveries: Delivery[] }>(options.file, { deliveries: [] })
  const retries = new Map<string, NodeJS.Timeout>()
  const underWay = new Set<Promise<void>>()
  const stopped = new AbortController()
  let held: Delivery[] = []
  let release: NodeJS.Timeout | undefined

  function record(
    event: { id: string; type: string; body: string },
    status: 'pending' | 'dropped',
  ): Delivery {
    const now = Date.now()
    const delivery: Delivery = {
      id: randomUUID(),
      eventId: event.id,
      type: event.type,
      body: event.body,
      attempts: 0,
      status,
      responseStatus: null,
      at: now,
      nextAt: status === 'pending' ? now : null,
    }
    store.state.deliveries.push(delivery)
    for (const gone of store.state.deliveries.splice(0, store.state.deliveries.length - KEPT)) forget(gone.id)
    store.save()
    return delivery
  }

  function forget(id: string) {
    clearTimeout(retries.get(id))
    retries.delete(id)
  }

  function start(delivery: Delivery): Promise<void> {
    const work = attempt(delivery).finally(() => underWay.delete(work))
    underWay.add(work)
    return work
  }

  async function attempt(delivery: Delivery) {
    forget(delivery.id)
    delivery.attempts += 1
    delivery.responseStatus = await post(delivery)
    if (stopped.signal.aborted) return
    const { responseStatus: status } = delivery
    if (status !== null && status >= 200 && status < 300) {
      delivery.status = 'delivered'
      delivery.nextAt = null
    } else tryLater(delivery)
    store.save()
  }

  function tryLater(delivery: Delivery) {
    const { settings, isSwitchedOff } = options
    const gap = Math.min(1000 * 2 ** Math.min(delivery.attempts - 1, 10), LONGEST_GAP_MS)
    const patienceMs = (settings.patienceSeconds ?? daySeconds) * 1000
    const late = Date.now() + gap - delivery.at > patienceMs
    if (late && isSwitchedOff) settings.webhooks = 'off'
    delivery.status = late ? 'failed' : 'pending'
    delivery.nextAt = late ? null : Date.now() + gap
    wait(delivery)
  }

  async function post(delivery: Delivery): Promise<number | null> {
    try {
      const headers = await options.headers({ id: delivery.eventId, body: delivery.body })
      const answer = await fetch(options.target(), {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: delivery.body,
        redirect: 'manual',
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
      })
      await answer.body?.cancel()
      return answer.status
    } catch {
      return null
    }
  }

  function wait(delivery: Delivery) {
    if (delivery.nextAt === null || stopped.signal.aborted) return
    const timer = setTimeout(() => start(delivery), Math.max(0, delivery.nextAt - Date.now()))
    timer.unref()
    forget(delivery.id)
    retries.set(delivery.id, timer)
  }

  function releaseHeld() {
    clearTimeout(release)
    release = undefined
    const batch = held.reverse()
    held = []
    const work: Promise<void> = inTurn(batch).finally(() => underWay.delete(work))
    underWay.add(work)
  }

  function isDue(): boolean {
    const now = Date.now()
    return store.state.deliveries.some((one) => one.nextAt !== null && one.nextAt <= now)
  }

  async function inTurn(batch: Delivery[]) {
    for (const delivery of batch) if (!stopped.signal.aborted) await start(delivery)
  }

  for (const delivery of store.state.deliveries) if (delivery.status === 'pending') wait(delivery)

  return {
    send(event) {
      const { webhooks } = options.settings
      if (webhooks === 'off') {
        record(event, 'dropped')
      } else if (webhooks === 'reorder') {
        held.push(record(event, 'pending'))
        release ??= setTimeout(releaseHeld, HOLD_MS)
      } else {
        void start(record(event, 'pending'))
        if (webhooks === 'duplicate') void start(record(event, 'pending'))
      }
    },
    list: () => [...store.state.deliveries],
    async resend(id) {
      const delivery = store.state.deliveries.find((one) => one.id === id)
      if (!delivery) throw new Error(`There is no delivery ${id}`)
      await start(delivery)
    },
    async idle() {
      while (!stopped.signal.aborted && (underWay.size > 0 || isDue())) {
        await (underWay.size > 0 ? Promise.all(underWay) : new Promise((done) => setTimeout(done, 20)))
      }
    },
    async close() {
      stopped.abort()
      clearTimeout(release)
      release = undefined
      for (const id of [...retries.keys()]) forget(id)
      await Promise.all(underWay)
      store.save()
      await store.close()
    },
  }
}
