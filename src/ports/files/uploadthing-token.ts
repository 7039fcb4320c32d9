import * as z from 'zod'
import { ConfigError } from '../../config'
import { isSame } from '../../secrets'

const Token = z.object({
  apiKey: z.string().startsWith('sk_'),
  appId: z.string().min(1),
  regions: z.array(z.string()).nonempty(),
  ingestHost: z.string().default('ingest.uploadthing.com'),
})

export type UploadThingToken = z.output<typeof Token>

/** What is packed into UPLOADTHING_TOKEN; refuses with ConfigError. */
export function readToken(token: string): UploadThingToken {
  try {
    return Token.parse(JSON.parse(atob(token)))
  } catch {
    throw new ConfigError([
      'UPLOADTHING_TOKEN: is not a token as the UploadThing dashboard shows it (API keys, V7)',
    ])
  }
}

const bytes = new TextEncoder()

/** UploadThing's signature of an address or a body: `hmac-sha256=` and the hex HMAC under the API key. */
export async function sign(text: string | Uint8Array<ArrayBuffer>, apiKey: string): Promise<string> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', bytes.encode(apiKey), algorithm, false, ['sign'])
  const signed = typeof text === 'string' ? bytes.encode(text) : text
  const mac = new Uint8Array(await crypto.subtle.sign('HMAC', key, signed))
  return `hmac-sha256=${Array.from(mac, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** Whether this is UploadThing's signature of the body. */
export const isSigned = async (
  body: Uint8Array<ArrayBuffer>,
  signature: string,
  apiKey: string,
): Promise<boolean> => isSame(await sign(body, apiKey), signature)
