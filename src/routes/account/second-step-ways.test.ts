import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { continueWithGoogle, googleUser, toCallback } from '../../../test/google'
import { linkWithoutEmail } from '../../../test/hijack'
import { askForReset, newcomer } from '../../../test/mailbox'
import { memberPassword } from '../../../test/member'
import { codeNow, isSignedIn, nextCode, turnOn, twoFactorMember } from '../../../test/two-factor'
import { fileWorld } from '../../../test/world'
import { accounts, sessions, twoFactors, users } from '../../db/schema'

const world = fileWorld()
const page = '/sign-in/two-factor'
const newPassword = 'another password'

const googleOf = ({ id }: { id: string }) =>
  world.services.db.select().from(accounts).where(eq(accounts.userId, id))
const countSessions = async ({ id }: { id: string }) =>
  (await world.services.db.select().from(sessions).where(eq(sessions.userId, id))).length
const hasTwoFactor = async ({ id }: { id: string }) =>
  (await world.services.db.select().from(twoFactors).where(eq(twoFactors.userId, id))).length === 1

describe('Google', () => {
  it('leads a linked account to the second step, and then where it was to lead', async () => {
    const asha = await twoFactorMember(world)
    const google = googleUser()
    await linkWithoutEmail(world, asha.id, google.sub)
    const browser = world.browser()
    const { location } = await continueWithGoogle(world, browser, google, '/account/sessions')
    expect(location).toBe(page)
    expect(await isSignedIn(browser)).toBe(false)
    const { location: to } = await browser.post(page, { code: await nextCode(world, asha.secret) })
    expect(to).toBe('/account/sessions')
    expect(await isSignedIn(browser)).toBe(true)
  })

  it('leads an account with the same address there, too', async () => {
    const asha = await twoFactorMember(world)
    await world.services.db
      .update(users)
      .set({ email: `asha-${asha.id}@gmail.com` })
      .where(eq(users.id, asha.id))
    const browser = world.browser()
    const google = googleUser({ email: `asha-${asha.id}@gmail.com` })
    expect((await continueWithGoogle(world, browser, google)).location).toBe(page)
    expect(await isSignedIn(browser)).toBe(false)
  })

  it('is linked by a password only after the second step', async () => {
    const asha = await twoFactorMember(world)
    const browser = world.browser()
    const google = googleUser({ email: asha.email })
    await continueWithGoogle(world, browser, google, '/purchases')
    const { location } = await browser.post('/sign-in/google/link', { password: memberPassword })
    expect(location).toBe(page)
    expect(await googleOf(asha)).toEqual([])
    expect((await browser.post(page, { code: '000000' })).status).toBe(422)
    expect(await googleOf(asha)).toEqual([])
    const { location: to } = await browser.post(page, { code: await nextCode(world, asha.secret) })
    expect(to).toBe('/purchases')
    expect((await googleOf(asha)).map(({ providerAccountId }) => providerAccountId)).toEqual([google.sub])
    expect((await browser.get('/purchases')).$('[role=status]').text()).toContain('sign in with Google, too')
  })

  it('is not linked where it became somebody else’s before the second step', async () => {
    const asha = await twoFactorMember(world)
    const before = await countSessions(asha)
    const browser = world.browser()
    const google = googleUser({ email: asha.email })
    await continueWithGoogle(world, browser, google)
    await browser.post('/sign-in/google/link', { password: memberPassword })
    const meera = await twoFactorMember(world)
    await linkWithoutEmail(world, meera.id, google.sub)
    const { status } = await browser.post(page, { code: await nextCode(world, asha.secret) })
    expect([status, await googleOf(asha)]).toEqual([409, []])
    expect(await countSessions(asha)).toBe(before)
  })

  it('still signs in at once who has one factor', async () => {
    const browser = world.browser()
    const google = googleUser()
    expect((await browser.get(await toCallback(world, browser, google))).location).toBe('/learning')
    expect(await isSignedIn(browser)).toBe(true)
  })
})

describe('a new password', () => {
  it.each(['code', 'link'] as const)('by %s is saved, and asks for the second step', async (way) => {
    const asha = await twoFactorMember(world)
    const { browser, code, token } = await askForReset(world, asha.email)
    if (way === 'code') await browser.post('/password-reset/code', { code })
    else await browser.post('/password-reset/link', { token })
    const { location } = await browser.post('/password-reset/new', { password: newPassword })
    expect(location).toBe(page)
    expect(await isSignedIn(browser)).toBe(false)
    expect(await countSessions(asha)).toBe(0)
    expect((await browser.get(page)).$('[role=status]').text()).toContain('Your new password is saved')
    expect(await hasTwoFactor(asha)).toBe(true)
    const { location: to } = await browser.post(page, { code: await nextCode(world, asha.secret) })
    expect(to).toBe('/learning')
    expect(await isSignedIn(browser)).toBe(true)
  })
})

describe('confirming an email address', () => {
  it('with the password in another browser asks for the second step', async () => {
    const { browser, email, mail } = await newcomer(world)
    const { secret } = await turnOn(world, browser)
    const other = world.browser()
    const { location } = await other.post('/verify-email', {
      token: mail.token,
      choice: 'keep',
      password: memberPassword,
    })
    expect(location).toBe(page)
    expect(await isSignedIn(other)).toBe(false)
    const [user] = await world.services.db.select().from(users).where(eq(users.email, email))
    expect(user?.emailVerifiedAt).not.toBeNull()
    expect(await hasTwoFactor({ id: user?.id ?? '' })).toBe(true)
    await other.post(page, { code: await nextCode(world, secret) })
    expect(await isSignedIn(other)).toBe(true)
  })

  it('takes two factors away that a stranger has set up with somebody’s address', async () => {
    const { browser: stranger, email, mail } = await newcomer(world)
    const { secret } = await turnOn(world, stranger)
    const pending = world.browser()
    await pending.post('/sign-in', { email, password: memberPassword })
    const owner = world.browser()
    await owner.post('/verify-email', { token: mail.token, choice: 'new' })
    const { location } = await owner.post('/password-reset/new', { password: newPassword })
    expect(location).toBe('/learning')
    expect(await isSignedIn(owner)).toBe(true)
    await pending.post(page, { code: await codeNow(world, secret, 1) })
    expect(await isSignedIn(pending)).toBe(false)
    expect(await isSignedIn(stranger)).toBe(false)
  })

  it('by choosing a new password for it does the same', async () => {
    const { browser, email } = await newcomer(world)
    await turnOn(world, browser)
    const { browser: owner, token } = await askForReset(world, email)
    await owner.post('/password-reset/link', { token })
    expect((await owner.post('/password-reset/new', { password: newPassword })).location).toBe('/learning')
    const [user] = await world.services.db.select().from(users).where(eq(users.email, email))
    expect(await hasTwoFactor({ id: user?.id ?? '' })).toBe(false)
  })
})
