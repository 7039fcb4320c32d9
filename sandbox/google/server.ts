import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import * as z from 'zod'
import { page } from '../page'
import { addressesOf, derivedKey } from '../places'
import type { Rehearsal, SandboxOptions, SandboxPart } from '../sandbox'
import { addSettings } from '../settings'
import { chooser, chosen, Person } from './chooser'
import { openKey } from './key'

const places = {
  authorization: ['https://accounts.google.com/o/oauth2/v2/auth', '/authorize'],
  choice: ['https://accounts.google.com/choice', '/choice'],
  token: ['https://oauth2.googleapis.com/token', '/token'],
} as const

const sandboxClient = {
  id: 'sandbox-client.apps.googleusercontent.com',
  secret: 'GOCSPX-sandbox-client-secret',
}

const rehearsalClient = (rehearsal: Rehearsal) => ({
  id: `${derivedKey(rehearsal, 'google client', 32)}.apps.googleusercontent.com`,
  secret: `GOCSPX-${derivedKey(rehearsal, 'google client secret', 28)}`,
})

const CODE_LIFE_MS = 10 * 60 * 1000
const TOKEN_LIFE_SECONDS = 3599

const Settings = z.strictObject({ next: Person.nullable().optional(), down: z.boolean().optional() })

const Request = z.object({
  client_id: z.string(),
  redirect_uri: z.url(),
  response_type: z.literal('code'),
  scope: z.string().regex(/(^| )openid( |$)/, 'must contain openid'),
  state: z.string().optional(),
  nonce: z.string().optional(),
  code_challenge: z.string().length(43),
  code_challenge_method: z.literal('S256'),
  access_type: z.enum(['online', 'offline']).default('online'),
})
type Request = z.output<typeof Request>
type Grant = Request & { person: Person; until: number }
type Refusal = { error: string; error_description: string }

