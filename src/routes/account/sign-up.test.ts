import { count, eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { elsewhere, findSession } from '../../../test/member'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { users } from '../../db/schema'
import { newId } from '../../ids'
import { isPassword } from '../../models/account/password'
import { hourSeconds } from '../../rules/time'

const world = fileWorld({ environment: { TRUST_PROXY: 'true', LIMIT_SIGN_UPS_PER_HOUR: '5' } })

const newcomer = () => ({
  name: 'Asha Verma',
  email: `${newId()}@new.example.com`,
  password: 'learn-by-doing',
})
const found = async (email: string) => {
  const [user] = await world.services.db.select().from(users).where(eq(users.email, email))
  return user
}

describe('the sign-up page', () => {
  it('tells browsers and password managers what each field is', async () => {
    const { $, status } = await world.browser().get('/sign-up?next=/courses/queues')
    expect(status).toBe(200)
    const form = $('form[action="/sign-up"][method="post"]')
    expect(form.find('[name=name]').attr('autocomplete')).toBe('name')
    expect(form.find('[name=email]').attr()).toMatchObject({
      type: 'email',
      inputmode: 'email',
      autocomplete: 'username',
    })
    expect(form.find('[name=password]').attr()).toMatchObject({
      type: 'password',
      autocomplete: 'new-password',
    })
    expect(form.find('[name=next]').val()).toBe('/courses/queues')
    for (const [name, label] of [
      ['name', 'Name'],
      ['email', 'Email'],
      ['password', 'Password'],
    ] as const) {
      const id = form.find(`[name=${name}]`).attr('id')
      expect(form.find(`label[for="${id}"]`).text()).toBe(label)
    }
    expect(form.find('button').text()).toBe('Sign up')
    expect($('main a[href^="/sign-in?"]').attr('href')).toBe('/sign-in?next=%2Fcourses%2Fqueues')
  })

  it('redirects who is signed in already', async () => {
    const { browser } = await person(world)
    expect(await browser.get('/sign-up')).toMatchObject({ status: 303, location: '/learning' })
    expect(await browser.get('/sign-up?next=/account')).toMatchObject({ status: 303, location: '/account' })
  })
})

describe('signing up', () => {
  it('creates an account and signs this browser in at once', async () => {
    const browser = world.browser()
    const given = newcomer()
    const answer = await browser.post('/sign-up', given, elsewhere())
    expect(answer).toMatchObject({ status: 303, location: '/learning' })
    const user = await found(given.email)
    expect(user).toMatchObject({
      name: 'Asha Verma',
      role: 'student',
      emailVerifiedAt: null,
      suspendedAt: null,
    })
    expect(user?.passwordHash).toMatch(/^scrypt\$16384\$8\$5\$/)
    expect(await isPassword(given.password, user?.passwordHash ?? '')).toBe(true)
    expect((await browser.get('/account')).html).toContain(given.email)
  })

  it('stores the address trimmed and in lower case, and the name on one line', async () => {
    const id = newId()
    const typed = { ...newcomer(), name: '  Asha \r\n\t Verma ', email: `  Asha.${id}@New.Example.COM ` }
    expect((await world.browser().post('/sign-up', typed, elsewhere())).status).toBe(303)
    expect(await found(`asha.${id}@new.example.com`)).toMatchObject({ name: 'Asha Verma' })
  })

  it('closes the session this browser had before', async () => {
    const { browser } = await person(world)
    const before = browser.cookies.get('session')
    await browser.post('/sign-up', newcomer(), elsewhere())
    const after = browser.cookies.get('session')
    expect(after).not.toBe(before)
    expect(await findSession(world, before)).toBeUndefined()
    expect(await findSession(world, after)).toBeDefined()
  })

  it('goes to `next` only within this site', async () => {
    const go = async (next: string) =>
      (await world.browser().post('/sign-up', { ...newcomer(), next }, elsewhere())).location
    expect(await go('/courses/queues?page=2')).toBe('/courses/queues?page=2')
    expect(await go('//evil.example')).toBe('/learning')
  })

  it('refuses a cross-site form', async () => {
    const given = newcomer()
    const headers = { ...elsewhere(), 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
    expect((await world.browser().post('/sign-up', given, headers)).status).toBe(403)
    expect(await found(given.email)).toBeUndefined()
  })
})

const guessed = 'This is one of the first passwords that are guessed. Choose another, such as a few words.'
const known =
  'This is your name, your email address or the name of this site, which are guessed first. Choose something else.'

describe('a sign-up form with problems', () => {
  const cases: [string, Record<string, string>, string, string][] = [
    ['no name', { name: '   ' }, 'name', 'Enter your name.'],
    ['a name that nobody can see', { name: '\u200b\u200b' }, 'name', 'Enter your name.'],
    ['a long name', { name: 'a'.repeat(101) }, 'name', 'Use at most 100 characters.'],
    ['no address', { email: '' }, 'email', 'Enter your email address.'],
    ['half an address', { email: 'asha@' }, 'email', 'Enter an email address like asha@example.com.'],
    ['a long address', { email: `${'a'.repeat(250)}@example.com` }, 'email', 'Use at most 254 characters.'],
    ['no password', { password: '' }, 'password', 'Enter a password.'],
    ['a short password', { password: '1234567' }, 'password', 'Use at least 8 characters.'],
    ['a long password', { password: 'a'.repeat(129) }, 'password', 'Use at most 128 characters.'],
    ['a common password', { password: 'Password123' }, 'password', guessed],
    ['a row of digits', { password: '12345678' }, 'password', guessed],
    ['their name', { name: 'Tara Vasudevan', password: 'taravasudevan' }, 'password', known],
    ['their address', { email: 'vasudevan.t@example.com', password: 'vasudevan.t' }, 'password', known],
    ['the name of the site', { password: 'CodeCrafters1' }, 'password', known],
  ]
  it.each(cases)('with %s says so at the field and stores nothing', async (_what, wrong, field, text) => {
    const browser = world.browser()
    const given = { ...newcomer(), ...wrong, next: '/courses/queues' }
    const { status, $ } = await browser.post('/sign-up', given)
    expect(status).toBe(422)
    const input = $(`[name=${field}]`)
    expect(input.attr('aria-invalid')).toBe('true')
    const error = $(`#${input.attr('aria-describedby')?.split(' ').at(-1)}`)
    expect(error.attr('role')).toBe('alert')
    expect(error.text()).toBe(text)
    expect($('.field-error')).toHaveLength(1)
    expect($('[autofocus]').attr('name')).toBe(field)
    expect($('form [name=name]').val()).toBe(given.name)
    expect($('form [name=email]').val()).toBe(given.email)
    expect($('form [name=password]').val()).toBeUndefined()
    expect($('form[action="/sign-up"] [name=next]').val()).toBe('/courses/queues')
    expect(browser.cookies.has('session')).toBe(false)
    expect(await found(given.email.trim().toLowerCase())).toBeUndefined()
  })

  it('that is empty names every field', async () => {
    const { status, $ } = await world.browser().post('/sign-up')
    expect(status).toBe(422)
    expect($('[autofocus]').attr('name')).toBe('name')
    expect(
      $('.field-error')
        .map((_, error) => $(error).text())
        .get(),
    ).toEqual(['Enter your name.', 'Enter your email address.', 'Enter a password.'])
  })

  it('with a taken address offers to sign in, however it is written', async () => {
    const { email } = await person(world)
    const typed = { ...newcomer(), email: ` ${email.toUpperCase()}`, next: '/account' }
    const { status, $ } = await world.browser().post('/sign-up', typed, elsewhere())
    expect(status).toBe(422)
    expect($('[autofocus]').attr('name')).toBe('email')
    expect($('#email-error').text()).toContain('There is already an account with this email address.')
    expect($('#email-error a').attr('href')).toBe('/sign-in?next=%2Faccount')
    const [row] = await world.services.db.select({ n: count() }).from(users).where(eq(users.email, email))
    expect(row?.n).toBe(1)
  })

  it('and another for the same address at the same moment: one wins', async () => {
    const given = newcomer()
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => world.browser().post('/sign-up', given, elsewhere())),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422, 422])
    const [row] = await world.services.db
      .select({ n: count() })
      .from(users)
      .where(eq(users.email, given.email))
    expect(row?.n).toBe(1)
  })
})

describe('many sign-ups from one network', () => {
  it('are refused with 429 for an hour, while other networks are not', async () => {
    const here = elsewhere()
    const answers = await Promise.all(
      Array.from({ length: 7 }, () => world.browser().post('/sign-up', newcomer(), here)),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 303, 303, 303, 303, 429, 429])
    const refused = answers.find(({ status }) => status === 429)
    expect(Number(refused?.headers.get('Retry-After'))).toBeGreaterThan(3500)
    expect(Number(refused?.headers.get('Retry-After'))).toBeLessThanOrEqual(hourSeconds)
    expect(refused?.$('[role=alert]').text()).toBe(
      'Too many sign-ups from your network. Try again in an hour.',
    )
    expect((await world.browser().post('/sign-up', newcomer(), elsewhere())).status).toBe(303)
    world.advance(hourSeconds)
    expect((await world.browser().post('/sign-up', newcomer(), here)).status).toBe(303)
  })
})
