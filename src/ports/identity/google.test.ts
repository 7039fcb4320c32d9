import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asha, type Harness, openHarness, origin } from '../../../test/ports/google'
import { daySeconds, later } from '../../rules/time'
import { openGoogle } from './google'

describe('sign-in with Google', { timeout: 60_000 }, () => {
  let harness: Harness
  beforeAll(async () => {
    harness = await openHarness()
  })
  afterAll(() => harness?.close())

  it('gives the profile of who signed in', async () => {
    const { profile, tokens } = await harness.signIn({ ...asha, hd: 'gmail.example' })
    expect(profile).toEqual({
      sub: '1',
      email: 'asha@gmail.com',
      emailVerified: true,
      name: 'Asha',
      hostedDomain: 'gmail.example',
    })
    expect(tokens).toMatchObject({ accessToken: expect.stringContaining('sandbox'), refreshToken: null })
    expect(tokens.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 1000_000)
    expect((await harness.signIn({ ...asha, email_verified: false })).profile).toMatchObject({
      emailVerified: false,
      hostedDomain: null,
    })
  })

  it('asks for a code with PKCE, state and nonce, new ones each time', () => {
    const [first, second] = [harness.google.begin(), harness.google.begin()]
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

  it('returns the state, and uses the configured person for one sign-in only', async () => {
    const { url, attempt } = harness.google.begin()
    await harness.set({ next: asha })
    const { to } = await harness.visit(url)
    expect(to.startsWith(`${origin}/sign-in/google/callback?`)).toBe(true)
    expect(new URL(to).searchParams.get('state')).toBe(attempt.state)
    expect((await harness.visit(url)).body).toContain('Choose an account')
  })

  it('refuses a code that was used already', async () => {
    const { url, attempt } = harness.google.begin()
    const code = await harness.codeFor(asha, url)
    await harness.google.finish(code, attempt, new Date())
    await expect(harness.google.finish(code, attempt, new Date())).rejects.toMatchObject({
      name: 'AppError',
      code: 'invalid',
    })
    await expect(harness.google.finish('4/made-up', attempt, new Date())).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(harness.google.finish('', attempt, new Date())).rejects.toMatchObject({ code: 'invalid' })
  })

  it('refuses the verifier or the nonce of another attempt, and what has expired', async () => {
    const other = harness.google.begin().attempt
    const one = harness.google.begin()
    const verifier = { ...one.attempt, verifier: other.verifier }
    await expect(
      harness.google.finish(await harness.codeFor(asha, one.url), verifier, new Date()),
    ).rejects.toMatchObject({
      code: 'invalid',
    })
    const nonce = { ...one.attempt, nonce: other.nonce }
    await expect(
      harness.google.finish(await harness.codeFor(asha, one.url), nonce, new Date()),
    ).rejects.toMatchObject({
      code: 'invalid',
    })
    const tomorrow = later(new Date(), daySeconds)
    await expect(
      harness.google.finish(await harness.codeFor(asha, one.url), one.attempt, tomorrow),
    ).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('refuses a token of another issuer', async () => {
    const { url, attempt } = harness.google.begin()
    const code = await harness.codeFor(asha, url)
    const strict = openGoogle({ ...harness.config, GOOGLE_ISSUER: undefined }, origin)
    await expect(strict.finish(code, attempt, new Date())).rejects.toMatchObject({ code: 'invalid' })
  })

  it('says upstream when it is not known at Google, or Google is down', async () => {
    const { url, attempt } = harness.google.begin()
    const code = await harness.codeFor(asha, url)
    const stranger = openGoogle({ ...harness.config, GOOGLE_CLIENT_SECRET: 'wrong' }, origin)
    await expect(stranger.finish(code, attempt, new Date())).rejects.toMatchObject({ code: 'upstream' })
    await harness.set({ down: true })
    await expect(harness.google.finish(code, attempt, new Date())).rejects.toMatchObject({ code: 'upstream' })
    expect((await harness.visit(url)).status).toBe(503)
    await harness.set({ down: false })
    await expect(harness.google.finish(code, attempt, new Date())).resolves.toMatchObject({
      profile: { sub: '1' },
    })
  })

  it('lets people choose who they are', async () => {
    const { url, attempt } = harness.google.begin()
    const ravi = await harness.press(url, 'Ravi')
    expect(ravi.status).toBe(302)
    const code = new URL(ravi.to).searchParams.get('code') ?? ''
    expect((await harness.google.finish(code, attempt, new Date())).profile).toMatchObject({
      hostedDomain: 'university.example',
    })

    const typed = { email: 'new@example.org', name: 'New <b>', verified: 'on', hd: '' }
    const { to } = await harness.press(url, 'Continue', typed)
    const { profile } = await harness.google.finish(
      new URL(to).searchParams.get('code') ?? '',
      attempt,
      new Date(),
    )
    expect(profile).toMatchObject({
      email: 'new@example.org',
      name: 'New <b>',
      emailVerified: true,
      hostedDomain: null,
    })
    const again = await harness.press(url, 'Continue', { email: 'NEW@example.org', name: 'New' })
    const second = await harness.google.finish(
      new URL(again.to).searchParams.get('code') ?? '',
      attempt,
      new Date(),
    )
    expect(second.profile).toMatchObject({ sub: profile.sub, emailVerified: false })
    expect((await harness.press(url, 'Continue', { email: 'nonsense', name: '' })).status).toBe(422)
  })

  it('comes back without a code when it was cancelled', async () => {
    const { url, attempt } = harness.google.begin()
    const { searchParams } = new URL((await harness.press(url, 'Cancel')).to)
    expect(Object.fromEntries(searchParams)).toEqual({ error: 'access_denied', state: attempt.state })
  })

  it.each([
    ['another client', { client_id: 'someone' }],
    ['another site to go back to', { redirect_uri: 'https://evil.example/callback' }],
    ['no PKCE', { code_challenge: '' }],
    ['a scope without openid', { scope: 'email' }],
  ])('blocks a request with %s', async (_what, change: Record<string, string>) => {
    const url = new URL(harness.google.begin().url)
    for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value)
    await harness.set({ next: asha })
    expect(await harness.visit(url.href)).toMatchObject({ status: 400, to: '' })
    await harness.set({ next: null })
  })

  it('refuses invalid settings', async () => {
    expect((await harness.set({ next: { sub: '1', email: 'nonsense' } })).status).toBe(400)
    expect((await harness.set({ nxt: asha })).status).toBe(400)
  })

  it('signs its tokens with a published key that survives a restart', async () => {
    const verified = async () => {
      const { url, attempt } = harness.google.begin()
      const code = await harness.codeFor(asha, url)
      const answer = await fetch(`${harness.base}/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa(`${harness.config.GOOGLE_CLIENT_ID}:${harness.config.GOOGLE_CLIENT_SECRET}`)}`,
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
      const { keys } = await (await fetch(`${harness.base}/keys`)).json()
      const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
      const key = await crypto.subtle.importKey('jwk', keys[0], rsa, false, ['verify'])
      const signature = Buffer.from(token.slice(cut + 1), 'base64url')
      expect(await crypto.subtle.verify(rsa.name, key, signature, Buffer.from(token.slice(0, cut)))).toBe(
        true,
      )
      return keys[0].n
    }
    const before = await verified()
    await harness.restart()
    expect(await verified()).toBe(before)
    const discovery = await (await fetch(`${harness.base}/.well-known/openid-configuration`)).json()
    expect(discovery).toMatchObject({ issuer: harness.base, token_endpoint: `${harness.base}/token` })
    expect(await harness.part.panel()).toContain('Asks who you are')
  })
})
