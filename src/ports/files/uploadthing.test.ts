import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Harness, openHarness, picture, png } from '../../../test/ports/uploadthing'
import { AppError } from '../../errors'
import type { UploadRoutes } from './files'
import { sign } from './uploadthing-token'

describe('uploads to UploadThing', { timeout: 60_000 }, () => {
  let harness: Harness
  beforeAll(async () => {
    harness = await openHarness()
  })
  beforeEach(() => {
    harness.stored.length = 0
    harness.application.keeps = () => {}
  })
  afterAll(() => harness?.close())

  it('takes an image from browser to store, with its uploader and course', async () => {
    const { key, ufsUrl, serverData } = await harness.upload('courseImage', picture())
    expect(serverData).toEqual({})
    expect(harness.stored).toEqual([
      {
        uploader: { courseId: '42', userId: 'asha' },
        file: {
          key,
          name: 'cat ünd dog.png',
          size: png.length,
          type: 'image/png',
          hash: expect.stringMatching(/^[0-9a-f]{32}$/),
        },
      },
    ])
    expect(harness.files.publicUrl(key)).toBe(ufsUrl)
    const answer = await fetch(harness.files.publicUrl(key))
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(png)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('cache-control')).toContain('immutable')
    expect(answer.headers.get('content-disposition')).toMatch(
      /^inline; filename\*=UTF-8''cat%20%C3%BCnd%20dog\.png$/,
    )
  })

  it('answers a cross-site browser: preflight, how much is there, and the answer itself', async () => {
    const [{ url }] = (await harness.begin('courseImage', picture())).body
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
    expect((await harness.put(url, picture())).headers.get('access-control-allow-origin')).toBe('*')
  })

  it.each([
    [
      'a type that is not allowed',
      new File(['<svg/>'], 'a.svg', { type: 'image/svg+xml' }),
      400,
      /not of a type/,
    ],
    ['a type known only by its name', new File(['<svg/>'], 'a.svg'), 400, /not allowed|InvalidFileType/],
    ['too many bytes', new File([new Uint8Array(1001)], 'a.png', { type: 'image/png' }), 400, /larger than/],
    ['nothing at all', new File([], 'a.png', { type: 'image/png' }), 400, /empty/],
  ])('refuses %s', async (_what, file, status, message) => {
    const answer = await harness.begin('courseImage', file)
    expect(answer).toMatchObject({ status, body: { message: expect.stringMatching(message) } })
  })

  it('refuses more files than allowed', async () => {
    const claim = { name: 'a.txt', size: 3, type: 'text/plain' }
    const answer = await fetch(`${harness.origin}/api/uploadthing?actionType=upload&slug=courseImage`, {
      method: 'POST',
      body: JSON.stringify({ files: [claim, claim, claim], input: { courseId: '1' } }),
    })
    expect(answer.status).toBe(400)
  })

  it('checks the user before the files, and explains a refusal', async () => {
    const answer = await harness.begin(
      'courseImage',
      new File(['x'], 'a.svg', { type: 'image/svg+xml' }),
      null,
    )
    expect(answer).toEqual({ status: 403, body: { message: 'Please sign in first.' } })
    expect(await harness.begin('courseImage', picture(), {})).toMatchObject({
      status: 500,
      body: { message: expect.not.stringContaining('bug') },
    })
    expect((await harness.begin('nowhere', picture())).status).toBe(404)
    expect(harness.stored).toEqual([])
  })

  it('admits everyone as themselves, however many ask in one moment', async () => {
    const admitted: [caller: string, input: unknown][] = []
    const routes: UploadRoutes<string> = {
      courseImage: {
        types: ['image/png'],
        maxBytes: 1000,
        maxCount: 1,
        access: 'public',
        async authorize(caller, input) {
          admitted.push([caller, input])
          if (caller.endsWith('3')) throw new AppError('forbidden', `Not for ${caller}.`)
          return {}
        },
        save: async () => {},
      },
    }
    const callers = Array.from({ length: 50 }, (_, number) => `user ${number}`)
    const answers = await Promise.all(
      callers.map(async (caller) => {
        const files = [{ name: 'a.png', size: 11, type: 'image/png', lastModified: 0 }]
        const request = new Request(`${harness.origin}/api/uploadthing?actionType=upload&slug=courseImage`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ files, input: caller }),
        })
        const answer = await harness.files.handle(request, routes, caller)
        return { status: answer.status, message: (await answer.json()).message }
      }),
    )
    expect(admitted.length).toBe(50)
    for (const [caller, input] of admitted) expect(input).toBe(caller)
    expect(answers).toEqual(
      callers.map((caller) =>
        caller.endsWith('3') ? { status: 403, message: `Not for ${caller}.` } : { status: 200 },
      ),
    )
  })

  it('gives no place to send to when the store took no note of the upload', async () => {
    await harness.setDown(true)
    expect(await harness.begin('courseImage', picture())).toMatchObject({
      status: 502,
      body: { message: expect.stringContaining('cannot be uploaded at the moment') },
    })
    await harness.setDown(false)
    expect((await harness.begin('courseImage', picture())).status).toBe(200)
  })

  it('refuses bytes other than announced, a changed or expired address', async () => {
    const [{ url }] = (await harness.begin('courseImage', picture())).body
    expect((await harness.put(url, new Blob([new Uint8Array(2000)]))).status).toBe(400)
    expect(
      (
        await harness.put(
          url.replace('x-ut-file-size=11', 'x-ut-file-size=2000'),
          new Blob([new Uint8Array(2000)]),
        )
      ).status,
    ).toBe(403)
    expect((await harness.put(url.replace('image%252Fpng', 'text%252Fhtml'), picture())).status).toBe(403)
    const late = url.slice(0, url.indexOf('&signature')).replace(/expires=\d+/, `expires=${Date.now() - 1}`)
    const { apiKey } = JSON.parse(atob(harness.config.UPLOADTHING_TOKEN))
    expect(
      (await harness.put(`${late}&signature=${encodeURIComponent(await sign(late, apiKey))}`, picture()))
        .status,
    ).toBe(403)
    expect(harness.stored).toEqual([])
    expect((await harness.put(url, picture())).status).toBe(200)
    expect((await harness.put(url, picture())).status).toBe(409)
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
      origin: harness.base,
      file,
    })
    const { apiKey } = JSON.parse(atob(harness.config.UPLOADTHING_TOKEN))
    const callBack = (signature: string) =>
      fetch(`${harness.origin}/api/uploadthing?slug=courseImage`, {
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
    expect(harness.stored).toEqual([])
    expect((await callBack(await sign(body, apiKey))).status).toBe(200)
    expect((await callBack(await sign(body, apiKey))).status).toBe(200)
    expect(harness.stored.map(({ file: { key } }) => key)).toEqual(['k', 'k'])
  })

  it('tells browser and vendor when a finished upload could not be kept, and a second try is fine', async () => {
    const [{ key, url }] = (await harness.begin('courseImage', picture())).body
    harness.application.keeps = () => {
      throw new AppError('unavailable', 'The database is away.')
    }
    const answer = await harness.put(url, picture())
    expect(answer.status).toBe(502)
    expect((await harness.state()).files.find((file) => file.key === key)?.confirmed).toBe(false)
    harness.application.keeps = () => {}
    expect((await harness.put(url, picture())).status).toBe(200)
    expect(harness.stored).toHaveLength(1)
  })
})
