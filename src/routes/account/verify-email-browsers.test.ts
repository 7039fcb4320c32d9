import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { storedUser } from '../../../test/google'
import { newcomer as signUp } from '../../../test/mailbox'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { users } from '../../db/schema'
import { createVerificationToken } from '../../models/account/verification-link'

const password = 'learn-by-doing'
const world = fileWorld({ environment: { LIMIT_SIGN_UPS_PER_HOUR: '1000' } })

/** Somebody who has just signed up, and is signed in in a second browser, too. */
async function newcomer() {
  const { browser, email, mail } = await signUp(world)
  const second = world.browser()
  await second.post('/sign-in', { email, password })
  const { link, token } = mail
  const [user] = await world.services.db.select().from(users).where(eq(users.email, email))
  return { browser, second, email, link, token, id: user?.id ?? '' }
}
const isIn = async (browser: Awaited<ReturnType<typeof newcomer>>['browser']) =>
  (await browser.get('/account')).status === 200
const signsIn = async (email: string, typed: string) =>
  (await world.browser().post('/sign-in', { email, password: typed })).status === 303

describe('the link in the browser that is signed in', () => {
  it('keeps this session and the password, and ends every other session', async () => {
    const { browser, second, email, link, token } = await newcomer()
    const { $ } = await browser.get(link)
    expect($('main [name=password]')).toHaveLength(0)
    const form = $('main form').first()
    expect(form.find('[name=choice]').val()).toBe('keep')
    expect(form.find('button').text()).toBe('Confirm address')
    const answer = await browser.post('/verify-email', { token, choice: 'keep' })
    expect(answer).toMatchObject({ status: 303, location: '/learning' })
    expect([await isIn(browser), await isIn(second)]).toEqual([true, false])
    expect(await signsIn(email, password)).toBe(true)
    expect((await browser.get('/account')).html).toContain('Verified')
  })

  it('offers a new password to who did not create the account', async () => {
    const { browser, email, link, token } = await newcomer()
    const { $ } = await browser.get(link)
    expect($('main form').last().find('[name=choice]').val()).toBe('new')
    const answer = await browser.post('/verify-email', { token, choice: 'new' })
    expect(answer).toMatchObject({ status: 303, location: '/password-reset/new' })
    expect([await isIn(browser), await signsIn(email, password)]).toEqual([false, false])
    await browser.post('/password-reset/new', { password: 'my-very-own-one' })
    expect([await isIn(browser), await signsIn(email, 'my-very-own-one')]).toEqual([true, true])
  })

  it('changes nothing when the session has ended meanwhile, and asks for the password', async () => {
    const { browser, second, id, token } = await newcomer()
    await browser.post('/sign-out')
    const before = await storedUser(world, id)
    const { status, $ } = await browser.post('/verify-email', { token, choice: 'keep' })
    expect([status, $('main [role=alert]').text()]).toEqual([409, expect.stringContaining('not signed in')])
    expect($('main [name=password]')).toHaveLength(1)
    expect(await storedUser(world, id)).toEqual(before)
    expect(await isIn(second)).toBe(true)
  })
})

describe('the link in another browser', () => {
  it('asks for the password or offers a new one', async () => {
    const { link, token } = await newcomer()
    const { $ } = await world.browser().get(link)
    expect($('label[for=password]').text()).toBe('Password')
    expect($('#password').attr()).toMatchObject({ type: 'password', autocomplete: 'current-password' })
    const forms = $('main form[method=post][action="/verify-email"]')
    expect(forms.map((_, form) => $(form).find('button').text()).get()).toEqual([
      'Confirm address',
      'Choose a new password',
    ])
    expect(forms.map((_, form) => $(form).find('[name=token]').val()).get()).toEqual([token, token])
  })

  it('keeps the password that is typed, signs in, and ends every other session', async () => {
    const { browser, second, email, token } = await newcomer()
    const elsewhere = world.browser()
    expect(await elsewhere.post('/verify-email', { token, password })).toMatchObject({
      status: 303,
      location: '/learning',
    })
    expect([await isIn(elsewhere), await isIn(browser), await isIn(second)]).toEqual([true, false, false])
    expect(await signsIn(email, password)).toBe(true)
    expect((await world.browser().post('/verify-email', { token, password })).status).toBe(410)
  })

  it('changes nothing for a wrong password or none, and counts it as a failed sign-in', async () => {
    const { browser, id, token } = await newcomer()
    const before = await storedUser(world, id)
    const elsewhere = world.browser()
    for (let times = 0; times < 10; times++) {
      const { status, $ } = await elsewhere.post('/verify-email', { token, password: times ? 'no' : '' })
      expect([status, $('#password-error').text()]).toEqual([422, expect.stringContaining('password')])
    }
    expect((await elsewhere.post('/verify-email', { token, password })).status).toBe(429)
    expect(await storedUser(world, id)).toEqual(before)
    expect(await isIn(browser)).toBe(true)
  })

  it('says who is signed in there, and switches the user', async () => {
    const { email, link, token } = await newcomer()
    const other = await person(world)
    const { $ } = await other.browser.get(link)
    expect($('main').text()).toContain(`You are signed in as ${other.email}`)
    await other.browser.post('/verify-email', { token, password })
    expect((await other.browser.get('/account')).html).toContain(email)
    expect((await storedUser(world, other.id)).sessions).toEqual([])
  })

  it('does not sign in a suspended user', async () => {
    const { id, token } = await newcomer()
    await world.services.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, id))
    const elsewhere = world.browser()
    const { status, $ } = await elsewhere.post('/verify-email', { token, password })
    expect([status, $('main [role=alert]').text()]).toEqual([403, expect.stringContaining('suspended')])
    expect(elsewhere.cookies.has('session')).toBe(false)
  })
})

describe('a link used after the address is verified', () => {
  it('revokes nothing', async () => {
    const { browser, id, email, token } = await newcomer()
    await browser.post('/verify-email', { token })
    const late = await createVerificationToken(world.services, email)
    const before = await storedUser(world, id)
    const page = await world.browser().get(`/verify-email?token=${late}`)
    expect(page.$('h1').text()).toBe('Your email address is confirmed')
    const elsewhere = world.browser()
    const answer = await elsewhere.post('/verify-email', { token: late, choice: 'new' })
    expect(answer).toMatchObject({ status: 303, location: '/sign-in' })
    expect(elsewhere.cookies.has('reset-grant')).toBe(false)
    expect(await storedUser(world, id)).toEqual(before)
  })
})
