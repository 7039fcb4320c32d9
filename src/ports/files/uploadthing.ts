import type { UploadThingConfig } from '../../config'
import { paths } from '../../paths'
import type { Files, UploadRoutes } from './files'
import { accepted, refused } from './uploadthing-answer'
import { askAppInfo } from './uploadthing-app'
import { openReceiver, type Receiver } from './uploadthing-receiver'
import { placement } from './uploadthing-router'
import { sendFile } from './uploadthing-store'
import { isSigned, readToken, sign } from './uploadthing-token'

const TIMEOUT_MS = 10_000
/** Its own bytes are sent, too. */
const STORE_MS = 20_000

/** The SDK is heavy, so it is loaded when bytes move; throws ConfigError for a malformed token. */
export function openUploadThing(config: UploadThingConfig, appOrigin: string): Files {
  const { apiKey, appId, regions, ingestHost } = readToken(config.UPLOADTHING_TOKEN)
  const ingestUrl = config.UPLOADTHING_INGEST_URL ?? `https://${regions[0]}.${ingestHost}`
  const fileBase = fileBaseUrl(config, appId)
  const publicUrl = (key: string) => `${fileBase}/${encodeURIComponent(key)}`
  // Its log would print URLs that are valid for an hour.
  const common = {
    token: config.UPLOADTHING_TOKEN,
    ingestUrl,
    fetch: fetchWithin(STORE_MS),
    logLevel: 'None',
  } as const
  const receivers = new WeakMap<object, Promise<Receiver<never>>>()
  const receiver = <Caller>(routes: UploadRoutes<Caller>): Promise<Receiver<Caller>> => {
    // A receiver was opened for these routes, so it takes their callers.
    const opened = receivers.get(routes) as Promise<Receiver<Caller>> | undefined
    if (opened) return opened
    const callbackUrl = config.UPLOADTHING_CALLBACK_URL ?? appOrigin + paths.uploadThing()
    const made = import('uploadthing/server').then((sdk) =>
      openReceiver(sdk, { ...common, callbackUrl }, routes),
    )
    receivers.set(routes, made)
    return made
  }

  return {
    ping: (signal) => askAppInfo(config, fetch, signal).then(() => undefined, refused),

    publicUrl,

    async temporaryUrl(key, seconds) {
      const url = `${publicUrl(key)}?expires=${Date.now() + Math.round(seconds * 1000)}`
      return `${url}&signature=${encodeURIComponent(await sign(url, apiKey))}`
    },

    async store({ name, type, bytes, access }) {
      const sdk = await import('uploadthing/server')
      // The key is a hash of name, size, time and this; two alike must not share it.
      const lastModified = crypto.getRandomValues(new Uint32Array(1))[0]
      const file = new sdk.UTFile([new Uint8Array(bytes)], name, { type, lastModified })
      return { key: await sendFile(sdk, common, file, placement(access)).catch(refused) }
    },

    async remove(keys) {
      if (keys.length === 0) return
      const { UTApi } = await import('uploadthing/server')
      const send = fetchWithin(TIMEOUT_MS)
      const fetch = async (input: RequestInfo | URL, init?: object) => accepted(await send(input, init))
      const api = new UTApi({ ...common, fetch, apiUrl: config.UPLOADTHING_API_URL })
      const { success } = await api.deleteFiles(keys).catch(refused)
      if (!success) refused(new Error('UploadThing did not delete the files'))
    },

    isCallback: (request) => request.headers.has('uploadthing-hook'),

    async handle(request, routes, caller) {
      const body = new Uint8Array(await request.arrayBuffer())
      if (request.headers.has('uploadthing-hook')) {
        const signature = request.headers.get('x-uploadthing-signature') ?? ''
        if (!(await isSigned(body, signature, apiKey))) {
          return Response.json({ message: 'The signature is wrong.' }, { status: 400 })
        }
      }
      return (await receiver(routes))(request, body, caller)
    },

    hosts: { image: [new URL(fileBase).origin], connect: [new URL(ingestUrl).origin] },
  }
}

/** The SDK uses http for a host that contains "local". */
function fileBaseUrl(config: UploadThingConfig, appId: string): string {
  const host = config.UPLOADTHING_UFS_HOST ?? 'ufs.sh'
  const protocol = host.includes('local') ? 'http' : 'https'
  return config.UPLOADTHING_UFS_APP_ID_LOCATION === 'path'
    ? `${protocol}://${host}/a/${appId}`
    : `${protocol}://${appId}.${host}/f`
}

const fetchWithin = (ms: number) => (input: RequestInfo | URL, init?: object) => {
  const given: RequestInit = init ?? {}
  const limit = AbortSignal.timeout(ms)
  return fetch(input, { ...given, signal: given.signal ? AbortSignal.any([given.signal, limit]) : limit })
}
