import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { load } from 'cheerio'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type GoogleConfig, readConfig } from '../../config'
import { type ServedPart, servePart } from '../sandbox/serve-part'
import { openGoogle } from './google'
import { openGoogleSandbox } from './google-sandbox'
import type { Identity } from './identity'

const origin = 'http://localhost:3000'

describe('sign-in with Google', { timeout: 60_000 }, () => {
  let dataDir: string
  let served: ServedPart
  let config: GoogleConfig
  let google: Identity

  const open = () => servePart('/google', openGoogleSandbox, { dataDir, appOrigin: () => origin })
  const set = (settings: unknown) =>
    fetch(`${served.base}/settings`, { method: 'POST', body: JSON.stringify(settings) })
  const asha = { sub: '1', email: 'asha@gmail.com', email_verified: true, name: 'Asha' }

  /** Where the browser ends up after one address, without going there. */
  const visit = async (url: string) => {
    const answer = await fetch(url, { redirect: 'manual' })
    return { status: answer.status, to: answer.headers.get('location') ?? '', body: await answer.text() }
  }
  async function codeFor(person: object, url: string): Promise<string> {
    await set({ next: person })
    const { to } = await visit(url)
    return new URL(to).searchParams.get('code') ?? ''
  }
  async function signIn(person: object) {
    const { url, attempt } = google.begin()
    return google.finish(await codeFor(person, url), attempt, new Date())
  }
  /** Presses a button of the chooser: what its form would ask for. */
  async function press(url: string, button: string, typed: Record<string, string> = {}) {
    const $ = load((await visit(url)).body)
    const chosen = $('button')
      .filter((_, one) => $(one).text().includes(button))
      .first()
    const form = chosen.closest('form')
    const query = new URLSearchParams(typed)
    for (const field of form.find('input[type=hidden]'))
      query.set($(field).attr('name') ?? '', $(field).attr('value') ?? '')
    const name = chosen.attr('name')
    if (name) query.set(name, chosen.attr('value') ?? '')
    return visit(`${form.attr('action')}?${query}`)
  }

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'google-'))
    served = await open()
    const environment = {
      APP_ORIGIN: origin,
      DATABASE_URL: 'mysql://127.0.0.1/x',
      APP_SECRET: 'x'.repeat(32),
      ...served.part.environment,
    }
    const read = readConfig(environment).google
    if (!read) throw new Error('The sandbox gave no configuration')
    config = read
    google = openGoogle(config, origin)
  })
  afterAll(async () => {
    await served.close()
    await rm(dataDir, { recursive: true })
  })

  it('says who the person is', async () => {
    const { person, tokens } = await signIn({ ...asha, hd: 'gmail.example' })
    expect(person).toEqual({
      sub: '1',
      email: 'asha@gmail.com',
      emailVerified: true,
      name: 'Asha',
      hostedDomain: 'gmail.example',
    })
    expect(tokens).toMatchObject({ accessToken: expect.stringContaining('sandbox'), refreshToken: null })
    expect(tokens.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 1000_000)
    expect((await signIn({ ...asha, email_verified: false })).person).toMatchObject({
      emailVerified: false,
      hostedDomain: null,
    })
  })

  it('asks for a code with PKCE, state and nonce, new ones each time', () => {
    const [first, second] = [google.begin(), google.begin()]
    const url = new URL(first.url)
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      redirect_uri: `${origin}/sign-in/google/callback`,
      scope: 'openid email profile',
      state: first.attempt.state,
      nonce: first.attempt.nonce,
      code_challenge_method: 'S256',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(first.url).not.toContain(first.attempt.verifier)
    const secrets = [first, second].flatMap(({ attempt }) => Object.values(attempt))
    expect(new Set(secrets).size).toBe(6)
  })

  it('brings the state back and answers only one sign-in with what was set', async () => {
    const { url, attempt } = google.begin()
    await set({ next: asha })
    const { to } = await visit(url)
    expect(to.startsWith(`${origin}/sign-in/google/callback?`)).toBe(true)
    expect(new URL(to).searchParams.get('state')).toBe(attempt.state)
    expect((await visit(url)).body).toContain('Choose an account')
  })

  it('refuses a code that was used already', async () => {
    const { url, attempt } = google.begin()
    const code = await codeFor(asha, url)
    await google.finish(code, attempt, new Date())
    await expect(google.finish(code, attempt, new Date())).rejects.toMatchObject({
      name: 'AppError',
      code: 'invalid',
    })
    await expect(google.finish('4/made-up', attempt, new Date())).rejects.toMatchObject({ code: 'invalid' })
    await expect(google.finish('', attempt, new Date())).rejects.toMatchObject({ code: 'invalid' })
  })

  it('refuses the verifier or the nonce of another attempt, and what has expired', async () => {
    const other = google.begin().attempt
    const one = google.begin()
    const verifier = { ...one.attempt, verifier: other.verifier }
    await expect(google.finish(await codeFor(asha, one.url), verifier, new Date())).rejects.toMatchObject({
      code: 'invalid',
    })
    const nonce = { ...one.attempt, nonce: other.nonce }
    await expect(google.finish(await codeFor(asha, one.url), nonce, new Date())).rejects.toMatchObject({
      code: 'invalid',
    })
    const tomorrow = new Date(Date.now() + 24 * 3600_000)
    await expect(google.finish(await codeFor(asha, one.url), one.attempt, tomorrow)).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('refuses a token of another issuer', async () => {
    const { url, attempt } = google.begin()
    const code = await codeFor(asha, url)
    const strict = openGoogle({ ...config, GOOGLE_ISSUER: undefined }, origin)
    await expect(strict.finish(code, attempt, new Date())).rejects.toMatchObject({ code: 'invalid' })
  })

  it('says upstream when it is not known at Google, or Google is down', async () => {
    const { url, attempt } = google.begin()
    const code = await codeFor(asha, url)
    const stranger = openGoogle({ ...config, GOOGLE_CLIENT_SECRET: 'wrong' }, origin)
    await expect(stranger.finish(code, attempt, new Date())).rejects.toMatchObject({ code: 'upstream' })
    await set({ down: true })
    await expect(google.finish(code, attempt, new Date())).rejects.toMatchObject({ code: 'upstream' })
    expect((await visit(url)).status).toBe(503)
    await set({ down: false })
    await expect(google.finish(code, attempt, new Date())).resolves.toMatchObject({ person: { sub: '1' } })
  })

  it('lets people choose who they are', async () => {
    const { url, attempt } = google.begin()
    const ravi = await press(url, 'Ravi')
    expect(ravi.status).toBe(302)
    const code = new URL(ravi.to).searchParams.get('code') ?? ''
    expect((await google.finish(code, attempt, new Date())).person).toMatchObject({
      hostedDomain: 'university.example',
    })

    const typed = { email: 'new@example.org', name: 'New <b>', verified: 'on', hd: '' }
    const { to } = await press(url, 'Continue', typed)
    const { person } = await google.finish(new URL(to).searchParams.get('code') ?? '', attempt, new Date())
    expect(person).toMatchObject({
      email: 'new@example.org',
      name: 'New <b>',
      emailVerified: true,
      hostedDomain: null,
    })
    const again = await press(url, 'Continue', { email: 'NEW@example.org', name: 'New' })
    const second = await google.finish(new URL(again.to).searchParams.get('code') ?? '', attempt, new Date())
    expect(second.person).toMatchObject({ sub: person.sub, emailVerified: false })
    expect((await press(url, 'Continue', { email: 'nonsense', name: '' })).status).toBe(422)
  })

  it('comes back without a code when it was cancelled', async () => {
    const { url, attempt } = google.begin()
    const { searchParams } = new URL((await press(url, 'Cancel')).to)
    expect(Object.fromEntries(searchParams)).toEqual({ error: 'access_denied', state: attempt.state })
  })

  it.each([
    ['another client', { client_id: 'someone' }],
    ['another site to go back to', { redirect_uri: 'https://evil.example/callback' }],
    ['no PKCE', { code_challenge: '' }],
    ['a scope without openid', { scope: 'email' }],
  ])('blocks a request with %s', async (_what, change: Record<string, string>) => {
    const url = new URL(google.begin().url)
    for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value)
    await set({ next: asha })
    expect(await visit(url.href)).toMatchObject({ status: 400, to: '' })
    await set({ next: null })
  })

  it('refuses settings that make no sense', async () => {
    expect((await set({ next: { sub: '1', email: 'nonsense' } })).status).toBe(400)
    expect((await set({ nxt: asha })).status).toBe(400)
  })

  it('signs its tokens with a published key that survives a restart', async () => {
    const verified = async () => {
      const { url, attempt } = google.begin()
      const code = await codeFor(asha, url)
      const answer = await fetch(`${served.base}/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa(`${config.GOOGLE_CLIENT_ID}:${config.GOOGLE_CLIENT_SECRET}`)}`,
        },
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code,
          redirect_uri: `${origin}/sign-in/google/callback`,
          code_verifier: attempt.verifier,
        }),
      })
      const { id_token: token }: { id_token: string } = await answer.json()
      const cut = token.lastIndexOf('.')
      const { keys } = await (await fetch(`${served.base}/keys`)).json()
      const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
      const key = await crypto.subtle.importKey('jwk', keys[0], rsa, false, ['verify'])
      const signature = Buffer.from(token.slice(cut + 1), 'base64url')
      expect(await crypto.subtle.verify(rsa.name, key, signature, Buffer.from(token.slice(0, cut)))).toBe(
        true,
      )
      return keys[0].n
    }
    const before = await verified()
    await served.close()
    served = await open()
    google = openGoogle(
      {
        ...config,
        GOOGLE_AUTHORIZATION_ENDPOINT: `${served.base}/authorize`,
        GOOGLE_TOKEN_ENDPOINT: `${served.base}/token`,
        GOOGLE_ISSUER: served.base,
      },
      origin,
    )
    expect(await verified()).toBe(before)
    const discovery = await (await fetch(`${served.base}/.well-known/openid-configuration`)).json()
    expect(discovery).toMatchObject({ issuer: served.base, token_endpoint: `${served.base}/token` })
    expect(await served.part.panel()).toContain('Asks who you are')
  })

  describe('a token endpoint that misbehaves', () => {
    let server: Server
    let answer: (claims: object) => object | null = () => null
    let odd: Identity
    const attempt = { state: 's', verifier: 'v', nonce: 'n' }
    const good = () => ({
      iss: 'https://accounts.google.com',
      aud: 'me',
      exp: Date.now() / 1000 + 60,
      nonce: 'n',
      sub: '1',
      email: 'a@gmail.com',
    })
    const token = (claims: object) => {
      const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
      return { access_token: 'x', id_token: `${part({ alg: 'RS256' })}.${part(claims)}.AAAA` }
    }
    const finishing = (change: object, build: (claims: object) => object | null = token) => {
      answer = () => build({ ...good(), ...change })
      return odd.finish('code', attempt, new Date())
    }

    beforeAll(async () => {
      server = createServer((_request, response) => {
        const body = answer({})
        if (body) response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
      }).listen(0, '127.0.0.1')
      await new Promise((resolve) => server.once('listening', resolve))
      const { port } = server.address() as { port: number }
      const endpoint = `http://127.0.0.1:${port}/token`
      odd = openGoogle(
        { GOOGLE_CLIENT_ID: 'me', GOOGLE_CLIENT_SECRET: 's', GOOGLE_TOKEN_ENDPOINT: endpoint },
        origin,
      )
    })
    afterAll(() => {
      server.closeAllConnections()
      server.close()
    })

    it('takes what Google really sends, under both of its names', async () => {
      expect((await finishing({})).person).toEqual({
        sub: '1',
        email: 'a@gmail.com',
        emailVerified: false,
        name: 'a',
        hostedDomain: null,
      })
      expect((await finishing({ iss: 'accounts.google.com' })).tokens).toEqual({
        accessToken: 'x',
        refreshToken: null,
        expiresAt: null,
      })
    })

    it.each([
      ['another audience', { aud: 'someone' }],
      ['several audiences and another party', { aud: ['me', 'someone'], azp: 'someone' }],
      ['no nonce', { nonce: undefined }],
      ['a past expiry', { exp: Date.now() / 1000 - 1 }],
    ])('refuses %s', async (_what, change) => {
      await expect(finishing(change)).rejects.toMatchObject({ name: 'AppError', code: 'invalid' })
    })

    it('says upstream to an answer that makes no sense', async () => {
      await expect(finishing({ sub: undefined })).rejects.toMatchObject({ code: 'upstream' })
      await expect(finishing({ email: 'nonsense' })).rejects.toMatchObject({ code: 'upstream' })
      await expect(finishing({}, () => ({ access_token: 'x', id_token: 'nonsense' }))).rejects.toMatchObject({
        code: 'upstream',
      })
      await expect(finishing({}, () => ({}))).rejects.toMatchObject({ code: 'upstream' })
    })

    it('gives up on a server that never answers', async () => {
      await expect(finishing({}, () => null)).rejects.toMatchObject({ code: 'upstream' })
    })
  })
})
