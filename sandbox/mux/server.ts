import { randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import * as z from 'zod'
import { addressesOf } from '../places'
import type { SandboxOptions, SandboxPart } from '../sandbox'
import { openAccount, Settings } from './account'
import { muxApi } from './api'
import { openKeys } from './keys'
import { openPackaging } from './packaging'
import { muxPanel } from './panel'
import { assetShape, uploadShape } from './records'
import { muxStreams } from './stream'
import { muxUploads } from './upload'

const FormSettings = z
  .object({
    ...Settings.shape,
    delaySeconds: z.coerce.number().min(0).max(3600),
    failEncoding: z.stringbool(),
    down: z.stringbool(),
  })
  .partial()

/** A whole event as Mux sends it, or its name and its `data`. */
const GivenEvent = z
  .looseObject({ type: z.string().min(1), id: z.string().default(randomUUID) })
  .or(
    z
      .strictObject({ event: z.string().min(1), payload: z.unknown().default({}) })
      .transform(({ event: type, payload: data }) => ({ type, id: randomUUID() as string, data })),
  )

const places = {
  video: ['https://api.mux.com/video', '/video'],
  system: ['https://api.mux.com/system', '/system'],
  upload: ['https://storage.googleapis.com/upload', '/upload'],
  stream: ['https://stream.mux.com', '/stream'],
  /** Mux hands the pieces of a video out from other hosts, which change. */
  media: ['https://chunk-gcp-us-east1-vop1.fastly.mux.com', '/stream'],
  image: ['https://image.mux.com', '/image'],
} as const

export async function openMuxSandbox(options: SandboxOptions): Promise<SandboxPart> {
  const { base } = options
  const keys = await openKeys(options)
  const addresses = addressesOf(places, options)
  const account = openAccount(options, keys)
  const packaging = openPackaging(account)
  const app = new Hono()

  app.get('/state', (c) =>
    c.json({ uploads: account.uploads().map(uploadShape), assets: account.assets().map(assetShape) }),
  )
  app.get('/deliveries', (c) => c.json(account.deliveries.list()))

  app.post('/settings', async (c) => {
    const form = isForm(c.req.header('content-type'))
    const parsed = form
      ? FormSettings.safeParse(await c.req.parseBody())
      : Settings.partial().safeParse(await c.req.json().catch(() => null))
    if (!parsed.success) return c.json({ error: z.prettifyError(parsed.error) }, 400)
    Object.assign(account.settings, parsed.data)
    packaging.hurry()
    return form ? c.redirect(`${new URL(base).origin}/`, 303) : c.json(account.settings)
  })

  app.post('/event', async (c) => {
    const form = isForm(c.req.header('content-type'))
    const event = GivenEvent.safeParse(form ? await c.req.parseBody() : await c.req.json().catch(() => null))
    if (!event.success) return c.json({ error: z.prettifyError(event.error) }, 400)
    account.deliveries.send({
      id: event.data.id,
      type: event.data.type,
      body: JSON.stringify(event.data),
    })
    return form ? c.redirect(`${new URL(base).origin}/`, 303) : c.json({ id: event.data.id })
  })

  app.post('/deliveries/:id/resend', async (c) => {
    const id = c.req.param('id')
    if (!account.deliveries.list().some((delivery) => delivery.id === id)) {
      return c.json({ error: 'There is no such delivery.' }, 404)
    }
    await account.deliveries.resend(id)
    if (isForm(c.req.header('content-type'))) return c.redirect(`${new URL(base).origin}/`, 303)
    return c.json(account.deliveries.list().find((delivery) => delivery.id === id) ?? null)
  })

  app.route('/', muxUploads(account, packaging.schedule))
  app.route('/', muxStreams(account, addresses))
  app.route(
    '/',
    muxApi(account, (id) => `${addresses.upload}/${id}`),
  )

  return {
    name: 'mux',
    places: Object.values(places),
    app,
    environment: {
      MUX_TOKEN_ID: keys.tokenId,
      MUX_TOKEN_SECRET: keys.tokenSecret,
      MUX_WEBHOOK_SECRET: keys.webhookSecret,
      MUX_SIGNING_KEY_ID: keys.signingKeyId,
      MUX_SIGNING_PRIVATE_KEY: keys.signingPrivateKey,
      ...(!options.rehearsal && {
        MUX_BASE_URL: base,
        MUX_STREAM_BASE: addresses.stream,
        MUX_IMAGE_BASE: addresses.image,
      }),
    },
    panel: () => muxPanel(account, base),
    async close() {
      await packaging.close()
      await account.close()
    },
  }
}

const isForm = (type: string | undefined) => type?.startsWith('application/x-www-form-urlencoded') ?? false
