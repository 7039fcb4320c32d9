import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { origin } from '../../../test/ports/google'
import { openGoogle } from './google'
import type { Identity } from './identity'

describe('a token endpoint of Google that misbehaves', { timeout: 60_000 }, () => {
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

  it('accepts what Google really sends, under both of its names', async () => {
    expect((await finishing({})).profile).toEqual({
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

  it('says upstream for an invalid answer', async () => {
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
