import Mux from '@mux/mux-node'
import { getPrivateKey } from '@mux/mux-node/lib/jwt'
import type { MuxConfig } from '../../config'
import { AppError, failureOfStatus, readRetryAfter } from '../../errors'
import { daySeconds } from '../../rules/time'
import { playerElement, videoHosts } from './mux-addresses'
import { readAsset, readEvent, readNewUpload, readUpload } from './mux-shapes'
import type { Video } from './video'

const API = 'https://api.mux.com'

/** A slow connection needs hours for a long video; then the upload URL expires. */
const UPLOAD_SECONDS = daySeconds
const ANSWER_MS = 10_000
/** With all of its body. */
const CALL_MS = 12_000
const PAGE = 100
const CLOCK_SKEW_SECONDS = 300

/** https://www.mux.com/docs/api-reference, @mux/mux-node 15. */
export function openMux(config: MuxConfig, appOrigin: string): Video {
  // The client would otherwise take what is missing from the process environment.
  const mux = new Mux({
    baseURL: config.MUX_BASE_URL ?? API,
    tokenId: config.MUX_TOKEN_ID,
    tokenSecret: config.MUX_TOKEN_SECRET,
    webhookSecret: config.MUX_WEBHOOK_SECRET,
    jwtSigningKey: config.MUX_SIGNING_KEY_ID,
    jwtPrivateKey: config.MUX_SIGNING_PRIVATE_KEY,
    authorizationToken: null,
    timeout: ANSWER_MS,
    // Its own retries sleep for as long as `Retry-After` says, whatever the deadline.
    maxRetries: 0,
    fetch: fetchJson,
  })

  // To read the key costs more than to sign with it.
  let signingKey: Promise<CryptoKey> | undefined

  const findUpload: Video['findUpload'] = async (vendorUploadId) => {
    const found = await call((bound) => mux.video.uploads.retrieve(vendorUploadId, bound)).catch(missing)
    return found ? readUpload(found) : null
  }

  return {
    async ping(signal) {
      await call(() => mux.system.utilities.whoami({ signal, maxRetries: 0 }))
    },

    async openUpload({ uploadId, title, creatorId }) {
      const created = await call((bound) =>
        mux.video.uploads.create(
          {
            cors_origin: appOrigin,
            timeout: UPLOAD_SECONDS,
            new_asset_settings: {
              playback_policies: ['signed'],
              passthrough: uploadId,
              meta: { title: title.slice(0, 512), creator_id: creatorId, external_id: uploadId },
            },
          },
          bound,
        ),
      )
      const { id, url } = readNewUpload(created)
      return { vendorUploadId: id, url }
    },

    findUpload,

    async cancelUpload(vendorUploadId) {
      try {
        await call((bound) => mux.video.uploads.cancel(vendorUploadId, bound))
      } catch (error) {
        // Mux refuses to cancel what is no longer waiting: ask, rather than guess from the status.
        const upload = await findUpload(vendorUploadId)
        if (upload?.state === 'waiting') throw error
      }
    },

    async findAsset(assetId) {
      const found = await call((bound) => mux.video.assets.retrieve(assetId, bound)).catch(missing)
      return found ? readAsset(found) : null
    },

    async *listAssets() {
      let cursor: string | undefined
      do {
        const query = cursor ? { limit: PAGE, cursor } : { limit: PAGE }
        const page = await call((bound) => mux.video.assets.list(query, bound))
        for (const asset of page.data) yield readAsset(asset)
        cursor = page.next_cursor || undefined
      } while (cursor)
    },

    async deleteAsset(assetId) {
      await call((bound) => mux.video.assets.delete(assetId, bound)).catch(missing)
    },

    async player(playback) {
      signingKey ??= getPrivateKey(mux, {}) as Promise<CryptoKey>
      const tokens = await mux.jwt.signPlaybackId(playback.playbackId, {
        keySecret: await signingKey,
        type: ['video', 'thumbnail', 'storyboard'],
        expiration: `${Math.max(1, Math.ceil(playback.lifetimeSeconds))}s`,
      })
      return playerElement(config, playback, tokens)
    },

    async readWebhook(rawBody, headers) {
      refuseFuture(headers.get('mux-signature'))
      try {
        await mux.webhooks.verifySignature(rawBody, headers)
      } catch (cause) {
        throw new AppError('invalid', 'This message was not signed by Mux within the last minutes.', {
          cause,
        })
      }
      return readEvent(rawBody)
    },

    readKeptWebhook: async ({ id, payload }) => ({ ...(await readEvent(JSON.stringify(payload))), id }),

    hosts: videoHosts(config),
  }
}

/** A page of somebody in between must not be read as an empty answer, such as no assets at all. */
async function fetchJson(...request: Parameters<typeof fetch>): Promise<Response> {
  const answer = await fetch(...request)
  const isJson = answer.headers.get('content-type')?.includes('json')
  if (answer.ok && answer.status !== 204 && !isJson) throw new Error('The answer is no JSON.')
  return answer
}

async function call<T>(request: (bound: { signal: AbortSignal }) => Promise<T>): Promise<T> {
  try {
    return await request({ signal: AbortSignal.timeout(CALL_MS) })
  } catch (cause) {
    throw refused(cause)
  }
}

function refused(cause: unknown): AppError {
  const { status, headers } =
    cause instanceof Mux.APIError ? cause : { status: undefined, headers: undefined }
  return new AppError('upstream', messageFor(status), {
    cause,
    failure: failureOfStatus(status ?? null),
    retryAfterSeconds: readRetryAfter(headers?.get('retry-after'), new Date()),
  })
}

/** Only who gave no answer, or says to be broken, is said to be away. */
function messageFor(status: number | undefined): string {
  if (status === 401 || status === 403)
    return 'The video service does not accept the keys of this site. An administrator has to look at them.'
  if (status === 429) return 'The video service is asked too often just now. Please try again in a minute.'
  if (status !== undefined && status < 500) return 'The video service did not accept the request.'
  return 'The video service does not answer at the moment. Please try again later.'
}

function missing(error: unknown): null {
  if (error instanceof AppError && error.cause instanceof Mux.NotFoundError) return null
  throw error
}

/** The SDK refuses old stamps only; it checks the last `t=` of the header, and so must this. */
function refuseFuture(signature: string | null) {
  const stamps = (signature ?? '').split(',').filter((part) => part.startsWith('t='))
  const seconds = Number.parseInt(stamps.at(-1)?.slice(2) ?? '', 10)
  if (!(seconds - Date.now() / 1000 <= CLOCK_SKEW_SECONDS)) {
    throw new AppError('invalid', 'This message was not signed by Mux within the last minutes.')
  }
}
