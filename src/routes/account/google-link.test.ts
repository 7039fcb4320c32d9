import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import {
  continueWithGoogle,
  findByEmail,
  googleUser,
  isSignedInAs,
  password,
  signedInUser,
  storedUser,
  toCallback,
  userWithPassword,
} from '../../../test/google'
import { linkWithoutEmail } from '../../../test/hijack'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { users } from '../../db/schema'

const world = fileWorld()

describe('linking from the account page', () => {
  it('asks for the password, then links whatever address Google has', async () => {
    const { id, email, browser } = await signedInUser(world)
    const { $ } = await browser.get('/account')
    expect($('main a[href="/sign-in/google?next=%2Faccount"]').text().trim()).toBe('Continue with Google')
    const someone = googleUser()
    const back = await continueWithGoogle(world, browser, someone, '/account')
    expect(back.location).toBe('/sign-in/google/link')
    expect((await storedUser(world, id)).accounts).toEqual([])
    expect(await browser.post('/sign-in/google/link', { password })).toMatchObject({ location: '/account' })
    expect((await storedUser(world, id)).accounts).toMatchObject([{ providerAccountId: someone.sub }])
    expect(await findByEmail(world, someone.email)).toEqual([])
    const visitor = world.browser()
    await continueWithGoogle(world, visitor, someone)
    expect(await isSignedInAs(visitor, email)).toBe(true)
    const again = await continueWithGoogle(world, browser, someone, '/account')
    expect(again).toMatchObject({ status: 303, location: '/account' })
    expect((await browser.get('/account')).html).toContain(
      'This Google account is already linked to your account.',
    )
  })

  it('refuses the Google account of somebody else', async () => {
    const someone = googleUser()
    await continueWithGoogle(world, world.browser(), someone)
    const [{ id: theirs } = { id: '' }] = await findByEmail(world, someone.email)
    const { id, email, browser } = await signedInUser(world)
    const before = await storedUser(world, theirs)
    const { status, $ } = await continueWithGoogle(world, browser, someone, '/account')
    expect([status, $('h1').text()]).toEqual([409, 'This Google account is linked to another account'])
    expect(await isSignedInAs(browser, email)).toBe(true)
    expect((await storedUser(world, id)).accounts).toEqual([])
    expect(await storedUser(world, theirs)).toEqual(before)
  })

  it('refuses it, too, when it became somebody else’s while the password was asked', async () => {
    const someone = googleUser()
    const { id, browser } = await signedInUser(world)
    await continueWithGoogle(world, browser, someone, '/account')
    await continueWithGoogle(world, world.browser(), someone)
    expect((await browser.post('/sign-in/google/link', { password })).status).toBe(409)
    expect((await storedUser(world, id)).accounts).toEqual([])
  })

  it('links nothing when another person is signed in on the way back', async () => {
    const { id, browser } = await signedInUser(world)
    const other = await person(world)
    const path = await toCallback(world, browser, googleUser(), '/account')
    browser.cookies.set('session', other.browser.cookies.get('session') ?? '')
    expect((await browser.get(path)).status).toBe(409)
    expect((await storedUser(world, id)).accounts).toEqual([])
    expect((await storedUser(world, other.id)).accounts).toEqual([])
  })

  it('replaces the first Google account by a second', async () => {
    const { id, browser } = await signedInUser(world)
    const [first, second] = [googleUser(), googleUser()]
    for (const someone of [first, second]) {
      await continueWithGoogle(world, browser, someone, '/account')
      await browser.post('/sign-in/google/link', { password })
    }
    expect((await storedUser(world, id)).accounts).toMatchObject([{ providerAccountId: second.sub }])
  })
})

describe('a Google account that became somebody else’s meanwhile', () => {
  it('is refused before the password is checked: no guess is counted, no session begins', async () => {
    const someone = googleUser()
    const { id, email, browser } = await signedInUser(world)
    await continueWithGoogle(world, browser, someone, '/account')
    await continueWithGoogle(world, world.browser(), someone)
    const waiting = browser.cookies.get('google-link') ?? ''
    const before = await storedUser(world, id)
    for (const typed of ['not-the-password', password]) {
      browser.cookies.set('google-link', waiting)
      expect((await browser.post('/sign-in/google/link', { password: typed })).status).toBe(409)
    }
    expect(await storedUser(world, id)).toEqual(before)
    expect(await isSignedInAs(browser, email)).toBe(true)
  })
})

describe('before the user’s own address is verified', () => {
  it('the account page offers no linking, and says what to do first', async () => {
    const { browser } = await person(world, { isVerified: false })
    const { $ } = await browser.get('/account')
    expect($('main a[href^="/sign-in/google"]')).toHaveLength(0)
    expect($('main a[href="/verify-email"]').text()).toBe('Confirm your email address')
  })

  it('nothing is linked, even when the password was asked for already', async () => {
    const { id, browser } = await signedInUser(world)
    await continueWithGoogle(world, browser, googleUser(), '/account')
    await world.services.db.update(users).set({ emailVerifiedAt: null }).where(eq(users.id, id))
    const before = await storedUser(world, id)
    const { status, $ } = await browser.post('/sign-in/google/link', { password })
    expect([status, $('h1').text()]).toEqual([403, 'Confirm your email address first'])
    expect($('main [role=alert]').text()).toContain('once you have confirmed')
    expect($('main a.button').attr('href')).toBe('/verify-email')
    expect(await storedUser(world, id)).toEqual(before)
  })

  it('signing in with a linked Google account of the same address verifies it, and revokes all else', async () => {
    const { id, email } = await userWithPassword(world, { emailVerifiedAt: null })
    const stranger = world.browser()
    await stranger.post('/sign-in', { email, password })
    const own = googleUser({ email })
    await linkWithoutEmail(world, id, own.sub)
    const browser = world.browser()
    await continueWithGoogle(world, browser, own)
    const { user, accounts, sessions } = await storedUser(world, id)
    expect(user).toMatchObject([{ passwordHash: null, emailVerifiedAt: expect.any(Date) }])
    expect(accounts).toMatchObject([{ providerAccountId: own.sub, email }])
    expect(sessions).toHaveLength(1)
    expect([await isSignedInAs(browser, email), await isSignedInAs(stranger, email)]).toEqual([true, false])
  })
})
