import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { findSession } from '../../../test/member'
import { cheapHash } from '../../../test/password'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { users } from '../../db/schema'
import { newId } from '../../ids'
import { hashPassword } from '../../models/account/password'

const password = 'learn-by-doing'
const world = fileWorld({ environment: { TRUST_PROXY: 'true' } })
let passwordHash: string
beforeAll(async () => {
  passwordHash = await hashPassword(password)
})

/** Somebody who has a password and no session yet. */
const member = async (more: Partial<typeof users.$inferInsert> = {}) => {
  const { id, email } = await person(world)
  await world.services.db
    .update(users)
    .set({ passwordHash, ...more })
    .where(eq(users.id, id))
  return { id, email, password }
}
const wrongCredentials = 'Wrong email or password. Check both and try again.'

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

  it('redirects who is signed in already', async () => {
    const { browser } = await person(world)
    expect(await browser.get('/sign-in')).toMatchObject({ status: 303, location: '/learning' })
    expect(await browser.get('/sign-in?next=/account')).toMatchObject({ location: '/account' })
    expect(await browser.get('/sign-in?next=//evil.example')).toMatchObject({ location: '/learning' })
  })
})

describe('signing in', () => {
  it('opens a session and goes where the user wanted to go', async () => {
    const { email } = await member()
    const browser = world.browser()
    const typed = { email: ` ${email.toUpperCase()} `, password }
    expect(await browser.post('/sign-in', typed)).toMatchObject({ status: 303, location: '/learning' })
    expect((await browser.get('/account')).html).toContain(email)
    expect(await findSession(world, browser.cookies.get('session'))).toBeDefined()
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
    for (const next of ['//evil.example', '/\\evil.example', 'https://evil.example/']) {
      expect([next, await go(next)]).toEqual([next, '/learning'])
    }
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
    expect(await findSession(world, before)).toBeUndefined()
    expect(await findSession(world, after)).toMatchObject({ userId: id })
    expect((await other.get('/account')).status).toBe(200)
  })

  it('renews the hash of a password when its parameters are old', async () => {
    const old = cheapHash(password)
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
      expect($('main [role=alert]').text()).toBe(wrongCredentials)
      expect($('[autofocus]').attr('name')).toBe('password')
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
    expect($('#email-error').text()).toBe('Enter an email address like asha@example.com.')
    expect($('#password-error').text()).toBe('Enter your password.')
    expect($('[name=email]').val()).toBe('asha')
  })

  it('tells a suspended user so, but only with the right password', async () => {
    const { email } = await member({ suspendedAt: new Date() })
    const browser = world.browser()
    const right = await browser.post('/sign-in', { email, password })
    expect(right.status).toBe(403)
    expect(right.$('main [role=alert]').text()).toContain('This account is suspended')
    expect(browser.cookies.has('session')).toBe(false)
    const wrong = await browser.post('/sign-in', { email, password: 'wrong-password' })
    expect(wrong.$('main [role=alert]').text()).toBe(wrongCredentials)
  })
})
