import { UTApi } from 'uploadthing/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Bench, openBench, picture, png } from '../../../test/ports/uploadthing'
import { openUploadThing } from './uploadthing'
import { sign } from './uploadthing-token'

describe('files kept at UploadThing', { timeout: 60_000 }, () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench()
  })
  beforeEach(() => {
    bench.stored.length = 0
  })
  afterAll(() => bench?.close())

  it('keeps private files behind addresses that expire', async () => {
    const { key } = await bench.upload(
      'courseAttachment',
      new File(['notes'], 'notes.txt', { type: 'text/plain' }),
    )
    expect((await fetch(bench.files.publicUrl(key))).status).toBe(403)
    const url = await bench.files.temporaryUrl(key, 60)
    const answer = await fetch(url)
    expect(await answer.text()).toBe('notes')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(answer.headers.get('cache-control')).toContain('no-store')
    expect((await fetch(url.replace(/expires=\d/, 'expires=9'))).status).toBe(403)
    expect((await fetch(url.slice(0, -1))).status).toBe(403)
    expect((await fetch(await bench.files.temporaryUrl(key, -1))).status).toBe(403)
  })

  it('signs addresses exactly as the SDK does', async () => {
    const sdk = new UTApi({
      token: bench.config.UPLOADTHING_TOKEN,
      ufsHost: bench.config.UPLOADTHING_UFS_HOST,
      ufsAppIdLocation: bench.config.UPLOADTHING_UFS_APP_ID_LOCATION,
    })
    const { ufsUrl } = await sdk.generateSignedURL('someKey123', { expiresIn: 60 })
    const expires = Number(new URL(ufsUrl).searchParams.get('expires'))
    const { apiKey } = JSON.parse(atob(bench.config.UPLOADTHING_TOKEN))
    const plain = `${bench.files.publicUrl('someKey123')}?expires=${expires}`
    expect(ufsUrl).toBe(`${plain}&signature=${encodeURIComponent(await sign(plain, apiKey))}`)
    const ours = new URL(await bench.files.temporaryUrl('someKey123', 60))
    expect(ours.pathname).toBe(new URL(ufsUrl).pathname)
    expect(Math.abs(Number(ours.searchParams.get('expires')) - expires)).toBeLessThan(30_000)
  })

  it('stores bytes from the server and removes files, twice without harm', async () => {
    const { key } = await bench.files.store({
      name: 'a.png',
      type: 'image/png',
      bytes: png,
      access: 'public',
    })
    const { key: secret } = await bench.files.store({
      name: 'a.pdf',
      type: 'application/pdf',
      bytes: png,
      access: 'private',
    })
    expect((await fetch(bench.files.publicUrl(key))).status).toBe(200)
    expect((await fetch(bench.files.publicUrl(secret))).status).toBe(403)
    expect(bench.stored).toEqual([])
    await bench.files.remove([key, secret])
    await bench.files.remove([key, 'never-was'])
    await bench.files.remove([])
    expect((await fetch(bench.files.publicUrl(key))).status).toBe(404)
    expect((await fetch(await bench.files.temporaryUrl(secret, 60))).status).toBe(404)
  })

  it('prints nothing while files are stored', async () => {
    const printed = vi.spyOn(console, 'warn')
    await bench.upload('courseImage', picture())
    await bench.files.store({ name: 'quiet.png', type: 'image/png', bytes: png, access: 'public' })
    expect(printed.mock.calls).toEqual([])
    printed.mockRestore()
  })

  it('keeps files of one name apart that are stored in the same moment', async () => {
    const one = { name: 'same.png', type: 'image/png', bytes: png, access: 'public' } as const
    const keys = await Promise.all(Array.from({ length: 8 }, () => bench.files.store(one)))
    expect(new Set(keys.map(({ key }) => key)).size).toBe(8)
  })

  it('never shows anything but pictures in place', async () => {
    const bytes = new TextEncoder().encode('<script>alert(1)</script>')
    const { key } = await bench.files.store({ name: 'a.html', type: 'text/html', bytes, access: 'public' })
    expect((await fetch(bench.files.publicUrl(key))).headers.get('content-disposition')).toMatch(
      /^attachment/,
    )
  })

  it('says upstream while UploadThing is down', async () => {
    const { key } = await bench.files.store({
      name: 'a.png',
      type: 'image/png',
      bytes: png,
      access: 'public',
    })
    const [{ url }] = (await bench.begin('courseImage', picture())).body
    await bench.setDown(true)
    await expect(bench.files.remove([key])).rejects.toMatchObject({ name: 'AppError', code: 'upstream' })
    await expect(
      bench.files.store({ name: 'b.png', type: 'image/png', bytes: png, access: 'public' }),
    ).rejects.toMatchObject({ code: 'upstream' })
    expect(await bench.begin('courseImage', picture())).toMatchObject({
      status: 502,
      body: { message: expect.stringContaining('try again') },
    })
    expect((await bench.put(url, picture())).status).toBe(503)
    await bench.setDown(false)
    expect((await bench.put(url, picture())).status).toBe(200)
    await bench.files.remove([key])
  })

  it('refuses whoever has not the API key', async () => {
    const body = JSON.stringify({ fileKeys: ['x'] })
    expect((await fetch(`${bench.base}/v6/deleteFiles`, { method: 'POST', body })).status).toBe(401)
    expect((await fetch(`${bench.base}/route-metadata`, { method: 'POST', body })).status).toBe(401)
  })

  it('keeps files over a restart and shows them to people', async () => {
    const name = '<b>x</b>.png'
    const { key } = await bench.files.store({ name, type: 'image/png', bytes: png, access: 'public' })
    await bench.restart()
    expect((await bench.state()).files[0]).toMatchObject({ key, name, size: png.length, acl: 'public-read' })
    const moved = openUploadThing(
      { ...bench.config, UPLOADTHING_UFS_HOST: bench.part.environment.UPLOADTHING_UFS_HOST },
      bench.origin,
    )
    expect((await fetch(moved.publicUrl(key))).status).toBe(200)
    expect(await bench.part.panel()).toContain('&lt;b&gt;x&lt;/b&gt;.png')
    expect(await (await fetch(bench.base)).text()).toContain('&lt;b&gt;')
  })

  it('knows the real addresses when nothing else is configured', async () => {
    const token = btoa(JSON.stringify({ apiKey: 'sk_live_x', appId: 'abc', regions: ['sea1'] }))
    const real = openUploadThing({ UPLOADTHING_TOKEN: token }, bench.origin)
    expect(real.publicUrl('k')).toBe('https://abc.ufs.sh/f/k')
    expect(real.hosts).toEqual({
      image: ['https://abc.ufs.sh'],
      connect: ['https://sea1.ingest.uploadthing.com'],
    })
    expect(() => openUploadThing({ UPLOADTHING_TOKEN: 'nonsense' }, bench.origin)).toThrow(
      'UPLOADTHING_TOKEN',
    )
  })
})
