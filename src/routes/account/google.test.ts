import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import {
  backFromGoogle,
  continueWithGoogle,
  findByEmail,
  googleUser,
  storedUser,
  toCallback,
  userWithPassword,
} from '../../../test/google'
import { fileWorld, openWorld } from '../../../test/world'
import { decrypt } from '../../crypto'
import { accounts, users } from '../../db/schema'
import { tokenPurpose } from '../../models/account/google-account'

const world = fileWorld()

const attempts = (browser: { cookies: Map<string, string> }) =>
  [...browser.cookies.keys()].filter((name) => name.startsWith('google-attempt-'))

describe('going to Google', () => {
  it('is a link on the pages to sign in and to sign up, and remembers where to go next', async () => {
    for (const page of ['/sign-in', '/sign-up']) {
      const { $ } = await world.browser().get(`${page}?next=/courses/queues`)
      const link = $('main a').filter((_, one) => $(one).text().trim() === 'Continue with Google')
      expect(link.attr('href')).toBe('/sign-in/google?next=%2Fcourses%2Fqueues')
      expect(link.find('svg').attr('aria-hidden')).toBe('true')
    }
  })

  it('leads to Google with an attempt sealed in a cookie of its own', async () => {
    const browser = world.browser()
    const { status, location, headers } = await browser.get('/sign-in/google')
    expect(status).toBe(303)
    const url = new URL(location ?? '')
    expect(url.origin + url.pathname).toBe(`${world.sandbox.origin}/google/authorize`)
    const [cookie = ''] = headers.getSetCookie()
    expect(cookie).toContain(`google-attempt-${url.searchParams.get('state')}=v1.`)
    expect(cookie).toMatch(/Max-Age=600.*HttpOnly.*SameSite=Lax/i)
  })

  it('keeps at most four attempts at a time', async () => {
    const browser = world.browser()
    for (let i = 0; i < 9; i++) await browser.get('/sign-in/google')
    expect(attempts(browser)).toHaveLength(4)
  })
})

