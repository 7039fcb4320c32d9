import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { continueWithGoogle, googleUser, isSignedInAs, storedUser, toCallback } from '../../../test/google'
import { holdRows } from '../../../test/held-row'
import { hijack, strangersAccess, strangersPassword } from '../../../test/hijack'
import { askForReset } from '../../../test/mailbox'
import { fileWorld } from '../../../test/world'
import { limits, users } from '../../db/schema'

const password = 'the-owner-knows-this'
const world = fileWorld({
  environment: { LIMIT_RESETS_PER_HOUR: '1000', LIMIT_SIGN_UPS_PER_HOUR: '1000' },
})

type Hijacked = Awaited<ReturnType<typeof hijack>>
const ownersGoogle = ({ email }: Hijacked) => googleUser({ email })

/** Each way to verify the address, up to the last request, in the owner's browser. */
const ways = {
  'the mailed link': async ({ token }: Hijacked) => {
    const browser = world.browser()
    return { browser, verify: () => browser.post('/verify-email', { token }) }
  },
  'a new password': async ({ email }: Hijacked) => {
    const { browser, token } = await askForReset(world, email)
    await browser.post('/password-reset/link', { token })
    return { browser, verify: () => browser.post('/password-reset/new', { password }) }
  },
  Google: async (account: Hijacked) => {
    const browser = world.browser()
    const path = await toCallback(world, browser, ownersGoogle(account))
    return { browser, verify: () => browser.get(path) }
  },
}
const wayNames = Object.keys(ways) as (keyof typeof ways)[]

describe('a stranger who signed up with somebody else’s address', () => {
  it.each(wayNames)('has no way in any more when the owner verifies it by %s', async (way) => {
    const account = await hijack(world)
    expect(await strangersAccess(world, account)).toEqual(['session', 'password', 'google'])
    const { browser, verify } = await ways[way](account)
    expect((await verify()).status).toBe(303)
    expect(await strangersAccess(world, account)).toEqual([])
    if (way !== 'the mailed link') return expect(await isSignedInAs(browser, account.email)).toBe(true)
    expect((await browser.post('/password-reset/new', { password })).status).toBe(303)
    expect(await isSignedInAs(browser, account.email)).toBe(true)
    return expect(await strangersAccess(world, account)).toEqual([])
  })

  it('has none either when the owner confirms the address first and resets the password later', async () => {
    const account = await hijack(world)
    await world.browser().post('/verify-email', { token: account.token })
    const { browser, verify } = await ways['a new password'](account)
    expect((await verify()).status).toBe(303)
    expect(await strangersAccess(world, account)).toEqual([])
    expect(await isSignedInAs(browser, account.email)).toBe(true)
  })

  it('cannot link a Google account at all', async () => {
    const { userId, stranger } = await hijack(world)
    const before = await storedUser(world, userId)
    const another = googleUser()
    const refused = await continueWithGoogle(world, stranger.browser, another, '/account')
    expect([refused.status, refused.$('h1').text()]).toEqual([403, 'Confirm your email address first'])
    await stranger.browser.post('/sign-in/google/link', { password: strangersPassword })
    expect((await storedUser(world, userId)).accounts).toEqual(before.accounts)
  })

  it('gains nothing from a link that a scanner looked at', async () => {
    const { userId, link } = await hijack(world)
    const before = await storedUser(world, userId)
    for (let times = 0; times < 2; times++) await world.browser().get(link)
    expect(await storedUser(world, userId)).toEqual(before)
  })
})

/** Sends two requests that both wait for the user's row, in this order. */
async function oneAfterAnother<A, B>(userId: string, first: () => Promise<A>, second: () => Promise<B>) {
  const row = await holdRows(world, (tx) => tx.select().from(users).where(eq(users.id, userId)).for('update'))
  const one = first()
  await row.waiting(1, 'select')
  const other = second()
  await row.waiting(2, 'select')
  await row.release()
  return [await one, await other] as const
}

describe('at the same moment', () => {
  it.each(wayNames)('a sign-in by the old password does not outlive %s', async (way) => {
    const account = await hijack(world)
    const { email, userId } = account
    const { verify } = await ways[way](account)
    const late = world.browser()
    const signIn = () => late.post('/sign-in', { email, password: strangersPassword })
    const [verified] = await oneAfterAnother(userId, verify, signIn)
    expect(verified.status).toBe(303)
    expect(await isSignedInAs(late, email)).toBe(false)
    expect(await strangersAccess(world, account)).toEqual([])
  })

  it.each(wayNames)('a sign-in by the old Google link does not outlive %s', async (way) => {
    const account = await hijack(world)
    const { verify } = await ways[way](account)
    const late = world.browser()
    const path = await toCallback(world, late, account.stranger.google)
    const [verified] = await oneAfterAnother(account.userId, verify, () => late.get(path))
    expect(verified.status).toBe(303)
    expect(await isSignedInAs(late, account.email)).toBe(false)
    expect(await strangersAccess(world, account)).toEqual([])
  })

  it('the mailed link pressed in two browsers works in one, and leaves one state', async () => {
    const { email, userId, token, stranger } = await hijack(world)
    const press = (browser: typeof stranger.browser) => () => browser.post('/verify-email', { token })
    const [alone, signedIn] = await oneAfterAnother(userId, press(world.browser()), press(stranger.browser))
    expect([alone.status, signedIn.status]).toEqual([303, 410])
    const { user, sessions: open, accounts } = await storedUser(world, userId)
    expect(user).toMatchObject([{ passwordHash: null, emailVerifiedAt: expect.any(Date) }])
    expect([open, accounts]).toEqual([[], []])
    expect(await isSignedInAs(stranger.browser, email)).toBe(false)
  })

  it('a Google account is linked together with the sign-in that its password opened, or not at all', async () => {
    const { email, userId, stranger } = await hijack(world)
    const { db, now } = world.services
    await db.update(users).set({ emailVerifiedAt: now() }).where(eq(users.id, userId))
    const another = googleUser()
    await continueWithGoogle(world, stranger.browser, another, '/account')
    await stranger.browser.post('/sign-in', { email, password: 'not-this-one' })
    // The failure is cleared after the sign-in, when nothing may be left to do.
    const failures = await holdRows(world, (tx) => tx.select().from(limits).for('update'))
    const linking = stranger.browser.post('/sign-in/google/link', { password: strangersPassword })
    await failures.waiting(1, 'delete')
    const meanwhile = await storedUser(world, userId)
    await failures.release()
    expect((await linking).status).toBe(303)
    expect(meanwhile.accounts).toMatchObject([{ providerAccountId: another.sub }])
  })
})
