import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { BrowserSession } from '../../../test/browser-session'
import { continueWithGoogle, googleUser } from '../../../test/google'
import { askForReset, newestMail } from '../../../test/mailbox'
import { person } from '../../../test/people'
import { fileWorld, type World } from '../../../test/world'
import { auditEvents, users } from '../../db/schema'
import { newId } from '../../ids'
import { nodeApp } from '../../node-app'

const world = fileWorld()
beforeEach(async () => {
  await world.services.db.update(users).set({ role: 'student' }).where(eq(users.role, 'admin'))
})

/** The same site, that names this administrator. */
function naming(ADMIN_EMAIL: string): World {
  const app = nodeApp({ ...world.services, config: { ...world.services.config, ADMIN_EMAIL } }, () => {})
  const browser = () => new BrowserSession((address, init) => app.request(address, init), world.origin)
  return { ...world, app, browser }
}

async function signedUp(email: string) {
  const site = naming(email)
  const browser = site.browser()
  await browser.post('/sign-up', { name: 'Divya Rao', email, password: 'learn-by-doing' })
  await world.runJobs()
  return { site, browser, link: await newestMail(world, email) }
}

const newEmail = () => `divya-${newId()}@site.example.com`
const roleOf = async (email: string) =>
  (await world.services.db.select().from(users).where(eq(users.email, email)))[0]
const eventsOf = async (email: string) =>
  world.services.db
    .select()
    .from(auditEvents)
    .where(eq(auditEvents.subjectId, (await roleOf(email))?.id ?? ''))

describe('the address that ADMIN_EMAIL names', () => {
  it('makes nobody administrator by being typed, and its owner by the link in the mail', async () => {
    const email = newEmail()
    const { browser, link } = await signedUp(email)
    expect((await browser.get('/admin')).status).toBe(404)
    expect(await roleOf(email)).toMatchObject({ role: 'student', emailVerifiedAt: null })

    expect((await browser.post('/verify-email', { token: link.token })).status).toBe(303)
    expect((await browser.get('/admin')).status).toBe(200)
    expect(await eventsOf(email)).toEqual([
      expect.objectContaining({
        ...{ actorId: null, action: 'change-role', reason: 'ADMIN_EMAIL names this address' },
        details: { from: 'student', to: 'admin' },
      }),
    ])
    const audit = (await browser.get('/admin/audit')).$('main').text()
    expect(audit).toContain('ADMIN_EMAIL names this address')
  })

  it('is not that of somebody else who proves theirs', async () => {
    const site = naming(newEmail())
    const browser = site.browser()
    const email = newEmail()
    await browser.post('/sign-up', { name: 'Asha Verma', email, password: 'learn-by-doing' })
    await world.runJobs()
    await browser.post('/verify-email', { token: (await newestMail(world, email)).token })
    expect(await roleOf(email)).toMatchObject({ role: 'student', emailVerifiedAt: expect.any(Date) })
  })

  it('is proved by the mail of a new password, too, however long it was verified', async () => {
    const { email } = await person(world)
    const site = naming(email)
    const { browser, code } = await askForReset(world, email, site.browser())
    await browser.post('/password-reset/code', { code })
    expect((await roleOf(email))?.role).toBe('student')
    await browser.post('/password-reset/new', { password: 'a new one to learn by' })
    expect((await roleOf(email))?.role).toBe('admin')
  })

  it('is proved by Google where Google gives it out, and not where it was only confirmed there once', async () => {
    const theirs = googleUser()
    const site = naming(theirs.email)
    await continueWithGoogle(site, site.browser(), theirs)
    expect((await roleOf(theirs.email))?.role).toBe('admin')

    await world.services.db.update(users).set({ role: 'student' }).where(eq(users.role, 'admin'))
    // Somebody else's other address.
    const { email } = await person(world)
    await world.services.db
      .update(users)
      .set({ email: theirs.email.replace('@', '+@') })
      .where(eq(users.email, theirs.email))
    await world.services.db.update(users).set({ email: theirs.email }).where(eq(users.email, email))
    await continueWithGoogle(site, site.browser(), theirs)
    expect((await roleOf(theirs.email))?.role).toBe('student')

    const confirmed = googleUser({ email: newEmail() })
    const other = naming(confirmed.email)
    await continueWithGoogle(other, other.browser(), confirmed)
    expect(await roleOf(confirmed.email)).toMatchObject({
      role: 'student',
      emailVerifiedAt: expect.any(Date),
    })
  })

  it('is nobody’s while there is an administrator, and no suspended person’s', async () => {
    const admin = await person(world, { role: 'admin' })
    const second = newEmail()
    const { browser, link } = await signedUp(second)
    await browser.post('/verify-email', { token: link.token })
    expect(await roleOf(second)).toMatchObject({ role: 'student', emailVerifiedAt: expect.any(Date) })

    await world.services.db.update(users).set({ role: 'student' }).where(eq(users.id, admin.id))
    const { email } = await person(world)
    const asked = await askForReset(world, email, naming(email).browser())
    await asked.browser.post('/password-reset/code', { code: asked.code })
    await world.services.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.email, email))
    await asked.browser.post('/password-reset/new', { password: 'a new one to learn by' })
    expect((await roleOf(email))?.role).toBe('student')
  })

  it('is told of once when it is proved twice at the same moment', async () => {
    const email = newEmail()
    const { site, browser, link } = await signedUp(email)
    const reset = await askForReset(world, email, site.browser())
    await reset.browser.post('/password-reset/code', { code: reset.code })
    await Promise.all([
      browser.post('/verify-email', { token: link.token }),
      reset.browser.post('/password-reset/new', { password: 'a new one to learn by' }),
    ])
    expect((await roleOf(email))?.role).toBe('admin')
    expect(await eventsOf(email)).toHaveLength(1)
  })
})