describe('coming back from Google', () => {
  it('creates a verified account without a password for somebody new', async () => {
    const someone = googleUser({ email: 'Kiran.New@gmail.com', name: ' Kiran \n Das ' })
    const browser = world.browser()
    expect(await continueWithGoogle(world, browser, someone)).toMatchObject({
      status: 303,
      location: '/learning',
    })
    const [made] = await findByEmail(world, 'kiran.new@gmail.com')
    expect(made).toMatchObject({ name: 'Kiran Das', passwordHash: null, role: 'student' })
    expect(made?.emailVerifiedAt).toBeInstanceOf(Date)
    expect((await browser.get('/account')).html).toContain('kiran.new@gmail.com')
    expect(attempts(browser)).toEqual([])
  })

  it('keeps the tokens encrypted, with their expiry', async () => {
    const someone = googleUser()
    await continueWithGoogle(world, world.browser(), someone)
    const [row] = await world.services.db
      .select()
      .from(accounts)
      .where(eq(accounts.providerAccountId, someone.sub))
    expect(row?.provider).toBe('google')
    const life = (row?.expiresAt?.getTime() ?? 0) - world.services.now().getTime()
    expect(life).toBeGreaterThan(3000_000)
    expect(life).toBeLessThan(3700_000)
    const secret = world.services.config.APP_SECRET
    const clear = await decrypt(secret, tokenPurpose('access', someone.sub), row?.accessToken ?? '')
    expect(clear).toMatch(/^ya29\.sandbox-/)
    expect(JSON.stringify(row)).not.toContain(clear)
    expect(JSON.stringify(row)).not.toContain('ya29')
    await expect(
      decrypt(`${secret}!`, tokenPurpose('access', someone.sub), row?.accessToken ?? ''),
    ).rejects.toThrow()
    await expect(decrypt(secret, tokenPurpose('access', 'another'), row?.accessToken ?? '')).rejects.toThrow()
  })

  it('recognises the user by `sub`, whatever the address at Google is by then', async () => {
    const someone = googleUser()
    await continueWithGoogle(world, world.browser(), someone)
    const [before] = await findByEmail(world, someone.email)
    const other = await userWithPassword(world)
    const browser = world.browser()
    const changed = { ...someone, email: other.email, email_verified: false, name: 'Another Name' }
    expect(await continueWithGoogle(world, browser, changed)).toMatchObject({ location: '/learning' })
    expect((await findByEmail(world, someone.email))[0]).toEqual(before)
    expect((await browser.get('/account')).html).toContain(someone.email)
  })

  it('replaces old tokens by new ones', async () => {
    const someone = googleUser()
    const token = async () => {
      const where = eq(accounts.providerAccountId, someone.sub)
      const [row] = await world.services.db.select().from(accounts).where(where)
      return decrypt(
        world.services.config.APP_SECRET,
        tokenPurpose('access', someone.sub),
        row?.accessToken ?? '',
      )
    }
    await continueWithGoogle(world, world.browser(), someone)
    const first = await token()
    await continueWithGoogle(world, world.browser(), someone)
    expect(await token()).not.toBe(first)
  })

  it('goes to `next` only within this site', async () => {
    const someone = googleUser()
    const go = async (next: string) =>
      (await continueWithGoogle(world, world.browser(), someone, next)).location
    expect(await go('/courses/queues?x=1')).toBe('/courses/queues?x=1')
    for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example/'])
      expect([next, await go(next)]).toEqual([next, '/learning'])
  })

  it('works in two tabs at once, whichever comes back first', async () => {
    const browser = world.browser()
    const [first, second] = [
      await browser.get('/sign-in/google?next=/a'),
      await browser.get('/sign-in/google?next=/b'),
    ]
    const someone = googleUser()
    const one = await backFromGoogle(world, first.location ?? '', someone)
    const two = await backFromGoogle(world, second.location ?? '', someone)
    expect(await browser.get(two)).toMatchObject({ status: 303, location: '/b' })
    expect(await browser.get(one)).toMatchObject({ status: 303, location: '/a' })
  })

  it('opens a new session and ends the one this browser had', async () => {
    const someone = googleUser()
    const browser = world.browser()
    await continueWithGoogle(world, browser, someone)
    const [{ id } = { id: '' }] = await findByEmail(world, someone.email)
    const before = browser.cookies.get('session')
    await continueWithGoogle(world, world.browser(), someone)
    expect((await storedUser(world, id)).sessions).toHaveLength(2)
    const visitor = world.browser()
    const path = await toCallback(world, visitor, someone)
    visitor.cookies.set('session', before ?? '')
    expect((await visitor.get(path)).status).toBe(303)
    expect(visitor.cookies.get('session')).not.toBe(before)
    expect((await browser.get('/account')).location).toBe('/sign-in?next=%2Faccount')
    expect((await storedUser(world, id)).sessions).toHaveLength(2)
  })

  it('creates one account when the same new user comes twice at the same moment', async () => {
    for (let round = 0; round < 4; round++) {
      const someone = googleUser()
      const browsers = [world.browser(), world.browser(), world.browser()]
      const paths: string[] = []
      for (const browser of browsers) paths.push(await toCallback(world, browser, someone))
      const answers = await Promise.all(browsers.map((browser, i) => browser.get(paths[i] ?? '')))
      expect(answers.map(({ status, location }) => [status, location])).toEqual(
        browsers.map(() => [303, '/learning']),
      )
      const found = await findByEmail(world, someone.email)
      expect(found).toHaveLength(1)
      expect((await storedUser(world, found[0]?.id ?? '')).accounts).toHaveLength(1)
    }
  })

  it('refuses a suspended user', async () => {
    const someone = googleUser()
    await continueWithGoogle(world, world.browser(), someone)
    const [{ id } = { id: '' }] = await findByEmail(world, someone.email)
    await world.services.db.update(users).set({ suspendedAt: world.services.now() }).where(eq(users.id, id))
    const before = await storedUser(world, id)
    const browser = world.browser()
    const { status, $ } = await continueWithGoogle(world, browser, someone)
    expect([status, $('h1').text()]).toEqual([403, 'This account is suspended'])
    expect(browser.cookies.has('session')).toBe(false)
    expect(await storedUser(world, id)).toEqual(before)
  })

  it('counts new accounts of a network as signing up does', async () => {
    const small = await openWorld({ environment: { LIMIT_SIGN_UPS_PER_HOUR: '1' } })
    try {
      const known = googleUser()
      expect((await continueWithGoogle(small, small.browser(), known)).status).toBe(303)
      const refused = googleUser()
      const { status, headers } = await continueWithGoogle(small, small.browser(), refused)
      expect([status, headers.has('Retry-After')]).toEqual([429, true])
      expect(await findByEmail(small, refused.email)).toEqual([])
      expect((await continueWithGoogle(small, small.browser(), known)).status).toBe(303)
    } finally {
      await small.close()
    }
  })
})
