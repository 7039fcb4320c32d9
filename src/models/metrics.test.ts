import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { fileWorld } from '../../test/world'
import { readConfig } from '../config'
import { connect } from '../db/connect'
import { breakers, jobs, payments } from '../db/schema'
import { openMetrics } from '../metrics'
import { nodeApp } from '../node-app'
import { watchVendors } from '../vendor-calls'
import { addJob } from './job'

const token = 'a token of the operator, for numbers'
const world = fileWorld()

function counted() {
  const config = readConfig({ ...world.environment, METRICS_TOKEN: token })
  const connection = connect({ uri: config.DATABASE_URL })
  const metrics = openMetrics(world.services, connection.use)
  const services = watchVendors({ ...world.services, config }, metrics.countCall)
  const app = nodeApp(services, () => {}, metrics)
  const ask = (path: string, headers: Record<string, string> = {}) =>
    app.request(`${world.origin}${path}`, { headers })
  const numbers = async () => (await ask('/metrics', { Authorization: `Bearer ${token}` })).text()
  return { ask, numbers, services }
}

describe('the metrics', () => {
  it('are for who knows the token, and not there without one', async () => {
    const { ask } = counted()
    expect((await world.app.request(`${world.origin}/metrics`)).status).toBe(404)
    for (const given of [undefined, 'Bearer', 'Bearer wrong', `Basic ${token}`, token]) {
      const answer = await ask('/metrics', given ? { Authorization: given } : {})
      expect([given, answer.status]).toEqual([given, 401])
      expect(await answer.text()).not.toContain('lms_')
    }
    const answer = await ask('/metrics', { Authorization: `Bearer ${token}` })
    expect([answer.status, answer.headers.get('Content-Type')]).toEqual([
      200,
      expect.stringContaining('text/plain; version=0.0.4'),
    ])
  })

  it('count requests by pattern and status, and what is not there as one', async () => {
    const { ask, numbers } = counted()
    for (const path of ['/courses', '/courses', '/courses/nothing', '/no/1', '/no/2']) await ask(path)
    const text = await numbers()
    expect(text).toContain('lms_http_requests_total{method="GET",pattern="/courses",status="200"} 2')
    expect(text).toContain('lms_http_requests_total{method="GET",pattern="/courses/:slug",status="404"} 1')
    expect(text).toContain('lms_http_requests_total{method="GET",pattern="none",status="404"} 2')
    expect(text).toContain('lms_http_request_seconds_count{method="GET",pattern="/courses"} 2')
    expect(text).toContain('process_cpu_seconds_total')
    expect(text).toMatch(/lms_database_connections\{state="waiting"\} 0/)
  })

  it('tell jobs that wait and are late, and payments by what came of them', async () => {
    const { numbers } = counted()
    await addJob(world.services, 'mail-receipt', { orderId: 'x' }, new Date(Date.now() - 120_000))
    await addJob(world.services, 'mail-receipt', { orderId: 'y' }, new Date(Date.now() + 120_000))
    const paid = { amountPaise: 100, currency: 'INR', vendorStatus: 'failed', paidAt: new Date() }
    await world.services.db.insert(payments).values({ ...paid, id: 'pay_metrics', createdAt: new Date() })
    const text = await numbers()
    expect(text).toContain('lms_payments{outcome="none"} 1')
    expect(text).toContain('lms_jobs{kind="mail-receipt",lane="mail",state="waiting"} 2')
    expect(text).toContain('lms_jobs{kind="mail-receipt",lane="mail",state="overdue"} 1')
    expect(text).toContain('lms_jobs{kind="mail-receipt",lane="mail",state="failing"} 0')
    expect(text).toMatch(/lms_lane_late_seconds\{lane="mail"\} \d{3}/)
    expect(text).toContain('lms_lane_late_seconds{lane="video"} 0')
    expect(text).toContain('lms_database_answers 1')
  })

  it('tell lanes that rest, and what was given up', async () => {
    const { numbers } = counted()
    const { db, now } = world.services
    const at = now()
    const failing = { failures: 3, rests: 1, failingSince: at, changedAt: at }
    await db.insert(breakers).values({ lane: 'video', restsUntil: at, ...failing })
    await db.insert(breakers).values({ lane: 'files', ...failing })
    await addJob(world.services, 'delete-asset', { assetId: 'x' }, new Date(0))
    await db.update(jobs).set({ deadAt: at }).where(eq(jobs.kind, 'delete-asset'))
    const text = await numbers()
    expect(text).toContain('lms_lane_resting{lane="video"} 1')
    expect(text).toContain('lms_lane_resting{lane="files"} 0')
    expect(text).toContain('lms_lane_given_up_jobs{lane="video"} 1')
    expect(text).toContain('lms_lane_late_seconds{lane="video"} 0')
    expect(text).not.toContain('kind="delete-asset"')
  })

  it('count the calls to each service outside by how they ended, lists that come in pages, too', async () => {
    const { numbers, services } = counted()
    const calls = async (name: string, outcome: string) => {
      const [vendor, call] = name.split('.')
      const line = `lms_vendor_calls_total{vendor="${vendor}",call="${call}",outcome="${outcome}"} `
      return (await numbers())
        .split('\n')
        .find((one) => one.startsWith(line))
        ?.slice(line.length)
    }
    await services.payments?.findPayment('pay_00000000000000')
    for await (const _ of services.payments?.listDisputes() ?? []);
    await services.otp?.ping()
    // Worked out here, so no call.
    expect(services.payments?.isPaymentId('nonsense')).toBe(false)
    for (const name of ['payments.findPayment', 'payments.listDisputes', 'otp.ping'])
      expect([name, await calls(name, 'ok')]).toEqual([name, '1'])
    expect(await numbers()).toContain('lms_vendor_call_seconds_count{vendor="payments"} 2')
    expect(await numbers()).not.toContain('isPaymentId')

    await world.settings('razorpay', { down: true })
    try {
      await expect(services.payments?.findOrder('order_00000000000000')).rejects.toThrow()
      const list = async () => {
        for await (const _ of services.payments?.listDisputes() ?? []);
      }
      await expect(list()).rejects.toThrow()
      for (const name of ['payments.findOrder', 'payments.listDisputes'])
        expect([name, await calls(name, 'upstream')]).toEqual([name, '1'])
      expect(await calls('payments.listDisputes', 'ok')).toBe('1')
    } finally {
      await world.settings('razorpay', { down: false })
    }
  })
})
