import { createHmac } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { postWebhook } from '../../test/payments'
import { person } from '../../test/people'
import { fileWorld } from '../../test/world'
import { webhookEvents } from '../db/schema'
import { paths } from '../paths'

const world = fileWorld()

const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`
const payment = { id: 'pay_new', order_id: 'order_new', amount: 100, currency: 'INR', status: 'pending' }

async function postMux(body: string): Promise<Response> {
  const at = Math.floor(Date.now() / 1000)
  const secret = world.sandbox.environment.MUX_WEBHOOK_SECRET ?? ''
  const signature = createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')
  return world.app.request(`${world.origin}${paths.muxWebhook()}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'mux-signature': `t=${at},v1=${signature}` },
    body,
  })
}

const kept = (type: string) =>
  world.services.db.select().from(webhookEvents).where(eq(webhookEvents.type, type))

describe('a signed webhook', () => {
  it.each([
    'token.confirmed',
    'payout.processed',
    'order.notification.delivered',
    'naïve.event',
    `long.${'x'.repeat(200)}`,
  ])('of Razorpay about %s is kept', async (event) => {
    const answer = await postWebhook(world, JSON.stringify({ event, payload: {} }))
    expect([answer.status, await answer.json()]).toEqual([200, { outcome: 'nothing to do' }])
    const [row] = await kept(event.replace('ï', '?').slice(0, 64))
    expect(row?.outcome).toBe('nothing to do')
  })

  it('in a shape that nobody knows is kept, and shown to administrators', async () => {
    const body = JSON.stringify({ event: 'payment.pending', payload: { payment: { entity: payment } } })
    expect((await postWebhook(world, body)).status).toBe(200)
    const outcome = 'not understood: payment pending'
    expect(await kept('payment.pending')).toMatchObject([{ outcome }])
    const { browser } = await person(world, { role: 'admin' })
    expect((await browser.get(paths.admin())).html).toContain('Not understood: payment pending')
  })

  it.each([
    ['no JSON', 'half a sentence'],
    ['nested without end', `{"event":"deep","payload":{"a":${nested(100_000)}}}`],
  ])('of either service that is %s is answered with 200', async (_, body) => {
    expect((await postWebhook(world, body)).status).toBe(200)
    expect((await postMux(body)).status).toBe(200)
  })

  it('of Mux about an asset in an unknown state is kept', async () => {
    const data = { id: 'asset-new', status: 'archived' }
    const answer = await postMux(JSON.stringify({ id: 'mux-new', type: 'video.asset.updated', data }))
    expect([answer.status, await answer.json()]).toEqual([
      200,
      { outcome: 'not understood: status: invalid_value' },
    ])
  })
})
