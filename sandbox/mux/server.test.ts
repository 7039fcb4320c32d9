import { readFile, stat, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayMs } from '../../src/rules/time'
import { clip, eventually, type Harness, openHarness } from '../../test/ports/mux'

let harness: Harness
let bytes: Uint8Array<ArrayBuffer>
beforeAll(async () => {
  harness = await openHarness()
  bytes = new Uint8Array(await readFile(clip))
})
afterAll(() => harness.close())

const put = (url: string, first: number, end: number, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'PUT',
    headers: { 'content-range': `bytes ${first}-${end - 1}/${bytes.length}`, ...headers },
    body: bytes.slice(first, end),
  })
const held = (url: string) =>
  fetch(url, { method: 'PUT', headers: { 'content-range': `bytes */${bytes.length}` } })
/** Resolves when the sandbox has written down so much of an upload. */
const arrived = (vendorUploadId: string, size: number) =>
  eventually(async () => {
    const file = await stat(join(harness.dataDir, 'uploads', vendorUploadId)).catch(() => null)
    return file?.size === size
  })

describe('the resumable upload', { timeout: 60_000 }, () => {
  it('takes chunks, overlapping ones and the same one again, and makes one playable video of them', async () => {
    const { url, vendorUploadId } = await harness.open()
    const empty = await held(url)
    expect([empty.status, empty.headers.get('range')]).toEqual([308, null])
    const first = await put(url, 0, 10_000)
    expect([first.status, first.headers.get('range')]).toEqual([308, 'bytes=0-9999'])
    const again = await put(url, 0, 10_000)
    expect([again.status, again.headers.get('range')]).toEqual([308, 'bytes=0-9999'])
    const overlapping = await put(url, 5_000, 15_000)
    expect([overlapping.status, overlapping.headers.get('range')]).toEqual([308, 'bytes=0-14999'])
    const gap = await put(url, 20_000, 25_000)
    expect([gap.status, gap.headers.get('range')]).toEqual([308, 'bytes=0-14999'])
    expect((await put(url, 15_000, bytes.length)).status).toBe(200)
    expect((await put(url, 15_000, bytes.length)).status).toBe(200)
    const asset = await harness.settled(vendorUploadId)
    expect(asset).toMatchObject({ state: 'ready' })
    expect(asset.durationSeconds).toBeCloseTo(2, 1)
  })

  it('continues where an interrupted chunk ended', async () => {
    const { url, vendorUploadId } = await harness.open()
    const half = request(url, {
      method: 'PUT',
      headers: {
        'content-range': `bytes 0-${bytes.length - 1}/${bytes.length}`,
        'content-length': bytes.length,
      },
    })
    const dead = new Promise<void>((resolve) => half.on('error', () => resolve()))
    half.write(bytes.slice(0, 9_000))
    await arrived(vendorUploadId, 9_000)
    half.destroy(new Error('the line went dead'))
    await dead
    const range = await eventually(async () => (await held(url)).headers.get('range'))
    expect(range).toBe('bytes=0-8999')
    expect((await put(url, 9_000, bytes.length)).status).toBe(200)
    expect(await harness.settled(vendorUploadId)).toMatchObject({ state: 'ready' })
  })

  it('takes over from a connection that hangs', async () => {
    const { url, vendorUploadId } = await harness.open()
    const hanging = request(url, { method: 'PUT', headers: { 'content-length': bytes.length } })
    hanging.on('error', () => {})
    hanging.write(bytes.slice(0, 100))
    await arrived(vendorUploadId, 100)
    expect((await put(url, 0, bytes.length)).status).toBe(200)
    hanging.destroy()
    expect(await harness.settled(vendorUploadId)).toMatchObject({ state: 'ready' })
  })

  it('refuses ranges that make no sense', async () => {
    const { url } = await harness.open()
    const send = (range: string, body: string) =>
      fetch(url, { method: 'PUT', headers: { 'content-range': range }, body }).then(({ status }) => status)
    expect(await send('bytes 5-1/10', 'abc')).toBe(400)
    expect(await send('bytes 0-20/10', 'abc')).toBe(400)
    expect(await send('bytes 0-1/10', 'abc')).toBe(400)
    expect(await send('items 0-1/10', 'ab')).toBe(400)
    expect((await fetch(`${url}x`, { method: 'PUT', body: 'x' })).status).toBe(404)
  })

  it('lets the pages of one origin in and no other', async () => {
    const { url } = await harness.open()
    const ask = async (origin: string) => {
      const headers = { origin, 'access-control-request-method': 'PUT' }
      const { headers: answer } = await fetch(url, { method: 'OPTIONS', headers })
      return [answer.get('access-control-allow-origin'), answer.get('access-control-allow-headers')]
    }
    expect(await ask(harness.origin)).toEqual([harness.origin, 'content-type, content-range'])
    expect(await ask('https://elsewhere.example')).toEqual([null, null])
    const chunk = await put(url, 0, 100, { origin: harness.origin })
    expect(chunk.headers.get('access-control-expose-headers')).toBe('Range')
  })

  it('ends with its time', async () => {
    const { MUX_TOKEN_ID: id, MUX_TOKEN_SECRET: secret } = harness.config
    const ask = (timeout: number) =>
      fetch(`${harness.base}/video/v1/uploads`, {
        method: 'POST',
        headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}`, 'content-type': 'application/json' },
        body: JSON.stringify({ cors_origin: harness.origin, timeout, new_asset_settings: {} }),
      })
    const refused = await ask(5)
    expect(refused.status).toBe(400)
    expect(await refused.json()).toMatchObject({ error: { type: 'invalid_parameters' } })
    expect((await ask(60)).status).toBe(201)

    const before = await openHarness()
    const { url, vendorUploadId } = await before.open()
    await before.stop()
    const file = join(before.dataDir, 'account.json')
    const account = JSON.parse(await readFile(file, 'utf8')) as { uploads: { createdAt: number }[] }
    for (const upload of account.uploads) upload.createdAt -= dayMs
    await writeFile(file, JSON.stringify(account))
    const after = await openHarness(before.dataDir)
    const late = await fetch(url.replace(before.base, after.base), { method: 'PUT', body: 'late' })
    expect(late.status).toBe(410)
    const upload = await after.video.findUpload(vendorUploadId)
    expect(upload).toMatchObject({ state: 'timed_out', error: expect.stringContaining('in time') })
    await after.close()
  })
})

describe('the webhooks', { timeout: 60_000 }, () => {
  it('come twice, or not at all until they are sent again', async () => {
    await harness.settings({ webhooks: 'duplicate' })
    const { vendorUploadId: twice } = await harness.open()
    const seen = (id: string) => harness.received.filter(({ body }) => body.includes(id))
    await eventually(async () => seen(twice).length === 2)
    const events = await Promise.all(
      seen(twice).map(({ body, headers }) => harness.video.readWebhook(body, headers)),
    )
    expect(events[0]?.id).toBe(events[1]?.id)

    await harness.settings({ webhooks: 'off' })
    const { vendorUploadId: never } = await harness.open()
    const dropped = (await harness.deliveries()).find(({ body }) => body.includes(never))
    expect(dropped).toMatchObject({ status: 'dropped', attempts: 0 })
    await harness.settings({ webhooks: 'on' })
    expect((await harness.resend(dropped?.id ?? '')).status).toBe(200)
    expect(seen(never)).toHaveLength(1)
    expect((await harness.resend('nobody')).status).toBe(404)
  })

  it('are tried again, freshly signed, until the application takes them', async () => {
    harness.answer.status = 500
    const { vendorUploadId } = await harness.open()
    const seen = () => harness.received.filter(({ body }) => body.includes(vendorUploadId))
    await eventually(async () => seen().length === 1)
    harness.answer.status = 200
    await eventually(async () =>
      (await harness.deliveries()).some(
        ({ body, status }) => body.includes(vendorUploadId) && status === 'delivered',
      ),
    )
    expect(seen().length).toBeGreaterThan(1)
  })

  it('are controlled by known words only', async () => {
    expect((await harness.settings({ webhooks: 'sometimes' })).status).toBe(400)
    expect((await harness.settings({ delay: 1 })).status).toBe(400)
  })
})

describe('a restart', { timeout: 60_000 }, () => {
  it('continues what was being encoded, uploaded and played', async () => {
    const before = await openHarness()
    const ready = await before.asset()
    await before.settings({ delaySeconds: 3600 })
    const { vendorUploadId, url } = await before.open()
    await fetch(url, { method: 'PUT', body: bytes })
    const half = await before.open()
    await put(half.url, 0, 1_000)
    expect(await before.video.findUpload(vendorUploadId)).toMatchObject({ state: 'asset_created' })
    await before.stop()

    const after = await openHarness(before.dataDir)
    await after.settings({ delaySeconds: 0 })
    expect(await after.settled(vendorUploadId)).toMatchObject({ state: 'ready', uploadId: 'row-1' })
    expect((await held(half.url.replace(before.base, after.base))).headers.get('range')).toBe('bytes=0-999')
    const playback = { playbackId: ready.playbackId ?? '', lifetimeSeconds: 60 }
    const { src = '' } = (await after.video.player(playback)).attributes
    expect((await fetch(src)).status).toBe(200)
    await after.close()
  })
})

describe('the control page', () => {
  it('shows titles as text and takes settings from a form', async () => {
    await harness.open()
    const panel = await harness.part.panel()
    expect(panel).toContain('A &lt;b&gt;clip&lt;/b&gt;')
    const saved = await fetch(`${harness.base}/settings`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams([
        ['webhooks', 'on'],
        ['delaySeconds', '0'],
        ['down', 'false'],
        ['failEncoding', 'false'],
        ['failEncoding', 'true'],
      ]),
    })
    expect(saved.status).toBe(303)
    expect(await harness.part.panel()).toMatch(/name="failEncoding" value="true" checked/)
    await harness.settings({ failEncoding: false })
  })
})
