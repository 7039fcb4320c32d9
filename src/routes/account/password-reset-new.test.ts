import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { untilWaiting } from '../../../test/locks'
import { askForReset, mailsTo, newestMail } from '../../../test/mailbox'
import { cheapHash } from '../../../test/password'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { accounts, passwordResetRequests, sessions, users, verificationTokens } from '../../db/schema'
import { newId } from '../../ids'
import { isPassword } from '../../models/account/password'
import { openSession } from '../../models/account/session'

const path = '/password-reset/new'
const password = 'something-new-to-remember'
const start = { status: 303, location: '/password-reset' }
const world = fileWorld({ environment: { LIMIT_RESETS_PER_HOUR: '1000' } })

const userOf = async (email: string) => {
  const [user] = await world.services.db.select().from(users).where(eq(users.email, email))
  if (!user) throw new Error(`Nobody is ${email}`)
  return user
}
/** Somebody who may choose a new password, by the link or by the code of the mail. */
async function granted(by: 'link' | 'code' = 'link', given: Parameters<typeof person>[1] = {}) {
  const owner = await person(world, given)
  const { browser, ...mail } = await askForReset(world, owner.email)
  const answer =
    by === 'link'
      ? await browser.post('/password-reset/link', { token: mail.token })
      : await browser.post('/password-reset/code', { code: mail.code })
  expect(answer).toMatchObject({ status: 303, location: path })
  return { owner, browser, mail, email: owner.email }
}

describe('a new password that is guessed first', () => {
  it('is refused at its field, and the right to choose stays', async () => {
    const { browser, email } = await granted('link', { name: 'Asha Vasudevan' })
    for (const easy of ['iloveyou', 'abcd1234', 'asha vasudevan', email]) {
      const { status, $ } = await browser.post(path, { password: easy })
      expect([easy, status]).toEqual([easy, 422])
      expect($('#password-error[role=alert]').text()).toContain('guessed')
    }
    expect((await userOf(email)).passwordHash).toBeNull()
    expect(await browser.post(path, { password })).toMatchObject({ status: 303, location: '/learning' })
  })
})

describe('the right to choose a new password', () => {
  it('is required before the form is validated', async () => {
    const browser = world.browser()
    expect(await browser.get(path)).toMatchObject(start)
    expect(await browser.post(path, { password })).toMatchObject(start)
    expect(await browser.post(path, { password: '' })).toMatchObject(start)
    browser.cookies.set('reset-grant', 'a'.repeat(40))
    expect(await browser.post(path, { password })).toMatchObject(start)
  })

  it('lives ten minutes in a cookie that scripts cannot read', async () => {
    const { token } = await askForReset(world, (await person(world)).email)
    const browser = world.browser()
    const { headers } = await browser.post('/password-reset/link', { token })
    const cookie = headers.getSetCookie().find((one) => one.startsWith('reset-grant=')) ?? ''
    expect(cookie.split('; ').slice(1).sort()).toEqual(['HttpOnly', 'Max-Age=600', 'Path=/', 'SameSite=Lax'])
    expect((await browser.get(path)).status).toBe(200)
    world.advance(600)
    expect(await browser.post(path, { password })).toMatchObject(start)
  })

  it('does not come with the token of a link alone', async () => {
    const { token } = await askForReset(world, (await person(world)).email)
    const browser = world.browser()
    browser.cookies.set('reset-grant', token)
    expect(await browser.post(path, { password })).toMatchObject(start)
  })

  it('changes one password, even when it is used many times at once', async () => {
    const { browser, email, owner } = await granted('code')
    const grant = browser.cookies.get('reset-grant') ?? ''
    const { db } = world.services
    // Whoever comes meanwhile waits at the person's row, and all go on together.
    const answers = await db.transaction(async (tx) => {
      await tx.select().from(users).where(eq(users.id, owner.id)).for('update')
      const posts = ['first', 'second', 'third', 'fourth'].map((word) => {
        const tab = world.browser()
        tab.cookies.set('reset-grant', grant)
        return tab.post(path, { password: `${word}-password` })
      })
      await untilWaiting(world, posts.length)
      return { all: Promise.all(posts) }
    })
    const locations = (await answers.all).map(({ location }) => location)
    expect(locations.filter((location) => location === '/learning')).toHaveLength(1)
    expect(locations.filter((location) => location === '/password-reset')).toHaveLength(3)
    const winner = ['first', 'second', 'third', 'fourth'][locations.indexOf('/learning')]
    expect(await isPassword(`${winner}-password`, (await userOf(email)).passwordHash ?? '')).toBe(true)
  })
})

