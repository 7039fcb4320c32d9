import * as z from 'zod'
import { log } from '../../log'
import type { UploadRoutes } from './files'
import { buildRouter, type Call } from './uploadthing-router'

type Sdk = typeof import('uploadthing/server')
type Options = NonNullable<Parameters<Sdk['createRouteHandler']>[0]['config']>
type Fetch = NonNullable<Options['fetch']>

export type Receiver<Caller> = (
  request: Request,
  body: Uint8Array<ArrayBuffer>,
  caller: Caller,
) => Promise<Response>

const Registration = z.object({ fileKeys: z.array(z.string()) })
const Registered = z.object({ ok: z.boolean() })
const UploadUrls = z.array(z.object({ key: z.string() }))

export function openReceiver<Caller>(
  sdk: Sdk,
  options: Options & { fetch: Fetch },
  routes: UploadRoutes<Caller>,
): Receiver<Caller> {
  const calls = new WeakMap<Request, Call<Caller>>()
  const callOf = (request: Request) => {
    const call = calls.get(request)
    if (!call) throw new Error('The SDK asks about a request that it was not given')
    return call
  }
  // UploadThing knows them, the browser not yet; the SDK gives their URLs either way.
  const registered = new Set<string>()

  const handler = sdk.createRouteHandler({
    router: buildRouter(sdk, routes, callOf),
    config: {
      ...options,
      isDev: false,
      // By then UploadThing must know of the upload, and must not get a 200 for a file not saved.
      handleDaemonPromise: 'await',
      async fetch(input, init) {
        const keys = keysIn(init?.body)
        try {
          const answer = await options.fetch(input, init)
          const result = keys.length > 0 && answer.ok ? await answer.clone().json() : null
          if (Registered.safeParse(result).success) for (const key of keys) registered.add(key)
          else if (keys.length > 0)
            log('error', { upload: 'was not registered at UploadThing', status: answer.status })
          return answer
        } catch (cause) {
          log('error', { upload: 'could not be registered at UploadThing', error: cause })
          throw cause
        }
      },
    },
  })

  return async (request, body, caller) => {
    const call: Call<Caller> = { caller }
    const own = detached(request, body)
    calls.set(own, call)
    const answer = await handler(own)
    if (call.failure) {
      log('error', { upload: 'was finished but could not be saved', error: call.failure.cause })
      return Response.json({ message: 'The upload could not be saved.' }, { status: 500 })
    }
    const urls = UploadUrls.safeParse(answer.ok ? await answer.clone().json() : null).data ?? []
    if (urls.filter(({ key }) => !registered.delete(key)).length > 0) {
      return Response.json(
        { message: 'Files cannot be uploaded at the moment. Please try again later.' },
        { status: 502 },
      )
    }
    return answer
  }
}

/**
 * The SDK never stops listening to a signal, and Node keeps a network request's signal as long as
 * somebody listens, so without this copy neither would ever be freed.
 */
function detached({ url, method, headers }: Request, body: Uint8Array<ArrayBuffer>): Request {
  const isRead = method === 'GET' || method === 'HEAD'
  return new Request(url, { headers, ...(isRead ? { method: 'GET' } : { method, body }) })
}

function keysIn(body: unknown): string[] {
  if (!(body instanceof Uint8Array)) return []
  return Registration.safeParse(JSON.parse(new TextDecoder().decode(body))).data?.fileKeys ?? []
}
