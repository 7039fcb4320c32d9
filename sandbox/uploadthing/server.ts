import { Hono } from 'hono'
import { html } from 'hono/html'
import * as z from 'zod'
import type { UploadThingToken } from '../../src/ports/files/uploadthing-token'
import { daySeconds } from '../../src/rules/time'
import { page } from '../page'
import { addressesOf, derivedKey } from '../places'
import type { Rehearsal, SandboxOptions, SandboxPart } from '../sandbox'
import { ingest, isGenuine } from './ingest'
import { openStorage, type SandboxFile } from './storage'

const sandboxToken: UploadThingToken = {
  apiKey: 'sk_live_sandbox0000000000000000000000000000',
  appId: 'sandboxapp',
  regions: ['sandbox'],
  ingestHost: 'ingest.uploadthing.com',
}

const rehearsalToken = (rehearsal: Rehearsal): UploadThingToken => ({
  apiKey: `sk_live_${derivedKey(rehearsal, 'uploadthing key', 64)}`,
  appId: derivedKey(rehearsal, 'uploadthing app', 10),
  regions: ['sea1'],
  ingestHost: 'ingest.uploadthing.com',
})

const placesOf = ({ appId, regions, ingestHost }: UploadThingToken) =>
  ({
    api: ['https://api.uploadthing.com/v6', '/v6'],
    ingest: [`https://${regions[0]}.${ingestHost}`, ''],
    files: [`https://${appId}.ufs.sh/f`, `/a/${appId}`],
  }) as const

const YEAR = 365 * daySeconds
/** Anything else, such as SVG or HTML, could act as a page and is downloaded. */
const pictures = new Set(['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/avif'])

const Settings = z
  .strictObject({
    down: z.boolean(),
    /** Whether a file may be other than public: only on paid plans. */
    privateFiles: z.boolean(),
  })
  .partial()
const Keys = z.object({ fileKeys: z.array(z.string()) })
const Page = z.object({
  limit: z.number().int().positive().default(500),
  offset: z.number().int().min(0).default(0),
})
const Acl = z.object({
  updates: z.array(z.object({ fileKey: z.string(), acl: z.enum(['public-read', 'private']) })),
})

