import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { muxSignature } from '../../../sandbox/mux/keys'
import { clip, eventually, type Harness, openHarness } from '../../../test/ports/mux'
import { hourSeconds } from '../../rules/time'
import { openMux } from './mux'

let harness: Harness
beforeAll(async () => {
  harness = await openHarness()
})
afterAll(() => harness.close())

describe('a video', { timeout: 60_000 }, () => {
  it('goes from an upload to a signed playback id, and every step is announced', async () => {
    const bytes = new Uint8Array(await readFile(clip))
    const { vendorUploadId, url } = await harness.open('row-announced')
    expect(await harness.video.findUpload(vendorUploadId)).toEqual({
      vendorUploadId,
      uploadId: 'row-announced',
      state: 'waiting',
      assetId: null,
      error: null,
    })
    expect((await fetch(url, { method: 'PUT', body: bytes })).status).toBe(200)
    const asset = await harness.settled(vendorUploadId)
    expect(asset).toMatchObject({ vendorUploadId, uploadId: 'row-announced', state: 'ready', error: null })
    expect(asset.durationSeconds).toBeCloseTo(2, 1)
    expect(asset.playbackId).toBeTruthy()

    const mine = await eventually(async () => {
      const all = await harness.events()
      const own = all.filter((event) =>
        event.about === 'asset'
          ? event.asset.assetId === asset.assetId
          : event.about === 'upload' && event.upload.vendorUploadId === vendorUploadId,
      )
      return own.length === 4 && own
    })
    expect(new Set(mine.map(({ type }) => type))).toEqual(
      new Set([
        'video.upload.created',
        'video.upload.asset_created',
        'video.asset.created',
        'video.asset.ready',
      ]),
    )
    expect(mine.find(({ type }) => type === 'video.upload.asset_created')).toMatchObject({
      about: 'upload',
      upload: { state: 'asset_created', assetId: asset.assetId, uploadId: 'row-announced' },
    })
    expect(mine.find(({ type }) => type === 'video.asset.ready')).toMatchObject({
      about: 'asset',
      deleted: false,
      asset,
    })
  })

  it('is never public', async () => {
    await harness.asset()
    const { assets } = await harness.state()
    expect(assets.length).toBeGreaterThan(0)
    expect(assets.flatMap((asset) => asset.playback_ids).every(({ policy }) => policy === 'signed')).toBe(
      true,
    )
  })

  it('that is no video is refused in plain words', async () => {
    const asset = await harness.asset(new TextEncoder().encode('These are only words. '.repeat(1000)))
    expect(asset).toMatchObject({ state: 'errored', durationSeconds: null })
    expect(asset.error).toMatch(/^This file is not a video that can be played\. .*does not contain video/)
    const errored = await eventually(async () =>
      (await harness.events()).find(({ type }) => type === 'video.asset.errored'),
    )
    expect(errored).toMatchObject({ about: 'asset', asset: { assetId: asset.assetId, error: asset.error } })
  })

  it('fails when the encoder does', async () => {
    await harness.settings({ failEncoding: true })
    expect(await harness.asset()).toMatchObject({
      state: 'errored',
      error: expect.stringContaining('could not be processed'),
    })
    await harness.settings({ failEncoding: false })
  })

  it('can be deleted, and again', async () => {
    const { assetId } = await harness.asset()
    await harness.video.deleteAsset(assetId)
    await harness.video.deleteAsset(assetId)
    expect(await harness.video.findAsset(assetId)).toBeNull()
    await eventually(async () =>
      (await harness.events()).some(
        (event) => event.about === 'asset' && event.deleted && event.asset.assetId === assetId,
      ),
    )
  })

  it('is listed newest first, over several pages', async () => {
    const crowd = await openHarness()
    await crowd.settings({ webhooks: 'off', delaySeconds: hourSeconds })
    const made: string[] = []
    for (let count = 0; count < 105; count++) {
      const { url, vendorUploadId } = await crowd.open()
      await fetch(url, { method: 'PUT', body: 'x' })
      const upload = await crowd.video.findUpload(vendorUploadId)
      made.unshift(upload?.assetId ?? 'none')
    }
    expect(await crowd.listed()).toEqual(made)
    await crowd.close()
  })
})

describe('an upload', { timeout: 60_000 }, () => {
  it('can be cancelled, and cancelling what is over is harmless', async () => {
    const { vendorUploadId, url } = await harness.open()
    await harness.video.cancelUpload(vendorUploadId)
    await harness.video.cancelUpload(vendorUploadId)
    expect(await harness.video.findUpload(vendorUploadId)).toMatchObject({ state: 'cancelled' })
    expect((await fetch(url, { method: 'PUT', body: 'late' })).status).toBe(410)
    const { vendorUploadId: finished } = await harness.asset()
    await harness.video.cancelUpload(finished ?? '')
    expect(await harness.video.findUpload(finished ?? '')).toMatchObject({ state: 'asset_created' })
  })

  it('and an asset that nobody knows are null', async () => {
    expect(await harness.video.findUpload('nobody')).toBeNull()
    expect(await harness.video.findAsset('nobody')).toBeNull()
    await harness.video.cancelUpload('nobody')
    await harness.video.deleteAsset('nobody')
  })
})

