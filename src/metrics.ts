import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { PoolUse } from './db/connect'
import { log } from './log'
import { countJobs, countLanes, countPayments } from './models/metrics'
import type { Services } from './services'
import type { VendorCall } from './vendor-calls'
import type { Metrics } from './web/env'

type Sum = (own: Registry) => () => Promise<string>
const alone: Sum = (own) => () => own.metrics()

export interface OpenMetrics extends Metrics {
  countCall(call: VendorCall): void
}

/**
 * What a process counts is summed over all by `sum`; what stands in the database is the same for
 * all, so it is asked at each scrape and summed by nobody.
 */
export function openMetrics(
  services: Pick<Services, 'db' | 'now'>,
  pool: () => PoolUse,
  sum: Sum = alone,
): OpenMetrics {
  const own = new Registry()
  const kept = new Registry()
  const registers = [own]
  collectDefaultMetrics({ register: own })
  const requests = new Counter({
    name: 'lms_http_requests_total',
    help: 'Requests answered, by the pattern of the address',
    labelNames: ['method', 'pattern', 'status'],
    registers,
  })
  const seconds = new Histogram({
    name: 'lms_http_request_seconds',
    help: 'Time until the answer began',
    labelNames: ['method', 'pattern'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const calls = new Counter({
    name: 'lms_vendor_calls_total',
    help: 'Calls to the services outside, by how they ended',
    labelNames: ['vendor', 'call', 'outcome'],
    registers,
  })
  const callSeconds = new Histogram({
    name: 'lms_vendor_call_seconds',
    help: 'Time until a service outside answered, or was given up',
    labelNames: ['vendor'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  })
  const connections: Gauge<'state'> = new Gauge({
    name: 'lms_database_connections',
    help: 'Connections to the database, and who waits',
    labelNames: ['state'],
    registers,
    collect: () => {
      for (const [state, count] of Object.entries(pool())) connections.set({ state }, count)
    },
  })
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers: [kept] })
  const answers = gauge('lms_database_answers', 'Whether the database answered this scrape')
  const jobs = gauge('lms_jobs', 'Jobs that are not done, by what they wait for', 'kind', 'lane', 'state')
  const late = gauge('lms_lane_late_seconds', 'How late the oldest job of the lane is', 'lane')
  const resting = gauge('lms_lane_resting', 'Whether the lane rests because nobody answers', 'lane')
  const dead = gauge('lms_lane_given_up_jobs', 'Jobs of the lane that were given up', 'lane')
  const payments = gauge('lms_payments', 'Captured and tried payments, by what came of them', 'outcome')

  const ask = async () => {
    const [waiting, standing, paid] = await Promise.all([
      countJobs(services),
      countLanes(services),
      countPayments(services),
    ])
    jobs.reset()
    for (const { kind, lane, ...states } of waiting)
      for (const [state, count] of Object.entries(states)) jobs.set({ kind, lane, state }, count)
    for (const { lane, ...counts } of standing) {
      late.set({ lane }, counts.lateSeconds)
      resting.set({ lane }, counts.isResting ? 1 : 0)
      dead.set({ lane }, counts.dead)
    }
    payments.reset()
    for (const { outcome, count } of paid) payments.set({ outcome }, count)
  }

  const sumOfAll = sum(own)
  return {
    contentType: own.contentType,
    count: ({ method, pattern, status, ms }) => {
      requests.inc({ method, pattern, status })
      seconds.observe({ method, pattern }, ms / 1000)
    },
    countCall: ({ vendor, call, outcome, ms }) => {
      calls.inc({ vendor, call, outcome })
      callSeconds.observe({ vendor }, ms / 1000)
    },
    text: async () => {
      const hasAnswered = await ask().then(
        () => true,
        (error: unknown) => {
          log('warn', { metrics: 'the database does not answer', error })
          return false
        },
      )
      answers.set(hasAnswered ? 1 : 0)
      return `${await sumOfAll()}\n${await kept.metrics()}`
    },
  }
}
