import { createHmac } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { webhookEvents } from '../../src/db/schema'
import { paths } from '../../src/paths'
import { fileWorld } from '../world'
import * as mux from './mux'
import * as razorpay from './razorpay'

const world = fileWorld()
const hmac = (secret: string | undefined, text: string) =>
  createHmac('sha256', secret ?? '')
    .update(text)
    .digest('hex')

const post = (path: string, headers: Record<string, string>, body: string) =>
  world.app.request(`${world.origin}${path}`, { method: 'POST', headers, body })

async function outcome(source: 'razorpay' | 'mux', eventId: string, answer: Response) {
  const [row] = await world.services.db
    .select()
    .from(webhookEvents)
    .where(and(eq(webhookEvents.source, source), eq(webhookEvents.eventId, eventId)))
  expect([answer.status, row?.outcome], `${source} ${row?.type}`).toEqual([200, expect.stringMatching(/./)])
  return row?.outcome ?? ''
}

/** Signs and posts; gives what came of it, and fails when nothing did. */
async function tellRazorpay(event: string, about: Record<string, object>, more: object = {}) {
  const payload = Object.fromEntries(Object.entries(about).map(([name, entity]) => [name, { entity }]))
  const id = crypto.randomUUID()
  const body = JSON.stringify({ event, payload, ...more })
  const signature = hmac(world.environment.RAZORPAY_WEBHOOK_SECRET, body)
  const headers = { 'X-Razorpay-Signature': signature, 'x-razorpay-event-id': id }
  return outcome('razorpay', id, await post(paths.razorpayWebhook(), headers, body))
}

async function tellMux(type: string, data: unknown) {
  const id = crypto.randomUUID()
  const body = JSON.stringify({ type, id, data })
  const at = Math.floor(Date.now() / 1000)
  const signature = `t=${at},v1=${hmac(world.environment.MUX_WEBHOOK_SECRET, `${at}.${body}`)}`
  return outcome('mux', id, await post(paths.muxWebhook(), { 'mux-signature': signature }, body))
}

const envelope = {
  entity: 'event',
  account_id: 'acc_Corpus00000001',
  contains: [],
  created_at: 1_790_000_000,
}
const needed = ['id', 'status', 'amount', 'currency', 'order_id', 'payment_id']
const only = (names: string[]) => (entity: object) =>
  Object.fromEntries(Object.entries(entity).filter(([name]) => names.includes(name)))
const without = (about: Record<string, object>, less: (entity: object) => object) =>
  Object.fromEntries(Object.entries(about).map(([name, entity]) => [name, less(entity)]))

describe('Razorpay', () => {
  it('is listed with every event of its documentation, each once', () => {
    expect(new Set(razorpay.all.map(([event]) => event)).size).toBe(razorpay.all.length)
    expect(razorpay.all.length).toBeGreaterThanOrEqual(90)
  })

  it.each(razorpay.understood)('%s is understood, also without what is optional', async (event, about) => {
    for (const given of [about, without(about, only(needed))])
      expect(await tellRazorpay(event, given, envelope)).not.toMatch(/nothing to do|not understood/)
  })

  it('has every event kept: whole, bare, empty and with what nobody has heard of', async () => {
    for (const [event, about] of razorpay.all) {
      await tellRazorpay(event, about, envelope)
      await tellRazorpay(event, without(about, only(needed)))
      await tellRazorpay(event, without(about, only([])))
      await tellRazorpay(event, {})
      await tellRazorpay(
        event,
        without(about, (entity) => ({ ...entity, news: { deep: [null] } })),
        envelope,
      )
    }
  })

  it.each([
    ['payment', 'payment.captured', razorpay.statusesOfPayments],
    ['refund', 'refund.processed', razorpay.statusesOfRefunds],
    ['dispute', 'payment.dispute.created', razorpay.statusesOfDisputes],
  ] as const)('may call a %s by any status', async (about, event, statuses) => {
    for (const status of statuses) await tellRazorpay(event, razorpay.withStatus[about](status))
  })
})

describe('Mux', () => {
  it('is listed with every event of its SDK, each once', () => {
    expect(new Set(mux.all.map(([type]) => type)).size).toBe(mux.all.length)
    expect(mux.all.length).toBeGreaterThanOrEqual(110)
  })

  it.each(mux.understood)('%s is understood, also without what is optional', async (type, data) => {
    for (const given of [data, only(['id', 'status'])(data)])
      expect(await tellMux(type, given)).not.toMatch(/nothing to do|not understood/)
  })

  it('has every event kept: whole, bare, empty and without data', async () => {
    for (const [type, data] of mux.all)
      for (const given of [data, only(['id', 'status'])(data), {}, null]) await tellMux(type, given)
  })

  it('may call an asset or an upload by any status', async () => {
    for (const status of mux.statusesOfAssets) await tellMux('video.asset.updated', mux.asset({ status }))
    for (const status of mux.statusesOfUploads) await tellMux('video.upload.created', mux.upload(status))
  })
})
