import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asha, type Bench, openBench, origin } from '../../../test/ports/google'
import { openGoogle } from './google'

describe('sign-in with Google', { timeout: 60_000 }, () => {
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench()
  })
  afterAll(() => bench?.close())

  it('says who the person is', async () => {
    const { person, tokens } = await bench.signIn({ ...asha, hd: 'gmail.example' })
    expect(person).toEqual({
      sub: '1',
      email: 'asha@gmail.com',
      emailVerified: true,
      name: 'Asha',
      hostedDomain: 'gmail.example',
    })
    expect(tokens).toMatchObject({ accessToken: expect.stringContaining('sandbox'), refreshToken: null })
    expect(tokens.expiresAt?.getTime()).toBeGreaterThan(Date.now() + 1000_000)
    expect((await bench.signIn({ ...asha, email_verified: false })).person).toMatchObject({
      emailVerified: false,
      hostedDomain: null,
    })
  })

  it('asks for a code with PKCE, state and nonce, new ones each time', () => {
    const [first, second] = [bench.google.begin(), bench.google.begin()]
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
    const { url, attempt } = bench.google.begin()
    await bench.set({ next: asha })
    const { to } = await bench.visit(url)
    expect(to.startsWith(`${origin}/sign-in/google/callback?`)).toBe(true)
    expect(new URL(to).searchParams.get('state')).toBe(attempt.state)
    expect((await bench.visit(url)).body).toContain('Choose an account')
  })

  it('refuses a code that was used already', async () => {
    const { url, attempt } = bench.google.begin()
    const code = await bench.codeFor(asha, url)
    await bench.google.finish(code, attempt, new Date())
    await expect(bench.google.finish(code, attempt, new Date())).rejects.toMatchObject({
      name: 'AppError',
      code: 'invalid',
    })
    await expect(bench.google.finish('4/made-up', attempt, new Date())).rejects.toMatchObject({
      code: 'invalid',
    })
    await expect(bench.google.finish('', attempt, new Date())).rejects.toMatchObject({ code: 'invalid' })
  })

  it('refuses the verifier or the nonce of another attempt, and what has expired', async () => {
    const other = bench.google.begin().attempt
    const one = bench.google.begin()
    const verifier = { ...one.attempt, verifier: other.verifier }
    await expect(
      bench.google.finish(await bench.codeFor(asha, one.url), verifier, new Date()),
    ).rejects.toMatchObject({
      code: 'invalid',
    })
    const nonce = { ...one.attempt, nonce: other.nonce }
    await expect(
      bench.google.finish(await bench.codeFor(asha, one.url), nonce, new Date()),
    ).rejects.toMatchObject({
      code: 'invalid',
    })
    const tomorrow = new Date(Date.now() + 24 * 3600_000)
    await expect(
      bench.google.finish(await bench.codeFor(asha, one.url), one.attempt, tomorrow),
    ).rejects.toMatchObject({
      code: 'invalid',
    })
  })

  it('refuses a token of another issuer', async () => {
    const { url, attempt } = bench.google.begin()
    const code = await bench.codeFor(asha, url)
    const strict = openGoogle({ ...bench.config, GOOGLE_ISSUER: undefined }, origin)
    await expect(strict.finish(code, attempt, new Date())).rejects.toMatchObject({ code: 'invalid' })
  })

  it('says upstream when it is not known at Google, or Google is down', async () => {
    const { url, attempt } = bench.google.begin()
    const code = await bench.codeFor(asha, url)
    const stranger = openGoogle({ ...bench.config, GOOGLE_CLIENT_SECRET: 'wrong' }, origin)
    await expect(stranger.finish(code, attempt, new Date())).rejects.toMatchObject({ code: 'upstream' })
    await bench.set({ down: true })
    await expect(bench.google.finish(code, attempt, new Date())).rejects.toMatchObject({ code: 'upstream' })
    expect((await bench.visit(url)).status).toBe(503)
    await bench.set({ down: false })
    await expect(bench.google.finish(code, attempt, new Date())).resolves.toMatchObject({
      person: { sub: '1' },
    })
  })

  it('lets people choose who they are', async () => {
    const { url, attempt } = bench.google.begin()
    const ravi = await bench.press(url, 'Ravi')
    expect(ravi.status).toBe(302)
    const code = new URL(ravi.to).searchParams.get('code') ?? ''
    expect((await bench.google.finish(code, attempt, new Date())).person).toMatchObject({
      hostedDomain: 'university.example',
    })

    const typed = { email: 'new@example.org', name: 'New <b>', verified: 'on', hd: '' }
    const { to } = await bench.press(url, 'Continue', typed)
    const { person } = await bench.google.finish(
      new URL(to).searchParams.get('code') ?? '',
      attempt,
      new Date(),
    )
    expect(person).toMatchObject({
      email: 'new@example.org',
      name: 'New <b>',
      emailVerified: true,
      hostedDomain: null,
    })
    const again = await bench.press(url, 'Continue', { email: 'NEW@example.org', name: 'New' })
    const second = await bench.google.finish(
      new URL(again.to).searchParams.get('code') ?? '',
      attempt,
      new Date(),
    )
    expect(second.person).toMatchObject({ sub: person.sub, emailVerified: false })
    expect((await bench.press(url, 'Continue', { email: 'nonsense', name: '' })).status).toBe(422)
  })

  it('comes back without a code when it was cancelled', async () => {
    const { url, attempt } = bench.google.begin()
    const { searchParams } = new URL((await bench.press(url, 'Cancel')).to)
    expect(Object.fromEntries(searchParams)).toEqual({ error: 'access_denied', state: attempt.state })
  })

  it.each([
    ['another client', { client_id: 'someone' }],
    ['another site to go back to', { redirect_uri: 'https://evil.example/callback' }],
    ['no PKCE', { code_challenge: '' }],
    ['a scope without openid', { scope: 'email' }],
  ])('blocks a request with %s', async (_what, change: Record<string, string>) => {
    const url = new URL(bench.google.begin().url)
    for (const [name, value] of Object.entries(change)) url.searchParams.set(name, value)
    await bench.set({ next: asha })
    expect(await bench.visit(url.href)).toMatchObject({ status: 400, to: '' })
    await bench.set({ next: null })
  })

  it('refuses settings that make no sense', async () => {
    expect((await bench.set({ next: { sub: '1', email: 'nonsense' } })).status).toBe(400)
    expect((await bench.set({ nxt: asha })).status).toBe(400)
  })

  it('signs its tokens with a published key that survives a restart', async () => {
    const verified = async () => {
      const { url, attempt } = bench.google.begin()
      const code = await bench.codeFor(asha, url)
      const answer = await fetch(`${bench.base}/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa(`${bench.config.GOOGLE_CLIENT_ID}:${bench.config.GOOGLE_CLIENT_SECRET}`)}`,
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
      const { keys } = await (await fetch(`${bench.base}/keys`)).json()
      const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
      const key = await crypto.subtle.importKey('jwk', keys[0], rsa, false, ['verify'])
      const signature = Buffer.from(token.slice(cut + 1), 'base64url')
      expect(await crypto.subtle.verify(rsa.name, key, signature, Buffer.from(token.slice(0, cut)))).toBe(
        true,
      )
      return keys[0].n
    }
    const before = await verified()
    await bench.restart()
    expect(await verified()).toBe(before)
    const discovery = await (await fetch(`${bench.base}/.well-known/openid-configuration`)).json()
    expect(discovery).toMatchObject({ issuer: bench.base, token_endpoint: `${bench.base}/token` })
    expect(await bench.part.panel()).toContain('Asks who you are')
  })
})
