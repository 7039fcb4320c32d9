import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { type Context, Hono, type MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import * as z from 'zod'
import { otherAnswer } from '../answer'
import type { Account } from './account'
import { AssetSettings, assetShape, uploadShape } from './records'

const NewUpload = z.object({
  cors_origin: z.string().default(''),
  timeout: z.number().int().min(60).max(604800).default(3600),
  new_asset_settings: AssetSettings.default({ playback_policies: [] }),
})

const whoami = {
  access_token_name: 'Sandbox token',
  environment_id: 'sandbox',
  environment_name: 'Sandbox',
  environment_type: 'development',
  organization_id: 'sandbox',
  organization_name: 'Sandbox',
  permissions: ['video', 'system'],
}

const ListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  page: z.coerce.number().int().min(1).default(1),
  cursor: z.string().optional(),
  upload_id: z.string().optional(),
})

/** Mux's REST API, as far as an LMS calls it: https://www.mux.com/docs/api-reference */
export function muxApi(account: Account, uploadUrl: (id: string) => string): Hono {
  const api = new Hono()
  const { signingKeyId, tokenId, tokenSecret } = account.keys
  const credentials = `Basic ${btoa(`${tokenId}:${tokenSecret}`)}`

  const guard: MiddlewareHandler = async (c, next) => {
    const other = await otherAnswer(c, account.settings, (status, words) =>
      refused(c, status, status === 429 ? 'too_many_requests' : 'internal_error', words),
    )
    if (other) return other
    if (account.settings.down) return refused(c, 500, 'internal_error', 'Something went wrong on our side.')
    if (c.req.header('authorization') !== credentials) {
      return refused(c, 401, 'unauthorized', 'Unauthorized request')
    }
    await next()
  }
  api.use('/video/*', guard)
  api.use('/system/*', guard)

  api.post('/video/v1/uploads', async (c) => {
    const request = NewUpload.safeParse(await c.req.json().catch(() => null))
    if (!request.success) return refused(c, 400, 'invalid_parameters', z.prettifyError(request.error))
    const upload = account.openUpload({
      corsOrigin: request.data.cors_origin,
      timeout: request.data.timeout,
      assetSettings: request.data.new_asset_settings,
      url: uploadUrl,
    })
    return c.json({ data: uploadShape(upload) }, 201)
  })

  api.get('/video/v1/uploads', (c) =>
    listed(c, account.uploads().toReversed(), (upload) => uploadShape(upload)),
  )

  api.get('/video/v1/uploads/:id', (c) => {
    const upload = account.findUpload(c.req.param('id'))
    return upload ? c.json({ data: uploadShape(upload) }) : unknown(c)
  })

  api.put('/video/v1/uploads/:id/cancel', (c) => {
    const upload = account.findUpload(c.req.param('id'))
    if (!upload) return unknown(c)
    if (account.cancelUpload(upload)) return c.json({ data: uploadShape(upload) })
    return refused(c, 400, 'invalid_parameters', `Upload is ${upload.status} and cannot be cancelled.`)
  })

  api.get('/video/v1/assets', (c) => {
    const of = c.req.query('upload_id')
    const assets = account.assets().filter((asset) => of === undefined || asset.uploadId === of)
    return listed(c, assets, (asset) => assetShape(asset))
  })

  api.get('/video/v1/assets/:id', (c) => {
    const asset = account.assets().find(({ id }) => id === c.req.param('id'))
    return asset ? c.json({ data: assetShape(asset) }) : unknown(c)
  })

  api.delete('/video/v1/assets/:id', (c) =>
    account.deleteAsset(c.req.param('id')) ? c.body(null, 204) : unknown(c),
  )

  api.get('/system/v1/whoami', (c) => c.json({ data: whoami }))

  api.get('/system/v1/webhooks', (c) => {
    const { webhooks, registeredAddress } = account.settings
    const address = registeredAddress ?? account.webhookAddress()
    const registered = { id: 'sandbox', address, enabled: webhooks !== 'off', created_at: '1750000000' }
    return listed(c, [registered], (one) => one)
  })

  api.get('/system/v1/signing-keys/:id', (c) => {
    const id = c.req.param('id')
    if (id !== signingKeyId && !Object.hasOwn(account.publicKeys, id)) return unknown(c)
    return c.json({ data: { id, created_at: '1750000000' } })
  })

  api.post('/system/v1/signing-keys', (c) => {
    const id = `sandbox-${randomBytes(12).toString('hex')}`
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    })
    account.addKey(id, publicKey)
    const created = String(Math.floor(Date.now() / 1000))
    return c.json({ data: { id, private_key: btoa(privateKey), created_at: created } }, 201)
  })

  api.all('/video/*', unknown)
  api.all('/system/*', unknown)
  return api
}

function listed<T extends { id: string }>(c: Context, all: T[], shape: (one: T) => object) {
  const query = ListQuery.safeParse(c.req.query())
  if (!query.success) return refused(c, 400, 'invalid_parameters', z.prettifyError(query.error))
  const { limit, page, cursor } = query.data
  const start = cursor ? all.findIndex(({ id }) => id === cursor) + 1 : (page - 1) * limit
  const data = all.slice(start, start + limit)
  const next = start + limit < all.length ? (data.at(-1)?.id ?? null) : null
  return c.json({ data: data.map(shape), next_cursor: next })
}

const unknown = (c: Context) =>
  refused(c, 404, 'not_found', "The requested resource either doesn't exist or you don't have access to it.")

function refused(c: Context, status: ContentfulStatusCode, type: string, message: string) {
  return c.json({ error: { type, messages: [message] } }, status)
}
