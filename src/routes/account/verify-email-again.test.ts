import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { mailsTo, newcomer, newestMail } from '../../../test/mailbox'
import { person } from '../../../test/people'
import { fileWorld, openWorld } from '../../../test/world'
import { jobs } from '../../db/schema'
import { newId } from '../../ids'
import { hourSeconds } from '../../rules/time'

const world = fileWorld()

describe('asking again', () => {
  it('sends another email; both links work until one is used', async () => {
    const { browser, email, mail } = await newcomer(world)
    const answer = await browser.post('/verify-email/again')
    expect(answer).toMatchObject({ status: 303, location: '/verify-email' })
    expect((await browser.get('/verify-email')).$('[role=status]').text()).toContain(email)
    await world.runJobs()
    const second = await newestMail(world, email)
    expect(second.token).not.toBe(mail.token)
    expect((await browser.get(second.link)).status).toBe(200)
    expect((await browser.post('/verify-email', { token: mail.token })).status).toBe(303)
    expect((await browser.get(second.link)).status).toBe(410)
  })

  it('works five times an hour', async () => {
    const { browser, email } = await newcomer(world)
    const statuses = []
    for (let times = 0; times < 6; times++) statuses.push((await browser.post('/verify-email/again')).status)
    expect(statuses).toEqual([303, 303, 303, 303, 303, 429])
    const refused = await browser.post('/verify-email/again')
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(3500)
    expect(refused.$('[role=alert]').text()).toContain('Try again in an hour.')
    await world.runJobs()
    expect(await mailsTo(world, { email })).toHaveLength(6)
    world.advance(hourSeconds)
    expect((await browser.post('/verify-email/again')).status).toBe(303)
  })

  it('needs somebody who is signed in', async () => {
    expect(await world.browser().post('/verify-email/again')).toMatchObject({
      status: 303,
      location: '/sign-in?next=%2Fverify-email',
    })
    expect(await world.browser().get('/verify-email')).toMatchObject({
      status: 303,
      location: '/sign-in?next=%2Fverify-email',
    })
  })

  it('sends nothing to a verified user', async () => {
    const { id, browser, email } = await person(world)
    expect((await browser.post('/verify-email/again')).status).toBe(303)
    const waiting = await world.services.db.select().from(jobs).where(eq(jobs.kind, 'mail-verify-address'))
    expect(waiting.filter(({ payload }) => payload.userId === id)).toEqual([])
    await world.runJobs()
    expect(await mailsTo(world, { email })).toEqual([])
    expect((await browser.get('/verify-email')).$('h1').text()).toBe('Your email address is confirmed')
  })
})

describe('a site without a mail server', () => {
  it('reminds nobody and says what is not set up', async () => {
    const quiet = await openWorld({ environment: { SMTP_URL: undefined, MAIL_FROM: undefined } })
    try {
      const browser = quiet.browser()
      const given = { name: 'Asha', email: `${newId()}@new.example.com`, password: 'learn-by-doing' }
      expect((await browser.post('/sign-up', given)).status).toBe(303)
      await quiet.runJobs()
      expect(await quiet.services.db.select().from(jobs)).toEqual([])
      expect((await browser.get('/')).$('form[action="/verify-email/again"]')).toHaveLength(0)
      expect((await browser.post('/verify-email/again')).status).toBe(503)
      expect((await browser.get('/password-reset')).status).toBe(503)
      expect((await browser.post('/password-reset', { email: given.email })).status).toBe(503)
    } finally {
      await quiet.close()
    }
  })
})
