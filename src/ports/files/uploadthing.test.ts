import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { UTApi } from 'uploadthing/server'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { readConfig, type UploadThingConfig } from '../../config'
import { AppError } from '../../errors'
import { type ServedPart, servePart } from '../sandbox/serve-part'
import type { Files, StoredFile, UploadRoutes } from './files'
import { openUploadThing } from './uploadthing'
import { openUploadThingSandbox } from './uploadthing-sandbox'
import { sign } from './uploadthing-token'

const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])
const picture = () => new File([png], 'cat ünd dog.png', { type: 'image/png' })

describe('files at UploadThing', { timeout: 60_000 }, () => {
  let dataDir: string
  let served: ServedPart
  let config: UploadThingConfig
  let files: Files
  let app: ReturnType<typeof serve>
  let origin: string
  let stored: { admitted: Record<string, string>; file: StoredFile }[] = []
  let keeps: () => void = () => {}
  const work: Promise<unknown>[] = []

  const route = (access: 'public' | 'private'): UploadRoutes[string] => ({
    types: { 'image/png': { maxBytes: 1000, maxCount: 2 }, 'text/plain': { maxBytes: 100, maxCount: 1 } },
    access,
    async admit(input) {
      if (input === null) throw new AppError('unauthenticated', 'Please sign in first.')
      if (typeof input !== 'object' || input === undefined || !('courseId' in input)) throw new Error('a bug')
      return { courseId: String(input.courseId), userId: 'asha' }
    },
    async stored(admitted, file) {
      keeps()
      stored.push({ admitted, file })
      return { saved: file.key }
    },
  })
  const routes: UploadRoutes = { courseImage: route('public'), courseAttachment: route('private') }

  const open = () => servePart('/uploadthing', openUploadThingSandbox, { dataDir, appOrigin: () => origin })
  const setDown = (down: boolean) =>
    fetch(`${served.base}/settings`, { method: 'POST', body: JSON.stringify({ down }) })
  const state = async (): Promise<{ files: { key: string; confirmed: boolean }[] }> =>
    (await fetch(`${served.base}/state`)).json()

  /** What a browser does, in three requests. */
  async function begin(slug: string, file: File, input: unknown = { courseId: '42' }) {
    const { name, size, type, lastModified } = file
    const answer = await fetch(`${origin}/api/uploadthing?actionType=upload&slug=${slug}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ files: [{ name, size, type, lastModified }], input }),
    })
    return { status: answer.status, body: await answer.json() }
  }
  const put = (url: string, file: Blob) => {
    const form = new FormData()
    form.append('file', file)
    return fetch(url, { method: 'PUT', body: form })
  }
  async function upload(
    slug: string,
    file: File,
  ): Promise<{ key: string; ufsUrl: string; serverData: unknown }> {
    const { body } = await begin(slug, file)
    const [{ key, url }] = body
    const answer = await put(url, file)
    expect(answer.status).toBe(200)
    return { key, ...(await answer.json()) }
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'uploadthing-'))
    served = await open()
    await new Promise<void>((resolve) => {
      app = serve(
        {
          port: 0,
          hostname: '127.0.0.1',
          fetch: (request) => files.handle(request, routes, (promise) => work.push(promise)),
        },
        (info) => {
          origin = `http://127.0.0.1:${info.port}`
          resolve()
        },
      )
    })
    const environment = {
      APP_ORIGIN: origin,
      DATABASE_URL: 'mysql://127.0.0.1/x',
      APP_SECRET: 'x'.repeat(32),
      ...served.part.environment,
    }
    const read = readConfig(environment).uploadthing
    if (!read) throw new Error('The sandbox gave no configuration')
    config = read
    files = openUploadThing(config, origin)
  })
  beforeEach(() => {
    stored = []
    keeps = () => {}
  })
  afterAll(async () => {
    await served.close()
    await new Promise((resolve) => app.close(resolve))
    await rm(dataDir, { recursive: true })
  })

  it('takes a picture from browser to store, told with who and where', async () => {
    const { key, ufsUrl, serverData } = await upload('courseImage', picture())
    expect(serverData).toEqual({ saved: key })
    expect(stored).toEqual([
      {
        admitted: { courseId: '42', userId: 'asha' },
        file: {
          key,
          name: 'cat ünd dog.png',
          size: png.length,
          type: 'image/png',
          hash: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      },
    ])
    expect(work.length).toBeGreaterThanOrEqual(2)
    expect(files.publicUrl(key)).toBe(ufsUrl)
    const answer = await fetch(files.publicUrl(key))
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(png)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('cache-control')).toContain('immutable')
    expect(answer.headers.get('content-disposition')).toMatch(
      /^inline; filename\*=UTF-8''cat%20%C3%BCnd%20dog\.png$/,
    )
  })

  it('answers a cross-site browser: preflight, how much is there, and the answer itself', async () => {
    const [{ url }] = (await begin('courseImage', picture())).body
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:3000',
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'range,b3,traceparent,x-uploadthing-version',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT')
    expect(preflight.headers.get('access-control-allow-headers')).toContain('traceparent')
    const head = await fetch(url, { method: 'HEAD', headers: { origin: 'http://localhost:3000' } })
    expect(head.headers.get('x-ut-range-start')).toBe('0')
    expect((await put(url, picture())).headers.get('access-control-allow-origin')).toBe('*')
  })

  it.each([
    [
      'a type that is not allowed',
      new File(['<svg/>'], 'a.svg', { type: 'image/svg+xml' }),
      400,
      /not of a type/,
    ],
    ['a type told only by its name', new File(['<svg/>'], 'a.svg'), 400, /not allowed|InvalidFileType/],
    ['too many bytes', new File([new Uint8Array(1001)], 'a.png', { type: 'image/png' }), 400, /larger than/],
    ['nothing at all', new File([], 'a.png', { type: 'image/png' }), 400, /empty/],
  ])('refuses %s', async (_what, file, status, message) => {
    const answer = await begin('courseImage', file)
    expect(answer).toMatchObject({ status, body: { message: expect.stringMatching(message) } })
  })

  it('refuses more files than allowed', async () => {
    const claim = { name: 'a.txt', size: 3, type: 'text/plain' }
    const answer = await fetch(`${origin}/api/uploadthing?actionType=upload&slug=courseImage`, {
      method: 'POST',
      body: JSON.stringify({ files: [claim, claim], input: { courseId: '1' } }),
    })
    expect(answer.status).toBe(400)
  })

  it('asks who it is before it looks at the files, and says why not', async () => {
    const answer = await begin('courseImage', new File(['x'], 'a.svg', { type: 'image/svg+xml' }), null)
    expect(answer).toEqual({ status: 403, body: { message: 'Please sign in first.' } })
    expect(await begin('courseImage', picture(), {})).toMatchObject({
      status: 500,
      body: { message: expect.not.stringContaining('bug') },
    })
    expect((await begin('nowhere', picture())).status).toBe(404)
    expect(stored).toEqual([])
  })

  it('refuses bytes other than announced, a changed or expired address', async () => {
    const [{ url }] = (await begin('courseImage', picture())).body
    expect((await put(url, new Blob([new Uint8Array(2000)]))).status).toBe(400)
    expect(
      (await put(url.replace('x-ut-file-size=11', 'x-ut-file-size=2000'), new Blob([new Uint8Array(2000)])))
        .status,
    ).toBe(403)
    expect((await put(url.replace('image%252Fpng', 'text%252Fhtml'), picture())).status).toBe(403)
    const late = url.slice(0, url.indexOf('&signature')).replace(/expires=\d+/, `expires=${Date.now() - 1}`)
    const { apiKey } = JSON.parse(atob(config.UPLOADTHING_TOKEN))
    expect(
      (await put(`${late}&signature=${encodeURIComponent(await sign(late, apiKey))}`, picture())).status,
    ).toBe(403)
    expect(stored).toEqual([])
    expect((await put(url, picture())).status).toBe(200)
    expect((await put(url, picture())).status).toBe(409)
  })

  it('refuses a forged callback; a replayed one reaches `stored` again', async () => {
    const file = {
      key: 'k',
      name: 'a.png',
      size: 11,
      type: 'image/png',
      customId: null,
      fileHash: 'f'.repeat(32),
      url: 'u',
      appUrl: 'u',
      ufsUrl: 'u',
    }
    const body = JSON.stringify({
      status: 'uploaded',
      metadata: { userId: 'eve' },
      origin: served.base,
      file,
    })
    const { apiKey } = JSON.parse(atob(config.UPLOADTHING_TOKEN))
    const callBack = (signature: string) =>
      fetch(`${origin}/api/uploadthing?slug=courseImage`, {
        method: 'POST',
        headers: {
          'uploadthing-hook': 'callback',
          'x-uploadthing-signature': signature,
          'content-type': 'application/json',
        },
        body,
      })
    expect((await callBack(await sign(body, 'sk_live_guess'))).status).toBe(400)
    expect((await callBack('')).status).toBe(400)
    expect(stored).toEqual([])
    expect((await callBack(await sign(body, apiKey))).status).toBe(200)
    expect((await callBack(await sign(body, apiKey))).status).toBe(200)
    expect(stored.map(({ file: { key } }) => key)).toEqual(['k', 'k'])
  })

  it('tells browser and vendor when a finished upload could not be kept, and a second try is fine', async () => {
    const [{ key, url }] = (await begin('courseImage', picture())).body
    keeps = () => {
      throw new AppError('unavailable', 'The database is away.')
    }
    const answer = await put(url, picture())
    expect(answer.status).toBe(502)
    expect((await state()).files.find((file) => file.key === key)?.confirmed).toBe(false)
    keeps = () => {}
    expect((await put(url, picture())).status).toBe(200)
    expect(stored).toHaveLength(1)
  })

  it('keeps private files behind addresses that expire', async () => {
    const { key } = await upload('courseAttachment', new File(['notes'], 'notes.txt', { type: 'text/plain' }))
    expect((await fetch(files.publicUrl(key))).status).toBe(403)
    const url = await files.temporaryUrl(key, 60)
    const answer = await fetch(url)
    expect(await answer.text()).toBe('notes')
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
    expect(answer.headers.get('cache-control')).toContain('no-store')
    expect((await fetch(url.replace(/expires=\d/, 'expires=9'))).status).toBe(403)
    expect((await fetch(url.slice(0, -1))).status).toBe(403)
    expect((await fetch(await files.temporaryUrl(key, -1))).status).toBe(403)
  })

  it('signs addresses exactly as the SDK does', async () => {
    const sdk = new UTApi({
      token: config.UPLOADTHING_TOKEN,
      ufsHost: config.UPLOADTHING_UFS_HOST,
      ufsAppIdLocation: config.UPLOADTHING_UFS_APP_ID_LOCATION,
    })
    const { ufsUrl } = await sdk.generateSignedURL('someKey123', { expiresIn: 60 })
    const expires = Number(new URL(ufsUrl).searchParams.get('expires'))
    const { apiKey } = JSON.parse(atob(config.UPLOADTHING_TOKEN))
    const plain = `${files.publicUrl('someKey123')}?expires=${expires}`
    expect(ufsUrl).toBe(`${plain}&signature=${encodeURIComponent(await sign(plain, apiKey))}`)
    const ours = new URL(await files.temporaryUrl('someKey123', 60))
    expect(ours.pathname).toBe(new URL(ufsUrl).pathname)
    expect(Math.abs(Number(ours.searchParams.get('expires')) - expires)).toBeLessThan(30_000)
  })

  it('stores bytes from the server and removes files, twice without harm', async () => {
    const { key } = await files.store({ name: 'a.png', type: 'image/png', bytes: png, access: 'public' })
    const { key: secret } = await files.store({
      name: 'a.pdf',
      type: 'application/pdf',
      bytes: png,
      access: 'private',
    })
    expect((await fetch(files.publicUrl(key))).status).toBe(200)
    expect((await fetch(files.publicUrl(secret))).status).toBe(403)
    expect(stored).toEqual([])
    await files.remove([key, secret])
    await files.remove([key, 'never-was'])
    await files.remove([])
    expect((await fetch(files.publicUrl(key))).status).toBe(404)
    expect((await fetch(await files.temporaryUrl(secret, 60))).status).toBe(404)
  })

  it('keeps files of one name apart that are stored in the same moment', async () => {
    const one = { name: 'same.png', type: 'image/png', bytes: png, access: 'public' } as const
    const keys = await Promise.all(Array.from({ length: 8 }, () => files.store(one)))
    expect(new Set(keys.map(({ key }) => key)).size).toBe(8)
  })

  it('never shows anything but pictures in place', async () => {
    const bytes = new TextEncoder().encode('<script>alert(1)</script>')
    const { key } = await files.store({ name: 'a.html', type: 'text/html', bytes, access: 'public' })
    expect((await fetch(files.publicUrl(key))).headers.get('content-disposition')).toMatch(/^attachment/)
  })

  it('says upstream while UploadThing is down', async () => {
    const { key } = await files.store({ name: 'a.png', type: 'image/png', bytes: png, access: 'public' })
    const [{ url }] = (await begin('courseImage', picture())).body
    await setDown(true)
    await expect(files.remove([key])).rejects.toMatchObject({ name: 'AppError', code: 'upstream' })
    await expect(
      files.store({ name: 'b.png', type: 'image/png', bytes: png, access: 'public' }),
    ).rejects.toMatchObject({ code: 'upstream' })
    expect(await begin('courseImage', picture())).toMatchObject({
      status: 502,
      body: { message: expect.stringContaining('try again') },
    })
    expect((await put(url, picture())).status).toBe(503)
    await setDown(false)
    expect((await put(url, picture())).status).toBe(200)
    await files.remove([key])
  })

  it('refuses whoever has not the API key', async () => {
    const body = JSON.stringify({ fileKeys: ['x'] })
    expect((await fetch(`${served.base}/v6/deleteFiles`, { method: 'POST', body })).status).toBe(401)
    expect((await fetch(`${served.base}/route-metadata`, { method: 'POST', body })).status).toBe(401)
  })

  it('keeps files over a restart and shows them to people', async () => {
    const name = '<b>x</b>.png'
    const { key } = await files.store({ name, type: 'image/png', bytes: png, access: 'public' })
    await served.close()
    served = await open()
    expect((await state()).files[0]).toMatchObject({ key, name, size: png.length, acl: 'public-read' })
    const moved = openUploadThing(
      { ...config, UPLOADTHING_UFS_HOST: served.part.environment.UPLOADTHING_UFS_HOST },
      origin,
    )
    expect((await fetch(moved.publicUrl(key))).status).toBe(200)
    expect(await served.part.panel()).toContain('&lt;b&gt;x&lt;/b&gt;.png')
    expect(await (await fetch(served.base)).text()).toContain('&lt;b&gt;')
  })

  it('knows the real addresses when nothing else is configured', async () => {
    const token = btoa(JSON.stringify({ apiKey: 'sk_live_x', appId: 'abc', regions: ['sea1'] }))
    const real = openUploadThing({ UPLOADTHING_TOKEN: token }, origin)
    expect(real.publicUrl('k')).toBe('https://abc.ufs.sh/f/k')
    expect(real.hosts).toEqual({
      image: ['https://abc.ufs.sh'],
      connect: ['https://sea1.ingest.uploadthing.com'],
    })
    expect(() => openUploadThing({ UPLOADTHING_TOKEN: 'nonsense' }, origin)).toThrow('UPLOADTHING_TOKEN')
  })
})
