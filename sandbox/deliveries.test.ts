import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { until } from '../test/until'
import { type DeliveriesOptions, openDeliveries } from './deliveries'

const dir = mkdtempSync(join(tmpdir(), 'deliveries-'))
const closing: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  rmSync(dir, { recursive: true, force: true })
})

async function openReceiver(answers: number[] = []) {
  const received: { body: string; event: string | undefined; type: string | undefined }[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    received.push({
      body,
      event: request.headers['x-event']?.toString(),
      type: request.headers['content-type'],
    })
    response.writeHead(answers.shift() ?? 200).end('{}')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const close = () =>
    new Promise((done) => {
      server.closeAllConnections()
      server.close(done)
    })
  closing.push(close)
  return { received, close, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` }
}

function open(target: string, settings: DeliveriesOptions['settings'] = { webhooks: 'on' }) {
  const deliveries = openDeliveries({
    file: join(dir, 'deliveries.json'),
    target: () => target,
    headers: async ({ id, body }) => ({ 'x-event': `${id} ${body.length}` }),
    settings,
    isSwitchedOff: true,
  })
  closing.push(() => deliveries.close())
  return { deliveries, settings }
}

const event = (id: string) => ({ id, type: 'thing.happened', body: `{"n":"${id}"}` })

describe('webhook deliveries', () => {
  it('reach the application with headers made for their body', async () => {
    const { received, url } = await openReceiver()
    const { deliveries } = open(url)
    deliveries.send(event('a'))
    await deliveries.idle()
    expect(received).toEqual([{ body: '{"n":"a"}', event: 'a 9', type: 'application/json' }])
    expect(deliveries.list()).toMatchObject([
      { eventId: 'a', status: 'delivered', attempts: 1, responseStatus: 200, nextAt: null },
    ])
  })

  it('are tried again until the application takes them', { timeout: 30_000 }, async () => {
    const { received, url } = await openReceiver([500, 302])
    const { deliveries } = open(url)
    deliveries.send(event('a'))
    await deliveries.idle()
    expect(deliveries.list()).toMatchObject([{ status: 'pending', attempts: 1, responseStatus: 500 }])
    await until(() => received.length >= 3)
    await deliveries.idle()
    expect(deliveries.list()).toMatchObject([{ status: 'delivered', attempts: 3, responseStatus: 200 }])
  })

  it('are dropped when they are off, and can still be sent by hand', async () => {
    const { received, url } = await openReceiver()
    const { deliveries } = open(url, { webhooks: 'off' })
    deliveries.send(event('a'))
    await deliveries.idle()
    expect(received).toEqual([])
    const [dropped] = deliveries.list()
    expect(dropped).toMatchObject({ status: 'dropped', attempts: 0 })
    await deliveries.resend(dropped?.id ?? '')
    expect(received.map((one) => one.body)).toEqual(['{"n":"a"}'])
    expect(deliveries.list()).toMatchObject([{ status: 'delivered' }])
    await expect(deliveries.resend('nobody')).rejects.toThrow('no delivery')
  })

  it('come twice, or the last first, when they are told to', async () => {
    const { received, url } = await openReceiver()
    const { deliveries, settings } = open(url, { webhooks: 'duplicate' })
    deliveries.send(event('a'))
    await deliveries.idle()
    expect(received.map((one) => one.body)).toEqual(['{"n":"a"}', '{"n":"a"}'])
    settings.webhooks = 'reorder'
    for (const id of ['b', 'c', 'd']) deliveries.send(event(id))
    await deliveries.idle()
    expect(received.slice(2).map((one) => one.body)).toEqual(['{"n":"d"}', '{"n":"c"}', '{"n":"b"}'])
  })

  it('are switched off once one has failed for as long as the vendor is patient', async () => {
    const { url } = await openReceiver([500, 500])
    const settings: DeliveriesOptions['settings'] = { webhooks: 'on', patienceSeconds: 0 }
    const { deliveries } = open(url, settings)
    deliveries.send(event('a'))
    await deliveries.idle()
    deliveries.send(event('b'))
    expect(settings.webhooks).toBe('off')
    expect(deliveries.list().map(({ status }) => status)).toEqual(['failed', 'dropped'])
    settings.webhooks = 'on'
    deliveries.send(event('c'))
    await deliveries.idle()
    expect(deliveries.list().at(-1)).toMatchObject({ eventId: 'c', status: 'failed', responseStatus: 500 })
  })

  it('survive a restart while they wait', { timeout: 30_000 }, async () => {
    const gone = await openReceiver()
    await gone.close()
    const first = open(gone.url)
    first.deliveries.send(event('a'))
    await first.deliveries.idle()
    expect(first.deliveries.list()).toMatchObject([{ status: 'pending', responseStatus: null }])
    await first.deliveries.close()
    const { received, url } = await openReceiver()
    const { deliveries } = open(url)
    await until(() => received.length > 0)
    await deliveries.idle()
    expect(deliveries.list()).toMatchObject([{ eventId: 'a', status: 'delivered', attempts: 2 }])
  })

  it('forget the oldest beyond two hundred', async () => {
    const { deliveries } = open('http://shop.invalid/hook', { webhooks: 'off' })
    for (let n = 0; n < 230; n += 1) deliveries.send(event(String(n)))
    expect(deliveries.list()).toHaveLength(200)
    expect(deliveries.list()[0]?.eventId).toBe('30')
  })
})
