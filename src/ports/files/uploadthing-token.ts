import * as z from 'zod'
import { ConfigError } from '../../config'
import { hmacOf, isSame } from '../../crypto'

const Token = z.object({
  apiKey: z.string().startsWith('sk_'),
  appId: z.string().min(1),
  regions: z.array(z.string()).nonempty(),
  ingestHost: z.string().default('ingest.uploadthing.com'),
})

export type UploadThingToken = z.output<typeof Token>

export function readToken(token: string): UploadThingToken {
  try {
    return Token.parse(JSON.parse(atob(token)))
  } catch {
    throw new ConfigError([
      'UPLOADTHING_TOKEN: is not a token as the UploadThing dashboard shows it (API keys, V7)',
    ])
  }
}

/** `hmac-sha256=` and the hex HMAC under the API key. */
export const sign = async (message: string | Uint8Array<ArrayBuffer>, apiKey: string): Promise<string> =>
  `hmac-sha256=${await hmacOf(apiKey, message)}`

export const isSigned = async (
  body: Uint8Array<ArrayBuffer>,
  signature: string,
  apiKey: string,
): Promise<boolean> => isSame(await sign(body, apiKey), signature)
