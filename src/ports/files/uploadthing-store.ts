import type { UTApi, UTFile } from 'uploadthing/server'
import { accepted } from './uploadthing-answer'

type Sdk = typeof import('uploadthing/server')
type Fetch = (input: RequestInfo | URL, init?: RequestInit) => Promise<Response>
type Options = NonNullable<ConstructorParameters<typeof UTApi>[0]>

/** Throws when it is refused; sent by us, because the SDK warns of its own deprecated fields. */
export async function sendFile(
  { UTApi }: Pick<Sdk, 'UTApi'>,
  { fetch: send, ...options }: Omit<Options, 'fetch'> & { fetch: Fetch },
  file: UTFile,
  placement: Parameters<UTApi['uploadFiles']>[1],
): Promise<string> {
  let request: { url: URL; init: RequestInit } | undefined
  const api = new UTApi({
    ...options,
    fetch: async (input, init) => {
      request = { url: new URL(input instanceof Request ? input.url : input), init: { ...init } }
      throw new Error('Composed; it is sent elsewhere')
    },
  })
  const { error } = await api.uploadFiles(file, placement)
  if (!request) throw new Error(`${error?.code}: ${error?.message}`)
  // The SDK has done with its request, so its signal may have been raised by now.
  const answer = await accepted(await send(request.url, { ...request.init, signal: null }))
  await answer.body?.cancel()
  return request.url.pathname.slice(request.url.pathname.lastIndexOf('/') + 1)
}
