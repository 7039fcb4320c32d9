import { createHmac } from 'node:crypto'
import type { BrowserSession } from './browser-session'
import type { World } from './world'

/** The first bytes of an image; nothing reads more of it. */
export const picture = (name = 'me.png') =>
  new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3])], name, {
    type: 'image/png',
  })

interface UploadRequest {
  file: Pick<File, 'name' | 'size' | 'type'>
  input?: unknown
  headers?: Record<string, string>
  ask?: (address: string, init: RequestInit) => Response | Promise<Response>
}

/** Asks for a URL to upload to, as the page's script does. */
export async function askToUpload(
  world: World,
  browser: BrowserSession,
  route: string,
  {
    file,
    input = null,
    headers = {},
    ask = (address, init) => world.app.request(address, init),
  }: UploadRequest,
) {
  const { name, size, type } = file
  const answer = await ask(`${world.origin}/api/uploadthing?actionType=upload&slug=${route}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'Sec-Fetch-Site': 'same-origin',
      Cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...headers,
    },
    body: JSON.stringify({ files: [{ name, size, type, lastModified: 0 }], input }),
  })
  const body = await answer.json()
  const first: { url: string; key: string } | undefined = Array.isArray(body) ? body[0] : undefined
  return {
    status: answer.status,
    message: body.message as string | undefined,
    url: first?.url,
    key: first?.key,
  }
}

/** Sends the bytes to the store, which then calls the application back. */
export function sendBytes(url: string, file: Blob): Promise<Response> {
  const form = new FormData()
  form.append('file', file)
  return fetch(url, { method: 'PUT', body: form })
}

/** A whole upload; gives the key of the stored file. */
export async function upload(
  world: World,
  browser: BrowserSession,
  route: string,
  { file, input }: { file: File; input?: unknown },
): Promise<string> {
  const { url, key, message } = await askToUpload(world, browser, route, { file, input })
  if (!url || !key) throw new Error(`Not allowed to upload: ${message}`)
  const answer = await sendBytes(url, file)
  if (!answer.ok) throw new Error(`Not stored: ${answer.status} ${await answer.text()}`)
  return key
}

/** The store's callback, as it may come a second time; `secret` forges it. */
export function callBackAgain(
  world: World,
  route: string,
  { metadata, key, secret }: { metadata: Record<string, string>; key: string; secret?: string },
): Promise<Response> {
  const token = JSON.parse(atob(world.sandbox.environment.UPLOADTHING_TOKEN ?? ''))
  const url = `https://files.invalid/${key}`
  const file = { key, name: 'me.png', size: 11, type: 'image/png', customId: null, fileHash: 'f'.repeat(32) }
  const body = JSON.stringify({
    status: 'uploaded',
    metadata,
    origin: `${world.sandbox.origin}/uploadthing`,
    file: { ...file, url, appUrl: url, ufsUrl: url },
  })
  const signature = createHmac('sha256', secret ?? token.apiKey)
    .update(body)
    .digest('hex')
  return Promise.resolve(
    world.app.request(`${world.origin}/api/uploadthing?slug=${route}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'uploadthing-hook': 'callback',
        'x-uploadthing-signature': `hmac-sha256=${signature}`,
      },
      body,
    }),
  )
}
