import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { mailsTo, newcomer, newestMail } from '../../../test/mailbox'
import { course, person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { users, verificationTokens } from '../../db/schema'
import { newId } from '../../ids'
import { createResetLink } from '../../models/account/password-reset'
import { addJob } from '../../models/job'
import { daySeconds } from '../../rules/time'

const strip = 'aside form[action="/verify-email/again"]'
const world = fileWorld()

const isVerified = async (email: string) => {
  const [user] = await world.services.db.select().from(users).where(eq(users.email, email))
  return user?.emailVerifiedAt !== null
}

describe('the email at sign-up', () => {
  it('carries a link of this site, and only its hash is kept', async () => {
    const { email, mail } = await newcomer(world)
    expect(mail.text).toContain(`${world.origin}/verify-email?token=`)
    expect(mail.html).toContain(`href="${world.origin}/verify-email?token=${mail.token}"`)
    expect(mail.token).toMatch(/^[a-z0-9]{40}$/)
    const [row] = await world.services.db
      .select()
      .from(verificationTokens)
      .where(eq(verificationTokens.identifier, email))
    expect(row).toMatchObject({ purpose: 'verify-address' })
    expect(JSON.stringify(row)).not.toContain(mail.token)
  })

  it('is sent when the mail server is back, and nobody waits for it', async () => {
    await world.settings('mail', { down: true })
    const browser = world.browser()
    const email = `${newId()}@new.example.com`
    const given = { name: 'Asha Verma', email, password: 'learn-by-doing' }
    try {
      expect((await browser.post('/sign-up', given)).status).toBe(303)
      await world.runJobs()
      expect(await mailsTo(world, { email })).toEqual([])
    } finally {
      await world.settings('mail', { down: false })
    }
    world.advance(15)
    await world.runJobs()
    const mails = await mailsTo(world, { email })
    expect(mails).toHaveLength(1)
    const { token } = await newestMail(world, email)
    expect((await browser.post('/verify-email', { token })).status).toBe(303)
    expect(await isVerified(email)).toBe(true)
  })

  it('is not sent to a user verified meanwhile', async () => {
    const { id, email } = await person(world)
    await addJob(world.services, 'mail-verify-address', { userId: id })
    await world.runJobs()
    expect(await mailsTo(world, { email })).toEqual([])
  })
})

describe('the link', () => {
  it('shows a button and is not used up by being opened', async () => {
    const { email, mail } = await newcomer(world)
    for (let times = 0; times < 3; times++) {
      const { status, $ } = await world.browser().get(mail.link)
      expect(status).toBe(200)
      expect($('main form[method=post][action="/verify-email"] [name=token]').val()).toBe(mail.token)
      expect($('main button').first().text()).toBe('Confirm address')
    }
    expect(await isVerified(email)).toBe(false)
  })

  it('verifies in the browser that signed up', async () => {
    const { browser, email, mail } = await newcomer(world)
    expect(await browser.post('/verify-email', { token: mail.token })).toMatchObject({
      status: 303,
      location: '/learning',
    })
    expect(await isVerified(email)).toBe(true)
    const next = await browser.get('/account')
    expect(next.$('[role=status]').first().text()).toContain(`Your email address ${email} is confirmed.`)
    expect(next.$(strip)).toHaveLength(0)
  })

  it('verifies in a browser that nobody is signed in with, which then chooses a password', async () => {
    const { email, mail } = await newcomer(world)
    const elsewhere = world.browser()
    expect(await elsewhere.post('/verify-email', { token: mail.token })).toMatchObject({
      status: 303,
      location: '/password-reset/new',
    })
    expect(elsewhere.cookies.has('session')).toBe(false)
    expect(await isVerified(email)).toBe(true)
    const { $ } = await elsewhere.get('/password-reset/new')
    expect($('[role=status]').first().text()).toContain(`Your email address ${email} is confirmed.`)
    expect($('main').text()).toContain(email)
  })

  it('works once, and then says what to do next', async () => {
    const { mail } = await newcomer(world)
    const posts = await Promise.all(
      Array.from({ length: 5 }, () => world.browser().post('/verify-email', { token: mail.token })),
    )
    expect(posts.map(({ status }) => status).sort()).toEqual([303, 410, 410, 410, 410])
    const visitor = await world.browser().get(mail.link)
    expect(visitor.status).toBe(410)
    expect(visitor.$('main [role=alert]').text()).toContain('It works once')
    expect(visitor.$('main a.button').attr('href')).toBe('/sign-in?next=%2Fverify-email')
    const somebody = await (await person(world)).browser.get(mail.link)
    expect(somebody.$('main [role=alert]').text()).toContain('nothing left to do')
  })

  it('is valid for a day', async () => {
    const { browser, email, mail } = await newcomer(world)
    world.advance(daySeconds - 60)
    expect((await browser.get(mail.link)).status).toBe(200)
    world.advance(61)
    expect((await browser.get(mail.link)).status).toBe(410)
    const late = await browser.post('/verify-email', { token: mail.token })
    expect(late.status).toBe(410)
    expect(late.$('main form[action="/verify-email/again"] button').text()).toBe('Send again')
    expect(await isVerified(email)).toBe(false)
  })

  it('that nobody sent answers as an expired one', async () => {
    for (const token of ['', 'x', 'a'.repeat(40), '\u0000', "' or 1=1 --"]) {
      expect((await world.browser().get(`/verify-email?token=${encodeURIComponent(token)}`)).status).toBe(410)
      expect((await world.browser().post('/verify-email', { token })).status).toBe(410)
    }
    expect((await world.browser().post('/verify-email')).status).toBe(410)
  })

  it('for a new password does not verify', async () => {
    const { email } = await newcomer(world)
    const token = await createResetLink(world.services, email)
    expect((await world.browser().post('/verify-email', { token })).status).toBe(410)
    expect(await isVerified(email)).toBe(false)
  })

  it('is refused from another site', async () => {
    const { email, mail } = await newcomer(world)
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
    expect((await world.browser().post('/verify-email', { token: mail.token }, headers)).status).toBe(403)
    expect(await isVerified(email)).toBe(false)
  })
})

describe('the reminder', () => {
  it('is on every page of a user who is not verified, and of nobody else', async () => {
    const { browser, email } = await newcomer(world)
    for (const path of ['/', '/courses', '/account', '/nowhere']) {
      const { $ } = await browser.get(path)
      expect([path, $(strip).find('button').text()]).toEqual([path, 'Send again'])
      expect($('aside').text()).toContain(email)
    }
    expect((await world.browser().get('/')).$(strip)).toHaveLength(0)
    expect((await (await person(world)).browser.get('/')).$(strip)).toHaveLength(0)
  })

  it('is not shown twice on its own page', async () => {
    const { browser, email } = await newcomer(world)
    const { $ } = await browser.get('/verify-email')
    expect($('form[action="/verify-email/again"]')).toHaveLength(1)
    expect($('main').text()).toContain(email)
  })

  it('does not prevent buying', async () => {
    const { browser } = await newcomer(world)
    const offered = await course(world)
    const bought = await browser.post(`/courses/${offered.slug}/purchase`)
    expect(bought.location).toMatch(/^\/purchases\/[\w-]+$/)
    const free = await course(world, { pricePaise: 0 })
    expect((await browser.post(`/courses/${free.slug}/purchase`)).status).toBe(303)
  })
})
