import * as z from 'zod'
import type { GoogleConfig } from '../../config'
import { parseJson } from '../../json'

const ISSUER = 'https://accounts.google.com'

const Endpoints = z.object({ authorization_endpoint: z.url(), token_endpoint: z.url() })

type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** OpenID Connect Discovery; throws with the status where there is none. */
export async function findEndpoints(
  config: GoogleConfig,
  ask: Fetch,
  signal?: AbortSignal,
): Promise<z.output<typeof Endpoints>> {
  const url = `${config.GOOGLE_ISSUER ?? ISSUER}/.well-known/openid-configuration`
  const answer = await ask(url, signal ? { signal } : {})
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${answer.status} ${text.slice(0, 200)}`)
  return Endpoints.parse(parseJson(text))
}
