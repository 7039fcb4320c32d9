import { createPublicKey, verify } from 'node:crypto'
import * as z from 'zod'

const Header = z.object({ alg: z.literal('RS256') })
const Claims = z.looseObject({ kid: z.string(), sub: z.string(), aud: z.string(), exp: z.number() })
export type Claims = z.output<typeof Claims>

/**
 * Null unless good for this use (video, thumbnail, storyboard):
 * https://www.mux.com/docs/guides/signing-jwts
 */
export function readToken(
  token: string | undefined,
  expected: { playbackId: string; use: 'v' | 't' | 's' },
  publicKeys: Record<string, string>,
): Claims | null {
  const [head = '', body = '', signature = '', ...rest] = (token ?? '').split('.')
  const claims = Claims.safeParse(json(body)).data
  if (!claims || rest.length > 0 || !Header.safeParse(json(head)).success) return null
  const key = Object.hasOwn(publicKeys, claims.kid) ? publicKeys[claims.kid] : undefined
  const signed =
    key !== undefined &&
    verify(
      'sha256',
      Buffer.from(`${head}.${body}`),
      createPublicKey(key),
      Buffer.from(signature, 'base64url'),
    )
  const fits = claims.sub === expected.playbackId && claims.aud === expected.use
  return signed && fits && claims.exp > Date.now() / 1000 ? claims : null
}

function json(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch {
    return null
  }
}