/** Google's OpenID Connect: discovery, authorization with an account chooser, token, keys. */
export async function openGoogleSandbox(options: SandboxOptions): Promise<SandboxPart> {
  const { base, rehearsal } = options
  const client = rehearsal ? rehearsalClient(rehearsal) : sandboxClient
  const addresses = addressesOf(places, options)
  const issuer = rehearsal ? 'https://accounts.google.com' : base
  const key = await openKey(join(options.dataDir, 'key.json'))
  const settings: { next: Person | null; down: boolean } = { next: null, down: false }
  const codes = new Map<string, Grant>()
  const app = new Hono()

  app.get('/', (c) => c.html(page('Google', html`<h1>Google</h1>${panel()}`)))
  addSettings(app, Settings, settings)

  // From here on Google answers.
  app.use(async (c, next) => (settings.down ? c.text('Google is down', 503) : next()))

  app.get('/.well-known/openid-configuration', (c) =>
    c.json({
      issuer,
      authorization_endpoint: addresses.authorization,
      token_endpoint: addresses.token,
      jwks_uri: `${base}/keys`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
      scopes_supported: ['openid', 'email', 'profile'],
      code_challenge_methods_supported: ['S256'],
    }),
  )
  app.get('/keys', (c) => c.json(key.jwks))

  app.get('/authorize', (c) => {
    const request = readRequest(c.req.query())
    if (typeof request === 'string') return c.html(refusalPage(request), 400)
    if (!settings.next) return c.html(chooser(addresses.choice, new URL(c.req.url).search.slice(1)))
    const person = settings.next
    settings.next = null
    return back(c, request, person)
  })

  app.get('/choice', (c) => {
    const { request: carried = '', ...form } = c.req.query()
    const request = readRequest(Object.fromEntries(new URLSearchParams(carried)))
    if (typeof request === 'string') return c.html(refusalPage(request), 400)
    if (form.cancel) return back(c, request, null)
    const person = chosen(form)
    return person
      ? back(c, request, person)
      : c.html(chooser(addresses.choice, carried, 'Please enter an email address and a name.'), 422)
  })

  app.post('/token', async (c) => {
    const form = Object.fromEntries(new URLSearchParams(await c.req.text()))
    if (!isClient(client, c.req.header('authorization'), form))
      return c.json(refuse('invalid_client', 'Unauthorized'), 401)
    const grant = redeem(form)
    if ('error' in grant) return c.json(grant, 400)
    return c.json({
      access_token: `ya29.sandbox-${random()}`,
      ...(grant.access_type === 'offline' && { refresh_token: `1//sandbox-${random()}` }),
      expires_in: TOKEN_LIFE_SECONDS,
      scope: grant.scope,
      token_type: 'Bearer',
      id_token: key.sign(claims(grant)),
    })
  })

  /** What the code of this form was issued for, or why it is refused; a code is good once. */
  function redeem(form: Record<string, string>): Grant | Refusal {
    if (form.grant_type !== 'authorization_code')
      return refuse('unsupported_grant_type', 'Only codes are traded here.')
    if (!form.code) return refuse('invalid_request', 'Missing required parameter: code')
    const grant = codes.get(form.code)
    codes.delete(form.code)
    if (!grant || grant.until < Date.now()) return refuse('invalid_grant', 'Malformed auth code.')
    if (form.redirect_uri !== grant.redirect_uri) return refuse('redirect_uri_mismatch', 'Bad Request')
    const challenge = createHash('sha256')
      .update(form.code_verifier ?? '')
      .digest('base64url')
    if (challenge !== grant.code_challenge) return refuse('invalid_grant', 'Invalid code verifier.')
    return grant
  }

  function claims({ nonce, person: { hd, ...person } }: { nonce?: string; person: Person }) {
    const iat = Math.floor(Date.now() / 1000)
    const about = { iss: issuer, aud: client.id, azp: client.id, iat, exp: iat + TOKEN_LIFE_SECONDS }
    return { ...about, ...person, ...(hd && { hd }), ...(nonce && { nonce }) }
  }

  /** The request, or what is wrong with it; as at Google, only our own URL is redirected to. */
  function readRequest(query: Record<string, string>): Request | string {
    const result = Request.safeParse(query)
    if (!result.success) return z.prettifyError(result.error)
    if (result.data.client_id !== client.id) return 'invalid_client: The OAuth client was not found.'
    const { origin } = new URL(result.data.redirect_uri)
    return origin === options.appOrigin()
      ? result.data
      : `redirect_uri_mismatch: ${origin} is not this application`
  }

  function back(c: Context, request: Request, person: Person | null) {
    const url = new URL(request.redirect_uri)
    if (request.state !== undefined) url.searchParams.set('state', request.state)
    if (person) {
      const code = `4/sandbox-${random()}`
      codes.set(code, { ...request, person, until: Date.now() + CODE_LIFE_MS })
      url.searchParams.set('code', code)
      url.searchParams.set('scope', request.scope)
    } else {
      url.searchParams.set('error', 'access_denied')
    }
    return c.redirect(url.href)
  }

  const panel = () =>
    html`<p>${
      settings.next
        ? html`The next sign-in is ${settings.next.name} (${settings.next.email}).`
        : 'Asks who you are at each sign-in.'
    }</p>`

  return {
    name: 'google',
    places: Object.values(places),
    app,
    environment: {
      GOOGLE_CLIENT_ID: client.id,
      GOOGLE_CLIENT_SECRET: client.secret,
      ...(!rehearsal && {
        GOOGLE_AUTHORIZATION_ENDPOINT: addresses.authorization,
        GOOGLE_TOKEN_ENDPOINT: addresses.token,
        GOOGLE_ISSUER: issuer,
      }),
    },
    panel: async () => `${await panel()}`,
    close: async () => codes.clear(),
  }
}

const random = () => randomBytes(24).toString('base64url')

const refusalPage = (reason: string) =>
  page('Access blocked', html`<h1>Access blocked: the request is not valid</h1><pre>${reason}</pre>`)

const refuse = (error: string, error_description: string): Refusal => ({ error, error_description })

function isClient(
  client: { id: string; secret: string },
  header: string | undefined,
  form: Record<string, string>,
) {
  const [id, secret] = credentials(header) ?? [form.client_id, form.client_secret]
  return id === client.id && secret === client.secret
}

function credentials(header = ''): [string, string] | null {
  const [id, secret] = Buffer.from(header.replace(/^Basic /i, ''), 'base64')
    .toString()
    .split(':')
  return header && id !== undefined && secret !== undefined ? [id, secret] : null
}
