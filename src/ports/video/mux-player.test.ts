import { createPrivateKey, sign } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Harness, openHarness } from '../../../test/ports/mux'
import { hourSeconds } from '../../rules/time'
import { openMux } from './mux'
import type { PlayerElement, Video } from './video'

let harness: Harness
let playbackId: string
let assetId: string
let player: PlayerElement['attributes']
beforeAll(async () => {
  harness = await openHarness()
  const asset = await harness.asset()
  assetId = asset.assetId
  playbackId = asset.playbackId ?? ''
  player = await attributes(harness.video, playbackId, hourSeconds)
}, 60_000)
afterAll(() => harness.close())

const attributes = async (video: Video, id: string, lifetimeSeconds = 60) =>
  (await video.player({ playbackId: id, lifetimeSeconds })).attributes
const status = async (url: string) => (await fetch(url)).status
const token = (url = '') => new URL(url).searchParams.get('token') ?? ''
const stream = (word: string) => `${harness.base}/stream/${playbackId}.m3u8?token=${word}`
const addresses = (playlist: string) =>
  [...playlist.matchAll(/^[^#\s].*$/gm), ...playlist.matchAll(/URI="([^"]+)"/g)].map(
    ([line, uri]) => uri ?? line,
  )

describe('the player', { timeout: 60_000 }, () => {
  it('gets a stream whose every part can be fetched, and no part without the token', async () => {
    const src = player.src ?? ''
    const master = await fetch(src)
    expect(master.headers.get('access-control-allow-origin')).toBe('*')
    const parts = async (url: string, text: string) => addresses(text).map((line) => new URL(line, url).href)
    const [media = ''] = await parts(src, await master.text())
    const segments = await parts(media, await (await fetch(media)).text())
    expect(segments.length).toBeGreaterThan(1)
    for (const segment of segments) {
      const whole = new Uint8Array(await (await fetch(segment)).arrayBuffer())
      expect(whole.length).toBeGreaterThan(0)
      const some = await fetch(segment, { headers: { range: 'bytes=4-7' } })
      expect([some.status, some.headers.get('content-range')]).toEqual([206, `bytes 4-7/${whole.length}`])
      expect(new Uint8Array(await some.arrayBuffer())).toEqual(whole.slice(4, 8))
      expect((await fetch(segment, { headers: { range: 'bytes=9999999-' } })).status).toBe(416)
    }
    for (const url of [src, media, ...segments]) expect(await status(url.replace(/\?.*/, ''))).toBe(403)
  })

  it('gets a poster and previews for a token of their own', async () => {
    const poster = await fetch(player.poster ?? '')
    expect([poster.status, poster.headers.get('content-type')]).toEqual([200, 'image/svg+xml'])
    expect(await poster.text()).toContain('A &#60;b&#62;clip&#60;/b&#62;')
    const cues = await (await fetch(player['storyboard-src'] ?? '')).text()
    expect(cues).toMatch(/^WEBVTT\n\n00:00:00\.000 --> 00:00:01\.0\d\d\nhttp:.*#xywh=0,0,256,144\n/)
    const tiles = /http:[^#]+/.exec(cues)?.[0] ?? ''
    expect(await status(tiles)).toBe(200)
    expect(await status(tiles.replace(/\?.*/, ''))).toBe(403)
  })

  it('is refused with a token for another use, another video, from another key, or expired', async () => {
    const other = openMux({ ...harness.config, MUX_SIGNING_KEY_ID: 'unknown' }, harness.origin)
    expect(await status(stream(token(player.src)))).toBe(200)
    expect(await status(stream(token(player.poster)))).toBe(403)
    expect(await status(stream(token((await attributes(harness.video, 'another')).src)))).toBe(403)
    expect(await status(stream(token((await attributes(other, playbackId)).src)))).toBe(403)
    expect(await status(stream(`${token(player.src).slice(0, -8)}AAAAAAAA`))).toBe(403)
    const [head = '', , signature = ''] = token(player.src).split('.')
    const claims = (exp: number) =>
      Buffer.from(
        JSON.stringify({ sub: playbackId, aud: 'v', kid: harness.config.MUX_SIGNING_KEY_ID, exp }),
      ).toString('base64url')
    expect(await status(stream(`${head}.${claims(9e9)}.${signature}`))).toBe(403)
    const pem = Buffer.from(harness.config.MUX_SIGNING_PRIVATE_KEY, 'base64').toString()
    const der = Buffer.from(pem.replace(/-----.*-----/g, ''), 'base64')
    const key = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    const signed = (exp: number) => {
      const message = `${head}.${claims(exp)}`
      return `${message}.${sign('sha256', Buffer.from(message), key).toString('base64url')}`
    }
    expect(await status(stream(signed(9e9)))).toBe(200)
    expect(await status(stream(signed(Math.floor(Date.now() / 1000) - 1)))).toBe(403)
  })

  it('may play for exactly the lifetime asked for', () => {
    for (const address of [player.src, player.poster, player['storyboard-src']]) {
      const { exp } = JSON.parse(atob(token(address).split('.')[1] ?? '')) as { exp: number }
      const left = exp - Date.now() / 1000
      expect(left).toBeGreaterThan(3500)
      expect(left).toBeLessThanOrEqual(hourSeconds)
    }
  })

  it('finds nothing after the video was deleted', async () => {
    const gone = await harness.asset()
    const { src = '', poster = '' } = await attributes(harness.video, gone.playbackId ?? '')
    expect(await status(src)).toBe(200)
    await harness.video.deleteAsset(gone.assetId)
    expect([await status(src), await status(poster)]).toEqual([404, 404])
    expect(await harness.video.findAsset(assetId)).not.toBeNull()
  })

  it('is given a playback id and tokens when Mux itself streams, and no addresses', async () => {
    const { MUX_BASE_URL, MUX_STREAM_BASE, MUX_IMAGE_BASE, ...real } = harness.config
    const video = openMux(real, 'https://learn.example.com')
    const element = await attributes(video, playbackId)
    expect(Object.keys(element).sort()).toEqual([
      'disable-cookies',
      'disable-tracking',
      'playback-id',
      'playback-token',
      'playsinline',
      'storyboard-token',
      'stream-type',
      'thumbnail-token',
    ])
    expect(await status(stream(element['playback-token'] ?? ''))).toBe(200)
    expect(video.hosts).toEqual({
      media: ['https://*.mux.com'],
      image: ['https://*.mux.com'],
      connect: ['https://*.mux.com', 'https://storage.googleapis.com'],
    })
  })

  it('shows a title and an accent colour, and starts where it is told to', async () => {
    const playback = { playbackId, lifetimeSeconds: 60, title: 'Queues', accentColor: 'teal' }
    const { tag, attributes } = await harness.video.player({ ...playback, startSecond: 31 })
    expect(tag).toBe('mux-player')
    expect(attributes).toMatchObject({ 'video-title': 'Queues', 'accent-color': 'teal', 'start-time': '31' })
    const fromStart = await harness.video.player({ ...playback, startSecond: 0 })
    expect(fromStart.attributes).not.toHaveProperty('start-time')
  })

  it('may connect only to the hosts it needs', () => {
    const origin = new URL(harness.base).origin
    expect(harness.video.hosts).toEqual({ media: [origin], image: [origin], connect: [origin] })
  })
})
