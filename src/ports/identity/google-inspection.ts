import * as z from 'zod'
import { type Ask, type Check, ok, unasked, wrong } from '../../check'
import type { GoogleConfig } from '../../config'
import { parseJson } from '../../json'
import { paths } from '../../paths'
import { findEndpoints } from './google-discovery'

const Refusal = z.object({ error: z.string() })
const credentials = 'Google Cloud console, APIs and Services, Credentials, the OAuth client'

/** Trades a code that nobody issued: whose keys are wrong is told so before that. */
export async function inspectGoogle(config: GoogleConfig, origin: string, ask: Ask): Promise<Check[]> {
  const { GOOGLE_CLIENT_ID: id, GOOGLE_CLIENT_SECRET: secret } = config
  const { token_endpoint: endpoint } = await findEndpoints(config, ask)
  const callback = origin + paths.googleCallback()
  const answer = await ask(config.GOOGLE_TOKEN_ENDPOINT ?? endpoint, {
    method: 'POST',
    headers: { Authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      code: 'of-nobody',
      redirect_uri: callback,
      code_verifier: 'of-nobody'.repeat(5),
    }),
  })
  const refusal = Refusal.safeParse(parseJson(await answer.text())).data?.error
  return [
    client(refusal, answer.status),
    unasked(
      'redirect address',
      'Google tells this to people only',
      `${credentials}: ${callback} must be among the authorised redirect URIs`,
    ),
  ]
}

function client(refusal: string | undefined, status: number): Check {
  if (refusal === 'invalid_grant') return ok('client', 'Google knows its id and secret')
  if (refusal === 'invalid_client' || refusal === 'unauthorized_client')
    return wrong(
      'client',
      `Google refuses it: ${refusal}`,
      `${credentials}: set GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET`,
    )
  return unasked('client', `Google answered ${status} ${refusal ?? ''}`.trim(), 'ask again later')
}
