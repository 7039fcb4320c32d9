import { scryptSync } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { person } from '../../test/people'
import { openWorld, type World } from '../../test/world'
import { sessions, users } from '../db/schema'
import { newId } from '../ids'
import { hashPassword } from '../models/password'
import { hashOf } from '../secrets'

const password = 'learn-by-doing'
const day = 24 * 3600
let world: World
let passwordHash: string
beforeAll(async () => {
  world = await openWorld({ environment: { TRUST_PROXY: 'true' } })
  passwordHash = await hashPassword(password)
})
afterAll(() => world.close())

/** Somebody who has a password and no session yet. */
const member = async (more: Partial<typeof users.$inferInsert> = {}) => {
  const { id, email } = await person(world)
  await world.services.db
    .update(users)
    .set({ passwordHash, ...more })
    .where(eq(users.id, id))
  return { id, email, password }
}
const sessionOf = async (token: string | undefined) => {
  const [session] = await world.services.db
    .select()
    .from(sessions)
    .where(eq(sessions.tokenHash, await hashOf(token ?? '')))
  return session
}
const mismatch = 'Email and password do not belong together. Check both and try again.'

describe('the sign-in page', () => {
  it('tells browsers and password managers what each field is', async () => {
    const { $ } = await world.browser().get('/sign-in?next=/account')
    const form = $('form[action="/sign-in"][method="post"]')
    expect(form.find('[name=email]').attr()).toMatchObject({
      type: 'email',
      inputmode: 'email',
      autocomplete: 'username',
    })
    expect(form.find('[name=password]').attr()).toMatchObject({
      type: 'password',
      autocomplete: 'current-password',
    })
    expect(form.find('[name=next]').val()).toBe('/account')
    expect(form.find('button').text()).toBe('Sign in')
    expect($('main a[href^="/sign-up"]').attr('href')).toBe('/sign-up?next=%2Faccount')
  })

  it('ignores a `next` that leaves this site', async () => {
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example/',
      'javascript:alert(1)',
    ]) {
      const { $ } = await world.browser().get(`/sign-in?next=${encodeURIComponent(next)}`)
      expect($('form[action="/sign-in"] [name=next]')).toHaveLength(0)
    }
  })

  it('sends on who is signed in already', async () => {
    const { browser } = await person(world)
    expect(await browser.get('/sign-in')).toMatchObject({ status: 303, location: '/learning' })
    expect(await browser.get('/sign-in?next=/account')).toMatchObject({ location: '/account' })
    expect(await browser.get('/sign-in?next=//evil.example')).toMatchObject({ location: '/learning' })
  })
})

describe('signing in', () => {
  it('opens a session and goes where the person wanted to go', async () => {
    const { email } = await member()
    const browser = world.browser()
    const typed = { email: ` ${email.toUpperCase()} `, password }
    expect(await browser.post('/sign-in', typed)).toMatchObject({ status: 303, location: '/learning' })
    expect((await browser.get('/account')).html).toContain(email)
    expect(await sessionOf(browser.cookies.get('session'))).toBeDefined()
  })

  it('comes back from a page that needs an account', async () => {
    const { email } = await member()
    const browser = world.browser()
    const { location } = await browser.get('/account')
    expect(location).toBe('/sign-in?next=%2Faccount')
    const { $ } = await browser.get(location ?? '')
    const next = String($('form[action="/sign-in"] [name=next]').val())
    expect(await browser.post('/sign-in', { email, password, next })).toMatchObject({ location: '/account' })
  })

  it('goes to `next` only within this site', async () => {
    const given = await member()
    const go = async (next: string) => (await world.browser().post('/sign-in', { ...given, next })).location
    expect(await go('/learn/queues/1?t=4#notes')).toBe('/learn/queues/1?t=4#notes')
    const foreign = [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example/',
      '/\t/evil.example',
      '/./\\evil.example',
    ]
    for (const next of foreign) expect([next, await go(next)]).toEqual([next, '/learning'])
    expect(await go('/a\r\nSet-Cookie: b')).toBe('/aSet-Cookie:%20b')
  })

  it('closes the session this browser had, and only that', async () => {
    const { id, email } = await member()
    const other = world.browser()
    await other.post('/sign-in', { email, password })
    const browser = world.browser()
    await browser.post('/sign-in', { email, password })
    const before = browser.cookies.get('session')
    await browser.post('/sign-in', { email, password })
    const after = browser.cookies.get('session')
    expect(after).not.toBe(before)
    expect(await sessionOf(before)).toBeUndefined()
    expect(await sessionOf(after)).toMatchObject({ userId: id })
    expect((await other.get('/account')).status).toBe(200)
  })

  it('keeps the password anew when its hash has old parameters', async () => {
    const salt = Buffer.from('0123456789abcdef')
    const hash = scryptSync(password, salt, 32, { N: 1024, r: 8, p: 1 })
    const old = `scrypt$1024$8$1$${salt.toString('base64')}$${hash.toString('base64')}`
    const { id, email } = await member({ passwordHash: old })
    const stored = async () => {
      const [row] = await world.services.db.select().from(users).where(eq(users.id, id))
      return row?.passwordHash
    }
    await world.browser().post('/sign-in', { email, password: 'wrong-password' })
    expect(await stored()).toBe(old)
    expect((await world.browser().post('/sign-in', { email, password })).status).toBe(303)
    const renewed = await stored()
    expect(renewed).toMatch(/^scrypt\$16384\$8\$5\$/)
    expect((await world.browser().post('/sign-in', { email, password })).status).toBe(303)
    expect(await stored()).toBe(renewed)
  })

  it('refuses a cross-site form', async () => {
    const given = await member()
    const browser = world.browser()
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
    expect((await browser.post('/sign-in', given, headers)).status).toBe(403)
    expect(browser.cookies.has('session')).toBe(false)
  })
})

