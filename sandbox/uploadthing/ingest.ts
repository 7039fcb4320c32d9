import { createHash, timingSafeEqual } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { cors } from 'hono/cors'
import * as z from 'zod'
import { sign, type UploadThingToken } from '../../src/ports/files/uploadthing-token'
import type { SandboxFile, Storage } from './storage'

const CALLBACK_PATIENCE_MS = 30_000
const LARGEST = 512 * 1024 * 1024

const Metadata = z.object({
  fileKeys: z.array(z.string()),
  metadata: z.record(z.string(), z.unknown()),
  callbackUrl: z.url(),
  callbackSlug: z.string(),
  awaitServerData: z.boolean().default(true),
})
const CallbackResult = z.object({
  fileKey: z.string(),
  callbackData: z.unknown(),
  error: z.string().optional(),
})

type Result = { error: string } | { serverData: unknown }

interface IngestOptions {
  /** Where the vendor's clients reach it, and the path at which it is reached here. */
  base: string
  path: string
  token: UploadThingToken
  storage: Storage
  address: (key: string) => string
  /** Where they are not allowed, a file is public whatever is asked for. */
  mayBePrivate: () => boolean
}

export function ingest({ base, path, token, storage, address, mayBePrivate }: IngestOptions) {
  const waiting = new Map<string, (result: Result) => void>()
  const app = new Hono()

  app.post('/route-metadata', async (c) => {
    const body = Metadata.safeParse(await c.req.json().catch(() => null))
    if (!body.success) return c.json({ error: z.prettifyError(body.error) }, 400)
    const { fileKeys, ...registration } = body.data
    storage.register(fileKeys, registration)
    return c.json({ ok: true })
  })

  app.post('/callback-result', async (c) => {
    const body = CallbackResult.safeParse(await c.req.json().catch(() => null))
    if (!body.success) return c.json({ error: z.prettifyError(body.error) }, 400)
    const { fileKey, callbackData, error } = body.data
    waiting.get(fileKey)?.(error === undefined ? { serverData: callbackData } : { error })
    return c.json({ ok: true })
  })

  const open = cors({
    origin: '*',
    allowMethods: ['GET', 'HEAD', 'PUT'],
    exposeHeaders: ['x-ut-range-start'],
    maxAge: 600,
  })
  app.use('/:key', open)

  // HEAD asks how much is here already; a form is only whole or not, so nothing ever is.
  app.get('/:key', async (c) => {
    const claim = await readClaim(c)
    return typeof claim === 'string'
      ? c.json({ error: claim }, 403)
      : c.body(null, 200, { 'x-ut-range-start': '0' })
  })

  app.put('/:key', bodyLimit({ maxSize: LARGEST }), async (c) => {
    const claim = await readClaim(c)
    if (typeof claim === 'string') return c.json({ error: claim }, 403)
    const { slug, ...description } = claim
    if (storage.find(claim.key)?.confirmed) return c.json({ error: 'This file was uploaded already' }, 409)
    const part = (await c.req.formData().catch(() => null))?.get('file')
    if (!(part instanceof Blob)) return c.json({ error: 'Expected a multipart field "file"' }, 400)
    if (part.size !== claim.size)
      return c.json({ error: `Announced ${claim.size} bytes, got ${part.size}` }, 400)
    const bytes = new Uint8Array(await part.arrayBuffer())
    const file: SandboxFile = {
      ...description,
      fileHash: createHash('md5').update(bytes).digest('hex'),
      uploadedAt: Date.now(),
      confirmed: slug === null,
    }
    await storage.keep(file, bytes)
    const answer = {
      url: address(file.key),
      appUrl: address(file.key),
      ufsUrl: address(file.key),
      fileHash: file.fileHash,
    }
    if (slug === null) return c.json({ ...answer, serverData: null })
    const result = await callBack(file)
    return 'error' in result ? c.json(result, 502) : c.json({ ...answer, ...result })
  })

  /** The claims, or why it is refused; the signature covers the URL up to itself. */
  async function readClaim(c: Context) {
    const key = c.req.param('key') ?? ''
    const written = base + c.req.url.slice(new URL(c.req.url).origin.length + path.length)
    const parameters = new URL(c.req.url).searchParams
    const parameter = (name: string) => {
      const value = parameters.get(`x-ut-${name}`)
      return value === null ? null : decodeURIComponent(value)
    }
    if (!(await isGenuine(written, parameters, token.apiKey))) return 'The signature is not good'
    if (Number(parameters.get('expires')) < Date.now()) return 'The address has expired'
    if (parameter('identifier') !== token.appId) return 'The address is for another app'
    return {
      key,
      slug: parameter('slug'),
      name: parameter('file-name') ?? key,
      size: Number(parameter('file-size')),
      type: parameter('file-type') || 'application/octet-stream',
      customId: parameter('custom-id'),
      acl: parameter('acl') === 'private' && mayBePrivate() ? ('private' as const) : ('public-read' as const),
      contentDisposition:
        parameter('content-disposition') === 'attachment' ? ('attachment' as const) : ('inline' as const),
    }
  }

  async function callBack(file: SandboxFile): Promise<Result> {
    const registration = storage.registration(file.key)
    if (!registration) return { error: 'The application never registered this upload' }
    const { acl, contentDisposition, uploadedAt, confirmed, ...shown } = file
    const urls = { url: address(file.key), appUrl: address(file.key), ufsUrl: address(file.key) }
    const body = JSON.stringify({
      status: 'uploaded',
      metadata: registration.metadata,
      origin: base,
      file: { ...shown, ...urls },
    })
    const limit = AbortSignal.timeout(CALLBACK_PATIENCE_MS)
    const result = new Promise<Result>((resolve) => {
      waiting.set(file.key, resolve)
      limit.addEventListener('abort', () => resolve({ error: 'The application gave no result in time' }))
    })
    try {
      const url = new URL(registration.callbackUrl)
      url.searchParams.set('slug', registration.callbackSlug)
      const answer = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'uploadthing-hook': 'callback',
          'x-uploadthing-signature': await sign(body, token.apiKey),
        },
        body,
        redirect: 'manual',
        signal: limit,
      })
      await answer.body?.cancel()
      if (!answer.ok) return { error: `The application answered the callback with ${answer.status}` }
      const outcome = registration.awaitServerData ? await result : { serverData: null }
      if ('error' in outcome) return outcome
      storage.change(file.key, { confirmed: true })
      storage.forget(file.key)
      return outcome
    } catch (error) {
      return {
        error: `The callback did not reach the application: ${error instanceof Error ? error.message : error}`,
      }
    } finally {
      waiting.delete(file.key)
    }
  }

  return app
}

export async function isGenuine(
  written: string,
  parameters: URLSearchParams,
  apiKey: string,
): Promise<boolean> {
  const cut = written.indexOf('&signature=')
  if (cut < 0) return false
  const right = Buffer.from(await sign(written.slice(0, cut), apiKey))
  const given = Buffer.from(parameters.get('signature') ?? '')
  return right.length === given.length && timingSafeEqual(right, given)
}