describe('choosing a new password', () => {
  it('has a field that password managers recognise', async () => {
    const { browser, email } = await granted()
    const { status, $ } = await browser.get(path)
    expect(status).toBe(200)
    expect($('label[for=password]').text()).toBe('New password')
    expect($('#password').attr()).toMatchObject({ type: 'password', autocomplete: 'new-password' })
    expect($('[autocomplete=username]').val()).toBe(email)
  })

  it('refuses one that is too short or too long, and lets the user try again', async () => {
    const { browser } = await granted()
    for (const typed of ['', '1234567', 'a'.repeat(129)]) {
      const { status, $ } = await browser.post(path, { password: typed })
      expect(status).toBe(422)
      expect($('#password').attr('aria-invalid')).toBe('true')
      expect($('#password').val()).toBeUndefined()
    }
    expect((await browser.post(path, { password })).status).toBe(303)
  })

  it('signs this browser in, ends every other session, and saves the new password', async () => {
    const { owner, browser, email } = await granted('code')
    const another = world.browser()
    another.cookies.set('session', await openSession(world.services, owner.id, 'Another browser'))
    expect(await browser.post(path, { password })).toMatchObject({ status: 303, location: '/learning' })
    expect(browser.cookies.has('reset-grant')).toBe(false)
    const page = await browser.get('/account')
    expect(page.status).toBe(200)
    expect(page.$('[role=status]').first().text()).toContain('Your new password is saved')
    for (const other of [owner.browser, another]) expect((await other.get('/account')).status).toBe(303)
    const rows = await world.services.db.select().from(sessions).where(eq(sessions.userId, owner.id))
    expect(rows).toHaveLength(1)
    const fresh = world.browser()
    expect((await fresh.post('/sign-in', { email, password })).status).toBe(303)
  })

  it('replaces the session of whoever was signed in here', async () => {
    const { browser, email } = await granted()
    const before = await person(world)
    const token = before.browser.cookies.get('session') ?? ''
    browser.cookies.set('session', token)
    await browser.post(path, { password })
    expect((await browser.get('/account')).html).toContain(email)
    expect((await before.browser.get('/account')).status).toBe(303)
  })

  it('verifies the email address', async () => {
    const { browser, email, owner } = await granted('link', { isVerified: false })
    const { db, now } = world.services
    await db.insert(accounts).values({
      id: newId(),
      userId: owner.id,
      provider: 'google',
      providerAccountId: newId(),
      createdAt: now(),
    })
    await browser.post(path, { password })
    expect((await userOf(email)).emailVerifiedAt).not.toBeNull()
    const linked = await db.select().from(accounts).where(eq(accounts.userId, owner.id))
    expect(linked).toEqual([])
  })

  it('keeps the verification date and the Google account of a verified user', async () => {
    const { browser, email, owner } = await granted()
    const { db, now } = world.services
    const before = (await userOf(email)).emailVerifiedAt
    const google = { id: newId(), userId: owner.id, provider: 'google', providerAccountId: newId() }
    await db.insert(accounts).values({ ...google, createdAt: now() })
    await browser.post(path, { password })
    expect((await userOf(email)).emailVerifiedAt).toEqual(before)
    expect(await db.select().from(accounts).where(eq(accounts.userId, owner.id))).toHaveLength(1)
  })

  it('revokes every other link, code and grant of this user, and clears the count', async () => {
    const { browser, email, owner } = await granted()
    const second = await askForReset(world, email)
    const third = await askForReset(world, email)
    const rival = world.browser()
    await rival.post('/password-reset/link', { token: second.token })
    expect((await rival.get(path)).status).toBe(200)
    await browser.post(path, { password })
    expect(await rival.post(path, { password: 'quite-another-one' })).toMatchObject(start)
    expect((await rival.get(third.link)).status).toBe(410)
    expect((await third.browser.post('/password-reset/code', { code: third.code })).status).toBe(422)
    const { db } = world.services
    const left = await db.select().from(verificationTokens).where(eq(verificationTokens.identifier, email))
    expect(left).toEqual([])
    const counted = await db
      .select()
      .from(passwordResetRequests)
      .where(eq(passwordResetRequests.email, email))
    expect(counted).toEqual([])
    const next = await askForReset(world, owner.email)
    expect((await next.browser.post('/password-reset/code', { code: next.code })).status).toBe(303)
  })

  it('emails the owner', async () => {
    const { browser, email } = await granted()
    await browser.post(path, { password })
    await world.runJobs()
    const { subject, text } = await newestMail(world, email)
    expect(subject).toContain('was changed')
    expect(text).toContain(`${world.origin}/password-reset`)
    expect(text).not.toContain(password)
  })

  it('unlocks an account that failed sign-ins had locked', async () => {
    const { browser, email, owner } = await granted()
    await world.services.db
      .update(users)
      .set({ passwordHash: cheapHash('the-old-password') })
      .where(eq(users.id, owner.id))
    for (let times = 0; times < 11; times++)
      await world.browser().post('/sign-in', { email, password: 'not-the-password' })
    expect((await world.browser().post('/sign-in', { email, password })).status).toBe(429)
    await browser.post(path, { password })
    expect((await world.browser().post('/sign-in', { email, password })).status).toBe(303)
  })

  it('does not sign in a suspended user', async () => {
    const { browser, email, owner } = await granted()
    await world.services.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, owner.id))
    expect(await browser.post(path, { password })).toMatchObject({ status: 303, location: '/sign-in' })
    expect(browser.cookies.has('session')).toBe(false)
    expect((await browser.get('/sign-in')).$('[role=alert]').text()).toContain('suspended')
    expect((await world.browser().post('/sign-in', { email, password })).status).toBe(403)
    const open = await world.services.db.select().from(sessions).where(eq(sessions.userId, owner.id))
    expect(open).toEqual([])
  })

  it('sends nothing to a user who was deleted meanwhile', async () => {
    const { owner, browser, email } = await granted()
    await world.services.db.delete(users).where(eq(users.id, owner.id))
    expect(await browser.post(path, { password })).toMatchObject(start)
    await world.runJobs()
    expect(await mailsTo(world, { email })).toHaveLength(1)
  })
})
