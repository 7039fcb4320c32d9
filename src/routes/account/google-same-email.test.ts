import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import {
  continueWithGoogle,
  findByEmail,
  googleUser,
  isSignedInAs,
  password,
  storedUser,
  toCallback,
  userWithPassword,
} from '../../../test/google'
import { cheapHash } from '../../../test/password'
import { fileWorld } from '../../../test/world'
import { users } from '../../db/schema'

const world = fileWorld()

describe('a Google account whose address has an account here', () => {
  it('is linked when both sides have verified the address', async () => {
    for (const hd of [undefined, 'university.example']) {
      const someone = googleUser(hd ? { email: `ravi-${crypto.randomUUID()}@${hd}`, hd } : {})
      const { id } = await userWithPassword(world, { email: someone.email })
      const before = await storedUser(world, id)
      const browser = world.browser()
      expect(await continueWithGoogle(world, browser, someone)).toMatchObject({ location: '/learning' })
      const after = await storedUser(world, id)
      expect(after.user).toEqual(before.user)
      expect(after.accounts).toMatchObject([{ providerAccountId: someone.sub }])
      expect(await isSignedInAs(browser, someone.email)).toBe(true)
      const typed = { email: someone.email, password }
      expect((await world.browser().post('/sign-in', typed)).status).toBe(303)
    }
  })

  it('is linked once when it comes twice at the same moment', async () => {
    const someone = googleUser()
    const { id } = await userWithPassword(world, { email: someone.email })
    const browsers = [world.browser(), world.browser(), world.browser()]
    const paths: string[] = []
    for (const browser of browsers) paths.push(await toCallback(world, browser, someone))
    const answers = await Promise.all(browsers.map((browser, i) => browser.get(paths[i] ?? '')))
    expect(answers.map(({ location }) => location)).toEqual(browsers.map(() => '/learning'))
    expect((await storedUser(world, id)).accounts).toHaveLength(1)
  })

  it('takes over an account that nobody has verified, and locks out its creator', async () => {
    const someone = googleUser()
    const squatter = world.browser()
    const typed = { name: 'Mallory', email: someone.email, password: 'mine-all-mine' }
    expect((await squatter.post('/sign-up', typed)).status).toBe(303)
    const [{ id } = { id: '' }] = await findByEmail(world, someone.email)
    // The squatter tries to leave a second way in, too.
    const own = googleUser({ email: `mallory-${id}@gmail.com` })
    expect((await continueWithGoogle(world, squatter, own)).status).toBe(403)

    const browser = world.browser()
    expect(await continueWithGoogle(world, browser, someone)).toMatchObject({ location: '/learning' })
    const { user, accounts, sessions } = await storedUser(world, id)
    expect(user[0]?.passwordHash).toBeNull()
    expect(user[0]?.emailVerifiedAt).toBeInstanceOf(Date)
    expect(accounts).toMatchObject([{ providerAccountId: someone.sub }])
    expect(sessions).toHaveLength(1)
    expect(await isSignedInAs(browser, someone.email)).toBe(true)
    expect(await squatter.get('/account')).toMatchObject({
      status: 303,
      location: '/sign-in?next=%2Faccount',
    })
    expect((await world.browser().post('/sign-in', typed)).status).toBe(422)
    const back = world.browser()
    await continueWithGoogle(world, back, own)
    expect(await isSignedInAs(back, someone.email)).toBe(false)
  })

  it('changes nothing when Google has not verified the address, verified here or not', async () => {
    for (const emailVerifiedAt of [null, new Date()]) {
      const someone = googleUser({ email_verified: false })
      const { id } = await userWithPassword(world, { email: someone.email, emailVerifiedAt })
      const before = await storedUser(world, id)
      const browser = world.browser()
      expect((await continueWithGoogle(world, browser, someone)).status).toBe(403)
      expect(await storedUser(world, id)).toEqual(before)
      expect(browser.cookies.has('session')).toBe(false)
    }
  })

  it('changes nothing of a suspended account', async () => {
    for (const emailVerifiedAt of [null, new Date()]) {
      const someone = googleUser()
      const { id } = await userWithPassword(world, {
        email: someone.email,
        emailVerifiedAt,
        suspendedAt: new Date(),
      })
      const before = await storedUser(world, id)
      expect((await continueWithGoogle(world, world.browser(), someone)).status).toBe(403)
      expect(await storedUser(world, id)).toEqual(before)
    }
  })
})

