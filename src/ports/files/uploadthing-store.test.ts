import { UTApi } from 'uploadthing/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Harness, openHarness, picture, png } from '../../../test/ports/uploadthing'
import { reasonOf } from '../../log'
import { openUploadThing } from './uploadthing'
import { sign } from './uploadthing-token'

describe('files kept at UploadThing', { timeout: 60_000 }, () => {
  let harness: Harness
  beforeAll(async () => {
    harness = await openHarness()
  })
  beforeEach(() => {
    harness.stored.length = 0
  })
  afterAll(() => harness?.close())

  it('keeps private files behind URLs that expire', async () => {
    const { key } = await harness.upload(
      'courseAttachment',
      new File(['notes'], 'notes.txt', { type: 'text/plain' }),
    )
    expect((await fetch(harness.files.publicUrl(key))).status).toBe(403)
    const url = await harness.files.temporaryUrl(key, 60)
    const answer = await fetch(url)
    expect(await answer.text()).toBe('notes')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(answer.headers.get('cache-control')).toContain('no-store')
    expect((await fetch(url.replace(/expires=\d/, 'expires=9'))).status).toBe(403)
    expect((await fetch(url.slice(0, -1))).status).toBe(403)
    expect((await fetch(await harness.files.temporaryUrl(key, -1))).status).toBe(403)
  })

  it('signs URLs exactly as the SDK does', async () => {
    const sdk = new UTApi({
      token: harness.config.UPLOADTHING_TOKEN,
      ufsHost: harness.config.UPLOADTHING_UFS_HOST,
      ufsAppIdLocation: harness.config.UPLOADTHING_UFS_APP_ID_LOCATION,
    })
    const { ufsUrl } = await sdk.generateSignedURL('someKey123', { expiresIn: 60 })
    const expires = Number(new URL(ufsUrl).searchParams.get('expires'))
    const { apiKey } = JSON.parse(atob(harness.config.UPLOADTHING_TOKEN))
    const plain = `${harness.files.publicUrl('someKey123')}?expires=${expires}`
    expect(ufsUrl).toBe(`${plain}&signature=${encodeURIComponent(await sign(plain, apiKey))}`)
    const ours = new URL(await harness.files.temporaryUrl('someKey123', 60))
    expect(ours.pathname).toBe(new URL(ufsUrl).pathname)
    expect(Math.abs(Number(ours.searchParams.get('expires')) - expires)).toBeLessThan(30_000)
  })

  it('stores bytes from the server and removes files, twice without harm', async () => {
    const { key } = await harness.files.store({
      name: 'a.png',
      type: 'image/png',
      bytes: png,
      access: 'public',
    })
    const { key: secret } = await harness.files.store({
      name: 'a.pdf',
      type: 'application/pdf',
      bytes: png,
      access: 'private',
    })
    expect((await fetch(harness.files.publicUrl(key))).status).toBe(200)
    expect((await fetch(harness.files.publicUrl(secret))).status).toBe(403)
    expect(harness.stored).toEqual([])
    await harness.files.remove([key, secret])
    await harness.files.remove([key, 'never-was'])
    await harness.files.remove([])
    expect((await fetch(harness.files.publicUrl(key))).status).toBe(404)
    expect((await fetch(await harness.files.temporaryUrl(secret, 60))).status).toBe(404)
  })

  it('prints nothing while files are stored', async () => {
    const printed = vi.spyOn(console, 'warn')
    await harness.upload('courseImage', picture())
    await harness.files.store({ name: 'quiet.png', type: 'image/png', bytes: png, access: 'public' })
    expect(printed.mock.calls).toEqual([])
    printed.mockRestore()
  })

  it('keeps files of one name apart that are stored in the same moment', async () => {
    const one = { name: 'same.png', type: 'image/png', bytes: png, access: 'public' } as const
    const keys = await Promise.all(Array.from({ length: 8 }, () => harness.files.store(one)))
    expect(new Set(keys.map(({ key }) => key)).size).toBe(8)
  })

  it('shows nothing but images in place', async () => {
    const bytes = new TextEncoder().encode('<script>alert(1)</script>')
    const { key } = await harness.files.store({ name: 'a.html', type: 'text/html', bytes, access: 'public' })
    expect((await fetch(harness.files.publicUrl(key))).headers.get('content-disposition')).toMatch(
      /^attachment/,
    )
  })

  it('throws upstream while UploadThing is down', async () => {
    const { key } = await harness.files.store({
      name: 'a.png',
      type: 'image/png',
      bytes: png,
      access: 'public',
    })
    const [{ url }] = (await harness.begin('courseImage', picture())).body
    await harness.setDown(true)
    const error = await harness.files.remove([key]).catch((cause: unknown) => cause)
    expect(error).toMatchObject({ name: 'AppError', code: 'upstream', failure: 'outage' })
    expect(reasonOf(error)).toContain('UploadThing answered 503: {"error":"UploadThing is down"}')
    await expect(
      harness.files.store({ name: 'b.png', type: 'image/png', bytes: png, access: 'public' }),
    ).rejects.toMatchObject({ code: 'upstream' })
    expect(await harness.begin('courseImage', picture())).toMatchObject({
      status: 502,
      body: { message: expect.stringContaining('try again') },
    })
    expect((await harness.put(url, picture())).status).toBe(503)
    await harness.setDown(false)
    expect((await harness.put(url, picture())).status).toBe(200)
    await harness.files.remove([key])
  })

  it('refuses a wrong API key', async () => {
    const body = JSON.stringify({ fileKeys: ['x'] })
    expect((await fetch(`${harness.base}/v6/deleteFiles`, { method: 'POST', body })).status).toBe(401)
    expect((await fetch(`${harness.base}/route-metadata`, { method: 'POST', body })).status).toBe(401)
  })

  it('keeps files over a restart and shows them to people', async () => {
    const name = '<b>x</b>.png'
    const { key } = await harness.files.store({ name, type: 'image/png', bytes: png, access: 'public' })
    await harness.restart()
    expect((await harness.state()).files[0]).toMatchObject({
      key,
      name,
      size: png.length,
      acl: 'public-read',
    })
    const moved = openUploadThing(
      { ...harness.config, UPLOADTHING_UFS_HOST: harness.part.environment.UPLOADTHING_UFS_HOST },
      harness.origin,
    )
    expect((await fetch(moved.publicUrl(key))).status).toBe(200)
    expect(await harness.part.panel()).toContain('&lt;b&gt;x&lt;/b&gt;.png')
    expect(await (await fetch(harness.base)).text()).toContain('&lt;b&gt;')
  })

  it('knows the real addresses when nothing else is configured', async () => {
    const token = btoa(JSON.stringify({ apiKey: 'sk_live_x', appId: 'abc', regions: ['sea1'] }))
    const real = openUploadThing({ UPLOADTHING_TOKEN: token }, harness.origin)
    expect(real.publicUrl('k')).toBe('https://abc.ufs.sh/f/k')
    expect(real.hosts).toEqual({
      image: ['https://abc.ufs.sh'],
      connect: ['https://sea1.ingest.uploadthing.com'],
    })
    expect(() => openUploadThing({ UPLOADTHING_TOKEN: 'nonsense' }, harness.origin)).toThrow(
      'UPLOADTHING_TOKEN',
    )
  })
})
