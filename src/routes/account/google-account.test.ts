import { describe, expect, it } from 'vitest'
import type { BrowserSession } from '../../../test/browser-session'
import {
  continueWithGoogle,
  findByEmail,
  googleUser,
  isSignedInAs,
  password,
  signedInUser,
  storedUser,
  userWithPassword,
} from '../../../test/google'
import { linkWithoutEmail } from '../../../test/hijack'
import { mailsTo, newestMail } from '../../../test/mailbox'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'

const world = fileWorld()

describe('the linked Google account', () => {
  const card = async (browser: BrowserSession) =>
    (await browser.get('/account')).$('form[action="/account/google/delete"]').text()

  it('is shown on the account page with its present email address', async () => {
    const { browser } = await signedInUser(world)
    const someone = googleUser({ email: `Asha.Rao-${crypto.randomUUID()}@gmail.com` })
    await continueWithGoogle(world, browser, someone, '/account')
    await browser.post('/sign-in/google/link', { password })
    expect(await card(browser)).toContain(someone.email.toLowerCase())
    const renamed = { ...someone, email: `asha-${crypto.randomUUID()}@gmail.com` }
    await continueWithGoogle(world, browser, renamed, '/account')
    expect(await card(browser)).toContain(renamed.email)
  })

  it('is shown without an address where none is stored', async () => {
    const { id, browser } = await person(world)
    await linkWithoutEmail(world, id)
    expect(await card(browser)).toContain('A Google account is linked')
  })

  it('is announced to the owner by email, however it was linked', async () => {
    const { email, browser } = await signedInUser(world)
    const linked = googleUser()
    await continueWithGoogle(world, browser, linked, '/account')
    await browser.post('/sign-in/google/link', { password })
    for (const emailVerifiedAt of [new Date(), null]) {
      const same = googleUser()
      await userWithPassword(world, { email: same.email, emailVerifiedAt })
      await continueWithGoogle(world, world.browser(), same)
      await world.runJobs()
      expect((await newestMail(world, same.email)).text).toContain(
        `The Google account ${same.email} was just linked`,
      )
    }
    const { subject, text, html } = await newestMail(world, email)
    expect(subject).toContain('A Google account was linked')
    for (const body of [text, html]) {
      expect(body).toContain(linked.email)
      expect(body).toContain(`${world.origin}/account`)
    }
  })

  it('is not announced to who signs up or signs in with it', async () => {
    const someone = googleUser()
    const browser = world.browser()
    for (let times = 0; times < 2; times++) await continueWithGoogle(world, browser, someone)
    await world.runJobs()
    expect(await mailsTo(world, { email: someone.email })).toEqual([])
  })
})

describe('unlinking', () => {
  it('removes Google from an account that has a password', async () => {
    const someone = googleUser()
    const { id } = await userWithPassword(world, { email: someone.email })
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
      expect((await storedUser(world, id)).accounts).toEqual([])
    }
    expect(await isSignedInAs(browser, someone.email)).toBe(true)
  })

  it('is refused while Google is the only way to sign in', async () => {
    const someone = googleUser()
    const browser = world.browser()
    await continueWithGoogle(world, browser, someone)
    const { status, $ } = await browser.post('/account/google/delete')
    expect([status, $('h1').text()]).toEqual([409, 'Set a password first'])
    expect($('main a[href="/password-reset"]')).toHaveLength(1)
    const [{ id } = { id: '' }] = await findByEmail(world, someone.email)
    expect((await storedUser(world, id)).accounts).toHaveLength(1)
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
