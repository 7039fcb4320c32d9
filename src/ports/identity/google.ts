import {
  CodeChallengeMethod,
  decodeIdToken,
  generateCodeVerifier,
  generateState,
  OAuth2Client,
  OAuth2RequestError,
  type OAuth2Tokens,
} from 'arctic'
import * as z from 'zod'
import type { GoogleConfig } from '../../config'
import { AppError } from '../../errors'
import { paths } from '../../paths'
import { later } from '../../rules/time'
import { findEndpoints } from './google-discovery'
import type { Identity } from './identity'

const TIMEOUT_MS = 10_000
/** Google writes its name both ways. */
const ISSUERS = ['https://accounts.google.com', 'accounts.google.com']

const expired = 'This sign-in with Google has expired. Please try again.'

const Claims = z.object({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  azp: z.string().optional(),
  exp: z.number(),
  nonce: z.string().optional(),
  sub: z.string().min(1).max(255),
  email: z.email(),
  email_verified: z.boolean().default(false),
  name: z.string().trim().optional(),
  hd: z.string().min(1).optional(),
})

/** OpenID Connect without offline access: developers.google.com/identity/openid-connect */
export function openGoogle(config: GoogleConfig, appOrigin: string): Identity {
  const authorization = config.GOOGLE_AUTHORIZATION_ENDPOINT ?? 'https://accounts.google.com/o/oauth2/v2/auth'
  const tokenEndpoint = config.GOOGLE_TOKEN_ENDPOINT ?? 'https://oauth2.googleapis.com/token'
  const issuers = config.GOOGLE_ISSUER ? [config.GOOGLE_ISSUER] : ISSUERS
  const { GOOGLE_CLIENT_ID: clientId, GOOGLE_CLIENT_SECRET: secret } = config
  const client = new OAuth2Client(clientId, secret, appOrigin + paths.googleCallback())

  return {
    ping: (signal) => findEndpoints(config, fetch, signal).then(() => undefined, unreachableNow),

    begin() {
      const attempt = { state: generateState(), verifier: generateCodeVerifier(), nonce: generateState() }
      const scopes = ['openid', 'email', 'profile']
      const { state, verifier, nonce } = attempt
      const url = client.createAuthorizationURLWithPKCE(
        authorization,
        state,
        CodeChallengeMethod.S256,
        verifier,
        scopes,
      )
      url.searchParams.set('nonce', nonce)
      url.searchParams.set('prompt', 'select_account')
      return { url: url.href, attempt }
    },

    async finish(code, attempt, now) {
      const tokens = await inTime(
        client.validateAuthorizationCode(tokenEndpoint, code, attempt.verifier),
      ).catch(refused)
      // Straight from the token endpoint it needs no signature check (OpenID Connect Core 3.1.3.7).
      const claims = readClaims(tokens)
      const audience = [claims.aud].flat()
      const genuine =
        issuers.includes(claims.iss) &&
        audience.includes(clientId) &&
        (audience.length === 1 || claims.azp === clientId) &&
        claims.exp * 1000 > now.getTime() &&
        claims.nonce === attempt.nonce
      if (!genuine) throw new AppError('invalid', expired)
      return {
        profile: {
          sub: claims.sub,
          email: claims.email,
          emailVerified: claims.email_verified,
          name: claims.name || claims.email.slice(0, claims.email.indexOf('@')),
          hostedDomain: claims.hd ?? null,
        },
        tokens: {
          accessToken: tokens.accessToken(),
          refreshToken: tokens.hasRefreshToken() ? tokens.refreshToken() : null,
          expiresAt: expiry(tokens, now),
        },
      }
    },
  }
}

function readClaims(tokens: OAuth2Tokens) {
  try {
    tokens.accessToken()
    return Claims.parse(decodeIdToken(tokens.idToken()))
  } catch (cause) {
    throw unreachable(cause)
  }
}

function expiry(tokens: OAuth2Tokens, now: Date): Date | null {
  const lifetime = z.object({ expires_in: z.number() }).safeParse(tokens.data)
  return lifetime.success ? later(now, lifetime.data.expires_in) : null
}

/** A refused code is the user's affair; wrong keys and no answer are ours. */
function refused(cause: unknown): never {
  const isAboutTheCode = cause instanceof OAuth2RequestError && /^invalid_(grant|request)$/.test(cause.code)
  if (!isAboutTheCode) throw unreachable(cause)
  throw new AppError('invalid', expired, { cause })
}

const unreachable = (cause: unknown) =>
  new AppError(
    'upstream',
    'Google is not responding right now. Please try again, or sign in with your password.',
    { cause },
  )

function unreachableNow(cause: unknown): never {
  throw unreachable(cause)
}

/** arctic has no timeout of its own. */
async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`No answer in ${TIMEOUT_MS / 1000} s`)), TIMEOUT_MS)
  })
  return await Promise.race([work, limit]).finally(() => clearTimeout(timer))
}