describe('when Mux fails', { timeout: 60_000 }, () => {
  it('every question is refused as upstream, and what is encoded plays on', async () => {
    const asset = await harness.asset()
    const { vendorUploadId, url } = await harness.open()
    await harness.settings({ down: true })
    for (const ask of [
      () => harness.open(),
      () => harness.video.findUpload('x'),
      () => harness.video.findAsset('x'),
      () => harness.video.deleteAsset(asset.assetId),
      () => harness.video.cancelUpload(vendorUploadId),
      () => harness.listed(),
    ]) {
      await expect(ask()).rejects.toMatchObject({ name: 'AppError', code: 'upstream' })
    }
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(500)
    const playback = { playbackId: asset.playbackId ?? '', lifetimeSeconds: 60 }
    const { attributes } = await harness.video.player(playback)
    expect((await fetch(attributes.src ?? '')).status).toBe(200)
    await harness.settings({ down: false })
  })

  it('its Retry-After is heard and waited for by nobody', async () => {
    await harness.settings({ answer: '429', retryAfterSeconds: 3000 })
    await expect(harness.video.deleteAsset('x')).rejects.toMatchObject({
      failure: 'outage',
      retryAfterSeconds: 3000,
      cause: { message: expect.stringContaining('Too many requests') },
    })
    await harness.settings({ answer: 'html' })
    await expect(harness.video.findAsset('x')).rejects.toMatchObject({ failure: 'outage' })
    await harness.settings({ answer: null })
  })

  it('wrong credentials are upstream too, and nobody is said to be away', async () => {
    const stranger = openMux({ ...harness.config, MUX_TOKEN_SECRET: 'wrong' }, harness.origin)
    await expect(stranger.findAsset('x')).rejects.toMatchObject({
      code: 'upstream',
      failure: undefined,
      message: expect.stringContaining('does not accept the keys of this site'),
      cause: expect.objectContaining({ message: expect.stringContaining('Unauthorized request') }),
    })
  })

  it.each([
    [{ answer: '429' }, 'is asked too often just now'],
    [{ answer: '500' }, 'does not answer at the moment'],
    [{ answer: 'html' }, 'does not answer at the moment'],
    [{ down: true }, 'does not answer at the moment'],
  ])('with %o it says that it %s', async (settings, words) => {
    await harness.settings({ ...settings, retryAfterSeconds: 0 })
    await expect(harness.video.findAsset('x')).rejects.toMatchObject({
      code: 'upstream',
      message: expect.stringContaining(words),
    })
    await harness.settings({ answer: null, down: false })
  })

  it('a request that Mux refuses is said to be refused', async () => {
    const title = 'x'
    const refused = harness.video.openUpload({ uploadId: 'u'.repeat(300), title, creatorId: 'c' })
    await expect(refused).rejects.toMatchObject({ message: 'The video service did not accept the request.' })
  })
})

describe('a webhook', { timeout: 60_000 }, () => {
  const body = JSON.stringify({
    type: 'video.live_stream.idle',
    id: 'e1',
    created_at: '2026-01-02T03:04:05.000000Z',
    object: { type: 'live_stream', id: 'l' },
    data: {},
  })
  const event = (type: string, data: object) => JSON.stringify({ id: 'e2', type, data })
  const now = () => Math.floor(Date.now() / 1000)
  const read = (raw: string, signature?: string) =>
    harness.video.readWebhook(raw, new Headers(signature ? { 'mux-signature': signature } : {}))

  it('of a kind we do not use is accepted as such', async () => {
    expect(await read(body, muxSignature(body))).toEqual({
      id: 'e1',
      type: 'video.live_stream.idle',
      about: 'other',
    })
  })

  it.each([
    ['that are no JSON', '{"half":'],
    ['without a shape', '{}'],
    ['of an upload in an unknown state', event('video.upload.paused', { id: 'u', status: 'paused' })],
    ['of an asset in an unknown state', event('video.asset.updated', { id: 'a', status: 'archived' })],
  ])('%s are taken, and told as not understood', async (_, text) => {
    expect(await read(text, muxSignature(text))).toMatchObject({ about: 'unreadable' })
  })

  it.each([
    ['unsigned', () => read(body)],
    ['forged', () => read(body, muxSignature(body, now(), 'another secret'))],
    ['changed', () => read(`${body} `, muxSignature(body))],
    ['stale', () => read(body, muxSignature(body, now() - 310))],
    ['of the future', () => read(body, muxSignature(body, now() + 310))],
    ['with a nonsense time', () => read(body, muxSignature(body).replace(/t=\d+/, 't=soon'))],
  ])('%s is refused as invalid', async (_, attempt) => {
    await expect(attempt()).rejects.toMatchObject({ name: 'AppError', code: 'invalid' })
  })
})