describe('entering the password first', () => {
  const elsewhere = async (given: Partial<typeof users.$inferInsert> = {}) => {
    const { id, email } = await userWithPassword(world, given)
    return { id, email, someone: googleUser({ email }), browser: world.browser() }
  }

  it('is required where Google does not issue the address, and then links', async () => {
    const { id, email, someone, browser } = await elsewhere()
    const before = await storedUser(world, id)
    const waiting = await continueWithGoogle(world, browser, someone, '/courses/queues')
    expect(waiting).toMatchObject({ status: 303, location: '/sign-in/google/link' })
    expect(await storedUser(world, id)).toEqual(before)
    const page = await browser.get('/sign-in/google/link')
    expect([page.status, page.$('main').text()]).toEqual([200, expect.stringContaining(email)])
    expect(page.$('form[action="/sign-in/google/link"] [name=password]').attr('autocomplete')).toBe(
      'current-password',
    )
    expect(browser.cookies.has('session')).toBe(false)

    const wrong = await browser.post('/sign-in/google/link', { password: 'not-this-one' })
    expect([wrong.status, wrong.$('[role=alert]').text()]).toEqual([422, expect.stringContaining('password')])
    const empty = await browser.post('/sign-in/google/link', { password: '' })
    expect([empty.status, empty.$('#password-error').text()]).toEqual([422, 'Enter your password.'])
    expect(await storedUser(world, id)).toEqual(before)

    const right = await browser.post('/sign-in/google/link', { password })
    expect(right).toMatchObject({ status: 303, location: '/courses/queues' })
    const after = await storedUser(world, id)
    expect(after.user).toEqual(before.user)
    expect(after.accounts).toMatchObject([{ providerAccountId: someone.sub }])
    expect(await isSignedInAs(browser, email)).toBe(true)
    expect(browser.cookies.has('google-link')).toBe(false)
    expect(await continueWithGoogle(world, world.browser(), someone)).toMatchObject({ location: '/learning' })
  })

  it('waits ten minutes in this browser only', async () => {
    const { id, someone, browser } = await elsewhere()
    await continueWithGoogle(world, browser, someone)
    const stranger = world.browser()
    expect((await stranger.get('/sign-in/google/link')).status).toBe(400)
    expect((await stranger.post('/sign-in/google/link', { password: '' })).status).toBe(400)
    stranger.cookies.set('google-link', `${browser.cookies.get('google-link')}x`)
    expect((await stranger.post('/sign-in/google/link', { password })).status).toBe(400)
    world.advance(601)
    expect((await browser.get('/sign-in/google/link')).status).toBe(400)
    expect((await browser.post('/sign-in/google/link', { password })).status).toBe(400)
    world.advance(-601)
    expect((await storedUser(world, id)).accounts).toEqual([])
  })

  it('is limited as signing in is', async () => {
    const { id, someone, browser } = await elsewhere({ passwordHash: cheapHash(password) })
    await continueWithGoogle(world, browser, someone)
    const statuses: number[] = []
    for (let i = 0; i < 11; i++)
      statuses.push((await browser.post('/sign-in/google/link', { password: 'guess' })).status)
    expect(statuses).toEqual([...Array(10).fill(422), 429])
    expect((await browser.post('/sign-in/google/link', { password })).status).toBe(429)
    expect((await storedUser(world, id)).accounts).toEqual([])
  })

  it('is required, too, when another Google account has the same address', async () => {
    const old = googleUser({ email: `clerk-${crypto.randomUUID()}@office.example`, hd: 'office.example' })
    await continueWithGoogle(world, world.browser(), old)
    const [{ id } = { id: '' }] = await findByEmail(world, old.email)
    const successor = { ...old, sub: `${old.sub}-successor` }
    const browser = world.browser()
    expect(await continueWithGoogle(world, browser, successor)).toMatchObject({
      location: '/sign-in/google/link',
    })
    const { html, $ } = await browser.get('/sign-in/google/link')
    expect(html).toContain('has no password yet')
    expect($('main a[href="/password-reset"]').length).toBeGreaterThan(0)
    expect((await browser.post('/sign-in/google/link', { password })).status).toBe(200)
    expect((await storedUser(world, id)).accounts).toMatchObject([{ providerAccountId: old.sub }])
  })

  it('refuses a user who was suspended or deleted meanwhile', async () => {
    const one = await elsewhere()
    await continueWithGoogle(world, one.browser, one.someone)
    await world.services.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, one.id))
    expect((await one.browser.post('/sign-in/google/link', { password })).status).toBe(403)
    expect((await storedUser(world, one.id)).accounts).toEqual([])
    const two = await elsewhere()
    await continueWithGoogle(world, two.browser, two.someone)
    await world.services.db.delete(users).where(eq(users.id, two.id))
    expect((await two.browser.post('/sign-in/google/link', { password })).status).toBe(400)
  })
})
