import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { openCheckout } from '../../test/payments'
import { course, person } from '../../test/people'
import { fileWorld } from '../../test/world'

const everywhere = {
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'origin-agent-cluster': '?1',
  'x-dns-prefetch-control': 'off',
  'x-download-options': 'noopen',
  'x-permitted-cross-domain-policies': 'none',
  'x-xss-protection': '0',
}
const htmx = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' }
const world = fileWorld()

const headersOf = async (path: string, init?: RequestInit) => {
  const { status, headers } = await world.app.request(`${world.origin}${path}`, init)
  const { 'content-security-policy': policy, ...rest } = Object.fromEntries(headers)
  return { status, policy, ...rest }
}

describe('every answer carries the security headers:', () => {
  it.each([
    ['a page', 200, '/', {}],
    ['a part', 200, '/courses?q=queues', { headers: htmx }],
    ['a static file', 200, '/favicon.svg', {}],
    ['a redirect', 303, '/account', {}],
    ['an address that is not there', 404, '/nowhere', {}],
    ['a forged form', 403, '/sign-in', { method: 'POST', headers: { Origin: 'https://evil.example' } }],
    ['a body that is too long', 413, '/sign-in', { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) }],
    ['an answer to a machine', 400, '/webhooks/razorpay', { method: 'POST', body: '{}' }],
  ] as [string, number, string, RequestInit][])('%s', async (_, status, path, init) => {
    expect(await headersOf(path, init)).toMatchObject({ ...everywhere, status })
  })

  it('an error of ours', async () => {
    const { db } = world.services
    world.services.db = Object.create(db, {
      select: {
        value: () => {
          throw new Error('a bug')
        },
      },
    })
    try {
      expect(await headersOf('/courses')).toMatchObject({ ...everywhere, status: 500 })
    } finally {
      world.services.db = db
    }
  })
})

it('Static files that the platform serves by itself carry them, too', async () => {
  const [, all = ''] = (await readFile('public/_headers', 'utf8')).split(/^\/.*$/m)
  const named = [...all.matchAll(/^ {2}([\w-]+): (.*)$/gm)].map(([, name = '', value]) => [
    name.toLowerCase(),
    value,
  ])
  expect(Object.fromEntries(named)).toEqual({ ...everywhere, 'cache-control': expect.any(String) })
})

describe('the policy of a page', () => {
  it('lets it be framed by nobody and run no script of others', async () => {
    for (const path of ['/', '/sign-in', '/nowhere']) {
      const { policy } = await headersOf(path)
      const directives = policy?.split('; ')
      expect(directives).toContain("default-src 'none'")
      expect(directives).toContain("script-src 'self'")
      expect(directives).toContain("frame-ancestors 'none'")
      expect(directives).toContain("base-uri 'none'")
    }
  })

  it('lets the checkout open the windows of banks', async () => {
    const { answer } = await openCheckout(await person(world), await course(world))
    const { status, headers } = answer
    const { 'cross-origin-opener-policy': opener, ...rest } = Object.fromEntries(headers)
    const { 'cross-origin-opener-policy': _, ...others } = everywhere
    expect([status, opener]).toEqual([200, 'same-origin-allow-popups'])
    expect(rest).toMatchObject(others)
  })
})