/** UploadThing on one address: API, ingest and file host, as its SDK 7.7 speaks to them. */
export async function openUploadThingSandbox(options: SandboxOptions): Promise<SandboxPart> {
  const storage = await openStorage(options.dataDir)
  const settings = { down: false, privateFiles: true }
  const { base, rehearsal } = options
  const token = rehearsal ? rehearsalToken(rehearsal) : sandboxToken
  const places = placesOf(token)
  const addresses = addressesOf(places, options)
  // The SDK speaks http only to a host whose name says "local".
  const fileHost = base.replace(/^http:\/\/(127\.0\.0\.1|localhost)/, 'localhost')
  const files = rehearsal ? addresses.files : `http://${fileHost}/a/${token.appId}`
  const address = (key: string) => `${files}/${key}`
  const app = new Hono()

  app.get('/', (c) => c.html(page('Uploads', html`<h1>Uploads</h1>${table(storage.list())}`)))
  app.get('/state', (c) => c.json({ files: storage.list() }))
  app.get('/settings', (c) => c.json(settings))
  app.post('/settings', async (c) => {
    const body = Settings.safeParse(await c.req.json().catch(() => null))
    if (!body.success) return c.json({ error: z.prettifyError(body.error) }, 400)
    Object.assign(settings, body.data)
    return c.json(settings)
  })

  app.use(async (c, next) => (settings.down ? c.json({ error: 'UploadThing is down' }, 503) : next()))
  app.on('POST', ['/v6/*', '/v7/*', '/route-metadata', '/callback-result'], async (c, next) =>
    c.req.header('x-uploadthing-api-key') === token.apiKey
      ? next()
      : c.json({ error: 'Invalid API key' }, 401),
  )

  app.post('/v7/getAppInfo', (c) =>
    c.json({
      appId: token.appId,
      defaultACL: 'public-read',
      allowACLOverride: settings.privateFiles,
    }),
  )

  app.post('/v6/deleteFiles', async (c) => {
    const { success, data } = Keys.safeParse(await c.req.json().catch(() => null))
    if (!success) return c.json({ error: 'Expected fileKeys' }, 400)
    const removed = await Promise.all(data.fileKeys.map((key) => storage.remove(key)))
    return c.json({ success: true, deletedCount: removed.filter(Boolean).length })
  })

  app.post('/v6/listFiles', async (c) => {
    const { success, data } = Page.safeParse(await c.req.json().catch(() => null))
    if (!success) return c.json({ error: 'Expected limit and offset' }, 400)
    const all = storage.list()
    const files = all.slice(data.offset, data.offset + data.limit)
    return c.json({
      hasMore: data.offset + files.length < all.length,
      files: files.map(({ key, name, size, customId, uploadedAt }) => ({
        id: key,
        key,
        name,
        size,
        customId,
        uploadedAt,
        status: 'Uploaded',
      })),
    })
  })

  app.post('/v6/updateACL', async (c) => {
    const { success, data } = Acl.safeParse(await c.req.json().catch(() => null))
    if (!success) return c.json({ error: 'Expected updates' }, 400)
    for (const { fileKey, acl } of data.updates) storage.change(fileKey, { acl })
    return c.json({ success: true })
  })

  app.get('/a/:app/:key', async (c) => {
    const file = c.req.param('app') === token.appId ? storage.find(c.req.param('key')) : undefined
    if (!file) return c.text('There is no such file.', 404)
    if (file.acl === 'private') {
      const { search, searchParams } = new URL(c.req.url)
      const genuine = await isGenuine(address(file.key) + search, searchParams, token.apiKey)
      if (!genuine || Number(searchParams.get('expires')) < Date.now()) {
        return c.text('This file is private, and the address is not signed or no longer good.', 403)
      }
    }
    return c.body(await storage.read(file.key), 200, headers(file))
  })

  app.route(
    '/',
    ingest({
      ...{ base: addresses.ingest, path: new URL(base).pathname, token, storage, address },
      mayBePrivate: () => settings.privateFiles,
    }),
  )

  return {
    name: 'uploadthing',
    places: Object.values(places),
    app,
    environment: {
      UPLOADTHING_TOKEN: btoa(JSON.stringify(token)),
      ...(!rehearsal && {
        UPLOADTHING_INGEST_URL: base,
        UPLOADTHING_API_URL: base,
        UPLOADTHING_UFS_HOST: fileHost,
        UPLOADTHING_UFS_APP_ID_LOCATION: 'path',
      }),
    },
    panel: async () => `${await table(storage.list().slice(0, 10))}`,
    close: () => storage.close(),
  }

  function table(files: SandboxFile[]) {
    if (files.length === 0) return html`<p>No uploads yet.</p>`
    return html`<table>
      <thead><tr><th>File</th><th>Type</th><th>Bytes</th><th>Access</th></tr></thead>
      <tbody>${files.map(
        ({ key, name, type, size, acl, confirmed }) => html`<tr>
          <td>${acl === 'private' ? name : html`<a href="${address(key)}">${name}</a>`}${confirmed ? '' : ' (the application did not confirm it)'}</td>
          <td>${type}</td><td>${size}</td><td>${acl === 'private' ? 'private' : 'public'}</td></tr>`,
      )}</tbody>
    </table>`
  }
}

function headers(file: SandboxFile): Record<string, string> {
  const inline = file.contentDisposition === 'inline' && pictures.has(file.type)
  return {
    'content-type': file.type,
    'content-disposition': `${inline ? 'inline' : 'attachment'}; filename*=UTF-8''${encodeURIComponent(file.name).replace(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16)}`)}`,
    'cache-control': file.acl === 'private' ? 'private, no-store' : `public, max-age=${YEAR}, immutable`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
  }
}
