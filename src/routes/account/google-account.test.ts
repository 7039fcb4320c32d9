import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import type { BrowserSession } from '../../../test/browser-session'
import {
  continueWithGoogle,
  findByEmail,
  googleUser,
  kept,
  member,
  password,
  toCallback,
} from '../../../test/google'
import { linkedBefore } from '../../../test/hijack'
import { mailsTo, newestMail } from '../../../test/mailbox'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { users } from '../../db/schema'

const world = fileWorld()

const isSignedIn = async (browser: BrowserSession, email: string) => {
  const { status, html } = await browser.get('/account')
  return status === 200 && html.includes(email)
}

describe('linking from the account page', () => {
  const signedInMember = async () => {
    const { id, email } = await member(world)
    const browser = world.browser()
    await browser.post('/sign-in', { email, password })
    return { id, email, browser }
  }

  it('asks for the password, then links whatever address Google has', async () => {
    const { id, email, browser } = await signedInMember()
    const { $ } = await browser.get('/account')
    expect($('main a[href="/sign-in/google?next=%2Faccount"]').text().trim()).toBe('Continue with Google')
    const someone = googleUser()
    const back = await continueWithGoogle(world, browser, someone, '/account')
    expect(back.location).toBe('/sign-in/google/link')
    expect((await kept(world, id)).accounts).toEqual([])
    expect(await browser.post('/sign-in/google/link', { password })).toMatchObject({ location: '/account' })
    expect((await kept(world, id)).accounts).toMatchObject([{ providerAccountId: someone.sub }])
    expect(await findByEmail(world, someone.email)).toEqual([])
    const visitor = world.browser()
    await continueWithGoogle(world, visitor, someone)
    expect(await isSignedIn(visitor, email)).toBe(true)
    const again = await continueWithGoogle(world, browser, someone, '/account')
    expect(again).toMatchObject({ status: 303, location: '/account' })
    expect((await browser.get('/account')).html).toContain('You sign in with this Google account already.')
  })

  it('refuses the Google account of somebody else', async () => {
    const someone = googleUser()
    await continueWithGoogle(world, world.browser(), someone)
    const [{ id: theirs } = { id: '' }] = await findByEmail(world, someone.email)
    const { id, email, browser } = await signedInMember()
    const before = await kept(world, theirs)
    const { status, $ } = await continueWithGoogle(world, browser, someone, '/account')
    expect([status, $('h1').text()]).toEqual([409, 'This Google account belongs to another account'])
    expect(await isSignedIn(browser, email)).toBe(true)
    expect((await kept(world, id)).accounts).toEqual([])
    expect(await kept(world, theirs)).toEqual(before)
  })

  it('refuses it, too, when it became somebody else’s while the password was asked', async () => {
    const someone = googleUser()
    const { id, browser } = await signedInMember()
    await continueWithGoogle(world, browser, someone, '/account')
    await continueWithGoogle(world, world.browser(), someone)
    expect((await browser.post('/sign-in/google/link', { password })).status).toBe(409)
    expect((await kept(world, id)).accounts).toEqual([])
  })

  it('links nothing when another person is signed in on the way back', async () => {
    const { id, browser } = await signedInMember()
    const other = await person(world)
    const path = await toCallback(world, browser, googleUser(), '/account')
    browser.cookies.set('session', other.browser.cookies.get('session') ?? '')
    expect((await browser.get(path)).status).toBe(409)
    expect((await kept(world, id)).accounts).toEqual([])
    expect((await kept(world, other.id)).accounts).toEqual([])
  })

  it('puts another Google account in the place of the first', async () => {
    const { id, browser } = await signedInMember()
    const [first, second] = [googleUser(), googleUser()]
    for (const someone of [first, second]) {
      await continueWithGoogle(world, browser, someone, '/account')
      await browser.post('/sign-in/google/link', { password })
    }
    expect((await kept(world, id)).accounts).toMatchObject([{ providerAccountId: second.sub }])
  })
})

describe('whose Google it is', () => {
  const card = async (browser: BrowserSession) =>
    (await browser.get('/account')).$('form[action="/account/google/delete"]').text()

  it('stands on the account page, as Google says it today', async () => {
    const { email } = await member(world)
    const browser = world.browser()
    await browser.post('/sign-in', { email, password })
    const someone = googleUser({ email: `Asha.Rao-${crypto.randomUUID()}@gmail.com` })
    await continueWithGoogle(world, browser, someone, '/account')
    await browser.post('/sign-in/google/link', { password })
    expect(await card(browser)).toContain(someone.email.toLowerCase())
    const renamed = { ...someone, email: `asha-${crypto.randomUUID()}@gmail.com` }
    await continueWithGoogle(world, browser, renamed, '/account')
    expect(await card(browser)).toContain(renamed.email)
  })

  it('is not known of what was linked before it was kept', async () => {
    const { id, browser } = await person(world)
    await linkedBefore(world, id)
    expect(await card(browser)).toContain('A Google account is linked')
  })

  it('is told to the owner by mail, whoever linked it and however', async () => {
    const { email } = await member(world)
    const browser = world.browser()
    await browser.post('/sign-in', { email, password })
    const linked = googleUser()
    await continueWithGoogle(world, browser, linked, '/account')
    await browser.post('/sign-in/google/link', { password })
    for (const emailVerifiedAt of [new Date(), null]) {
      const same = googleUser()
      await member(world, { email: same.email, emailVerifiedAt })
      await continueWithGoogle(world, world.browser(), same)
      await world.runJobs()
      expect((await newestMail(world, same.email)).text).toContain(
        `the Google account ${same.email} was linked`,
      )
    }
    const { subject, text, html } = await newestMail(world, email)
    expect(subject).toContain('A Google account was linked')
    for (const body of [text, html]) {
      expect(body).toContain(linked.email)
      expect(body).toContain(`${world.origin}/account`)
    }
  })

  it('is no news to who makes an account with it, or signs in with it again', async () => {
    const someone = googleUser()
    for (let times = 0; times < 2; times++) await continueWithGoogle(world, world.browser(), someone)
    await world.runJobs()
    expect(await mailsTo(world, { email: someone.email })).toEqual([])
  })
})