describe('a sign-in that fails', () => {
  it('says the same for a wrong password, an unknown address and an account without a password', async () => {
    const { email } = await member()
    const withoutPassword = await person(world)
    const said: string[] = []
    for (const typed of [email, `${newId()}@nobody.example.com`, withoutPassword.email]) {
      const browser = world.browser()
      const { status, $, html } = await browser.post('/sign-in', {
        email: typed,
        password: 'wrong-password',
        next: '/account',
      })
      expect(status).toBe(422)
      expect($('main [role=alert]').text()).toBe(mismatch)
      expect($('[name=email]').val()).toBe(typed)
      expect($('[name=password]').val()).toBeUndefined()
      expect($('form[action="/sign-in"] [name=next]').val()).toBe('/account')
      expect(browser.cookies.has('session')).toBe(false)
      said.push(html.replaceAll(typed, ''))
    }
    expect(new Set(said).size).toBe(1)
  })

  it('spends as much work on an unknown address as on a wrong password', async () => {
    const { email } = await member()
    const cpu = async (typed: string) => {
      const start = process.cpuUsage()
      await world.browser().post('/sign-in', { email: typed, password: 'wrong-password' })
      return process.cpuUsage(start).user
    }
    const known = await cpu(email)
    const unknown = await cpu(`${newId()}@nobody.example.com`)
    expect(unknown).toBeGreaterThan(known / 3)
  })

  it('asks for what is missing at its field', async () => {
    const { status, $ } = await world.browser().post('/sign-in', { email: 'asha', password: '' })
    expect(status).toBe(422)
    expect($('#email-error').text()).toBe('Enter an address such as asha@example.com.')
    expect($('#password-error').text()).toBe('Enter your password.')
    expect($('[name=email]').val()).toBe('asha')
  })

  it('tells a suspended person so, but only with the right password', async () => {
    const { email } = await member({ suspendedAt: new Date() })
    const browser = world.browser()
    const right = await browser.post('/sign-in', { email, password })
    expect(right.status).toBe(403)
    expect(right.$('main [role=alert]').text()).toContain('This account is suspended')
    expect(browser.cookies.has('session')).toBe(false)
    const wrong = await browser.post('/sign-in', { email, password: 'wrong-password' })
    expect(wrong.$('main [role=alert]').text()).toBe(mismatch)
  })
})

describe('a session', () => {
  it('ends for a person who is suspended', async () => {
    const { id, browser } = await person(world)
    expect((await browser.get('/account')).status).toBe(200)
    await world.services.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, id))
    expect((await browser.get('/account')).status).toBe(303)
    expect(browser.cookies.has('session')).toBe(false)
  })

  it('ends at once by signing out, for everyone who holds its token', async () => {
    const { browser } = await person(world)
    const token = browser.cookies.get('session') ?? ''
    expect(await browser.post('/sign-out')).toMatchObject({ status: 303, location: '/' })
    expect(browser.cookies.has('session')).toBe(false)
    expect(await sessionOf(token)).toBeUndefined()
    browser.cookies.set('session', token)
    expect(await browser.get('/account')).toMatchObject({ status: 303, location: '/sign-in?next=%2Faccount' })
    expect(await browser.post('/sign-out')).toMatchObject({ status: 303, location: '/' })
  })

  it('does not end by a form of another site', async () => {
    const { browser } = await person(world)
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
    expect((await browser.post('/sign-out', {}, headers)).status).toBe(403)
    expect((await browser.get('/account')).status).toBe(200)
  })

  it('lasts 30 days from when the person was last seen', async () => {
    const { browser } = await person(world)
    world.advance(29 * day)
    const seen = await browser.get('/account')
    expect(seen.status).toBe(200)
    expect(seen.headers.getSetCookie().join()).toMatch(/session=.*Max-Age=2592000/)
    world.advance(29 * day)
    expect((await browser.get('/account')).status).toBe(200)
    world.advance(30 * day)
    expect((await browser.get('/account')).status).toBe(303)
  })

  it('lives in a cookie that scripts cannot read', async () => {
    const given = await member()
    const { headers } = await world.browser().post('/sign-in', given)
    const cookie = headers.getSetCookie().find((one) => one.startsWith('session=')) ?? ''
    expect(cookie).toMatch(/^session=[a-z0-9]{40};/)
    expect(cookie.split('; ').slice(1).sort()).toEqual([
      'HttpOnly',
      'Max-Age=2592000',
      'Path=/',
      'SameSite=Lax',
    ])
  })

  it('is bound to this host and to https where the site has it', async () => {
    const secure = await openWorld({ environment: { APP_ORIGIN: 'https://localhost:8443' } })
    try {
      const browser = secure.browser()
      const typed = { name: 'Asha', email: `${newId()}@new.example.com`, password }
      const { headers } = await browser.post('/sign-up', typed)
      const cookie = headers.getSetCookie().find((one) => one.includes('session=')) ?? ''
      expect(cookie).toMatch(/^__Host-session=[a-z0-9]{40};/)
      expect(cookie.split('; ').slice(1).sort()).toEqual([
        'HttpOnly',
        'Max-Age=2592000',
        'Path=/',
        'SameSite=Lax',
        'Secure',
      ])
      expect((await browser.get('/account')).status).toBe(200)
      await browser.post('/sign-out')
      expect(browser.cookies.has('__Host-session')).toBe(false)
    } finally {
      await secure.close()
    }
  })
})
