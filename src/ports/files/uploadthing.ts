import type { UploadThingConfig } from '../../config'
import { AppError } from '../../errors'
import { log } from '../../log'
import { paths } from '../../paths'
import type { Files } from './files'
import { buildRouter, placement } from './uploadthing-router'
import { sendFile } from './uploadthing-store'
import { readToken, sign } from './uploadthing-token'

const PATIENCE_MS = 20_000

/**
 * Files at UploadThing (SDK 7). The SDK is heavy, so it is loaded when bytes move, not when an address is made.
 * Refuses a malformed token with ConfigError.
 */
export function openUploadThing(config: UploadThingConfig, appOrigin: string): Files {
  const { apiKey, appId, regions, ingestHost } = readToken(config.UPLOADTHING_TOKEN)
  const ingestUrl = config.UPLOADTHING_INGEST_URL ?? `https://${regions[0]}.${ingestHost}`
  const fileBase = addressOfFiles(config, appId)
  const address = (key: string) => `${fileBase}/${encodeURIComponent(key)}`
  // Its own log would print addresses that are still good for an hour.
  const common = {
    token: config.UPLOADTHING_TOKEN,
    ingestUrl,
    fetch: patientFetch,
    logLevel: 'None',
  } as const

  return {
    publicUrl: address,

    async temporaryUrl(key, seconds) {
      const url = `${address(key)}?expires=${Date.now() + Math.round(seconds * 1000)}`
      return `${url}&signature=${encodeURIComponent(await sign(url, apiKey))}`
    },

    async store({ name, type, bytes, access }) {
      const sdk = await import('uploadthing/server')
      // The key is a hash of name, size, time and this; two files of one name in one moment must not share it.
      const lastModified = crypto.getRandomValues(new Uint32Array(1))[0]
      const file = new sdk.UTFile([new Uint8Array(bytes)], name, { type, lastModified })
      return { key: await sendFile(sdk, common, file, placement(access)).catch(refused) }
    },

    async remove(keys) {
      if (keys.length === 0) return
      const { UTApi } = await import('uploadthing/server')
      const api = new UTApi({ ...common, apiUrl: config.UPLOADTHING_API_URL })
      const { success } = await api.deleteFiles(keys).catch(refused)
      if (!success) refused(new Error('UploadThing did not delete the files'))
    },

    async handle(request, routes, defer) {
      const sdk = await import('uploadthing/server')
      const { router, failure } = buildRouter(sdk, routes)
      let work: Promise<unknown> | undefined
      const answer = await sdk.createRouteHandler({
        router,
        config: {
          ...common,
          isDev: false,
          callbackUrl: config.UPLOADTHING_CALLBACK_URL ?? appOrigin + paths.uploadThing(),
          handleDaemonPromise(promise) {
            work = promise
            defer(promise)
          },
        },
      })(request)
      // Waited for although deferred: the browser may start only when UploadThing knows of the upload, and UploadThing
      // must not hear "fine" about a file that could not be kept.
      const outcome = await work
      if ('cause' in failure) {
        log('error', { upload: 'was finished and could not be kept', error: failure.cause })
        return Response.json({ message: 'The upload could not be kept.' }, { status: 500 })
      }
      if (answer.ok && failed(outcome)) {
        log('error', { upload: 'was not noted by UploadThing', error: reasonIn(outcome.cause) })
        return Response.json(
          { message: 'Files cannot be uploaded just now. Please try again later.' },
          { status: 502 },
        )
      }
      return answer
    },

    hosts: { image: [new URL(fileBase).origin], connect: [new URL(ingestUrl).origin] },
  }
}

/** Where files are fetched: `https://APP.ufs.sh/f/KEY`, or `host/a/APP/KEY`, http for a host that says "local" (as the SDK decides). */
function addressOfFiles(config: UploadThingConfig, appId: string): string {
  const host = config.UPLOADTHING_UFS_HOST ?? 'ufs.sh'
  const protocol = host.includes('local') ? 'http' : 'https'
  return config.UPLOADTHING_UFS_APP_ID_LOCATION === 'path'
    ? `${protocol}://${host}/a/${appId}`
    : `${protocol}://${appId}.${host}/f`
}

/** What the SDK's daemon ends with is an Exit of the effect library. */
const failed = (outcome: unknown): outcome is { cause: unknown } =>
  typeof outcome === 'object' &&
  outcome !== null &&
  '_tag' in outcome &&
  outcome._tag === 'Failure' &&
  'cause' in outcome

/** Such a cause holds what was thrown, or tells itself in words. */
function reasonIn(cause: unknown): unknown {
  if (typeof cause !== 'object' || cause === null) return cause
  if ('error' in cause) return cause.error
  return 'defect' in cause ? cause.defect : String(cause)
}

function refused(cause: unknown): never {
  throw new AppError('upstream', 'The file store does not answer just now.', { cause })
}

const patientFetch = (input: RequestInfo | URL, init?: object) => {
  const given: RequestInit = init ?? {}
  const limit = AbortSignal.timeout(PATIENCE_MS)
  return fetch(input, { ...given, signal: given.signal ? AbortSignal.any([given.signal, limit]) : limit })
}