describe('before the own address is verified', () => {
  it('the account page offers no Google, and says what comes first', async () => {
    const { browser } = await person(world, { isVerified: false })
    const { $ } = await browser.get('/account')
    expect($('main a[href^="/sign-in/google"]')).toHaveLength(0)
    expect($('main a[href="/verify-email"]').text()).toBe('Confirm your e-mail address')
  })

  it('nothing is linked, even when the password was asked for already', async () => {
    const { id, email } = await member(world)
    const browser = world.browser()
    await browser.post('/sign-in', { email, password })
    await continueWithGoogle(world, browser, googleUser(), '/account')
    await world.services.db.update(users).set({ emailVerifiedAt: null }).where(eq(users.id, id))
    const before = await kept(world, id)
    const { status, $ } = await browser.post('/sign-in/google/link', { password })
    expect([status, $('h1').text()]).toEqual([403, 'Confirm your address first'])
    expect($('main [role=alert]').text()).toContain('only after you have confirmed')
    expect($('main a.button').attr('href')).toBe('/verify-email')
    expect(await kept(world, id)).toEqual(before)
  })

  it('a Google account of the same address, linked long ago, proves it: all else goes', async () => {
    const { id, email } = await member(world, { emailVerifiedAt: null })
    const stranger = world.browser()
    await stranger.post('/sign-in', { email, password })
    const own = googleUser({ email })
    await linkedBefore(world, id, own.sub)
    const browser = world.browser()
    await continueWithGoogle(world, browser, own)
    const { user, accounts, sessions } = await kept(world, id)
    expect(user).toMatchObject([{ passwordHash: null, emailVerifiedAt: expect.any(Date) }])
    expect(accounts).toMatchObject([{ providerAccountId: own.sub, email }])
    expect(sessions).toHaveLength(1)
    expect([await isSignedIn(browser, email), await isSignedIn(stranger, email)]).toEqual([true, false])
  })
})

describe('unlinking', () => {
  it('takes Google off an account that has a password', async () => {
    const someone = googleUser()
    const { id } = await member(world, { email: someone.email })
    const browser = world.browser()
    await continueWithGoogle(world, browser, someone)
    expect((await browser.get('/account')).$('form[action="/account/google/delete"] button').text()).toBe(
      'Unlink Google',
    )
    for (let twice = 0; twice < 2; twice++) {
      expect(await browser.post('/account/google/delete')).toMatchObject({
        status: 303,
        location: '/account',
      })
      expect((await kept(world, id)).accounts).toEqual([])
    }
    expect(await isSignedIn(browser, someone.email)).toBe(true)
  })

  it('is refused kindly while Google is the only way in', async () => {
    const someone = googleUser()
    const browser = world.browser()
    await continueWithGoogle(world, browser, someone)
    const { status, $ } = await browser.post('/account/google/delete')
    expect([status, $('h1').text()]).toEqual([409, 'Set a password first'])
    expect($('main a[href="/password-reset"]')).toHaveLength(1)
    const [{ id } = { id: '' }] = await findByEmail(world, someone.email)
    expect((await kept(world, id)).accounts).toHaveLength(1)
  })

  it('is for who is signed in, and comes back to the account page', async () => {
    expect(await world.browser().post('/account/google/delete')).toMatchObject({
      status: 303,
      location: '/sign-in?next=%2Faccount',
    })
    const { browser } = await person(world)
    const forged = await browser.post('/account/google/delete', {}, { 'Sec-Fetch-Site': 'cross-site' })
    expect(forged.status).toBe(403)
  })
})

describe('a Google account that became somebody else’s meanwhile', () => {
  it('is refused before the password is looked at: no guess is counted, no session begins', async () => {
    const someone = googleUser()
    const { id, email } = await member(world)
    const browser = world.browser()
    await browser.post('/sign-in', { email, password })
    await continueWithGoogle(world, browser, someone, '/account')
    await continueWithGoogle(world, world.browser(), someone)
    const waiting = browser.cookies.get('google-link') ?? ''
    const before = await kept(world, id)
    for (const typed of ['not-the-password', password]) {
      browser.cookies.set('google-link', waiting)
      expect((await browser.post('/sign-in/google/link', { password: typed })).status).toBe(409)
    }
    expect(await kept(world, id)).toEqual(before)
    expect(await isSignedIn(browser, email)).toBe(true)
  })
})
