import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { PoolUse } from './db/connect'
import { log } from './log'
import { countJobs, countLanes, countPayments } from './models/metrics'
import type { Services } from './services'
import type { Metrics } from './web/env'

/** Of this process; what stands in the database is asked at each scrape. */
export function openMetrics(services: Services, pool: () => PoolUse): Metrics {
  const registers = [new Registry()]
  const [registry = new Registry()] = registers
  collectDefaultMetrics({ register: registry })
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
  const gauge = (name: string, help: string, ...labelNames: string[]) =>
    new Gauge({ name, help, labelNames, registers })
  const connections = gauge('lms_database_connections', 'Connections to the database, and who waits', 'state')
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

  return {
    contentType: registry.contentType,
    count: ({ method, pattern, status, ms }) => {
      requests.inc({ method, pattern, status })
      seconds.observe({ method, pattern }, ms / 1000)
    },
    text: async () => {
      for (const [state, count] of Object.entries(pool())) connections.set({ state }, count)
      const hasAnswered = await ask().then(
        () => true,
        (error: unknown) => {
          log('warn', { metrics: 'the database does not answer', error })
          return false
        },
      )
      answers.set(hasAnswered ? 1 : 0)
      return registry.metrics()
    },
  }
}
