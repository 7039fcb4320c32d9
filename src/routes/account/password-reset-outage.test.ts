import { eq } from 'drizzle-orm'
import { MongoClient } from 'mongodb'
import { describe, expect, it } from 'vitest'
import { askForReset, mailsTo, newestMail } from '../../../test/mailbox'
import { person } from '../../../test/people'
import { fileWorld, openWorld } from '../../../test/world'
import { users } from '../../db/schema'
import { newId } from '../../ids'

const world = fileWorld()

const ask = (email: string, browser = world.browser()) => browser.post('/password-reset', { email })

/** How many codes of this address the store holds. */
async function codesOf(email: string): Promise<number> {
  const client = new MongoClient(world.sandbox.environment.MONGODB_URI ?? '')
  try {
    return await client.db().collection('otps').countDocuments({ email })
  } finally {
    await client.close()
  }
}

describe('with the mail server down', () => {
  it('the answer comes at once, and the code lives from when the email is accepted', async () => {
    const { email } = await person(world)
    const browser = world.browser()
    await world.settings('mail', { down: true })
    try {
      expect((await ask(email, browser)).status).toBe(303)
      await world.runJobs()
      world.advance(100)
      await world.runJobs()
      expect(await mailsTo(world, { email })).toEqual([])
      expect(await codesOf(email)).toBe(0)
    } finally {
      await world.settings('mail', { down: false })
    }
    world.advance(20)
    await world.runJobs()
    expect(await mailsTo(world, { email })).toHaveLength(1)
    expect(await codesOf(email)).toBe(1)
    const { code } = await newestMail(world, email)
    world.advance(40)
    expect(await browser.post('/password-reset/code', { code })).toMatchObject({
      status: 303,
      location: '/password-reset/new',
    })
  })
})

describe('with the store of codes down', () => {
  it('asking answers 503, and everything else works', async () => {
    const { email, id, browser } = await person(world)
    const earlier = await askForReset(world, email)
    await world.settings('mongo', { down: true })
    try {
      const refused = await ask(email)
      expect(refused.status).toBe(503)
      expect(refused.$('[role=alert]').text()).toContain('Please try again in a minute.')
      const guess = await earlier.browser.post('/password-reset/code', { code: earlier.code })
      expect(guess.status).toBe(503)
      for (const path of ['/', '/courses', '/sign-in', '/password-reset'])
        expect([path, (await world.browser().get(path)).status]).toEqual([path, 200])
      expect((await browser.get('/account')).status).toBe(200)
      const newcomer = { name: 'Asha', email: `${newId()}@new.example.com`, password: 'learn-by-doing' }
      expect((await world.browser().post('/sign-up', newcomer)).status).toBe(303)
      const { token } = earlier
      expect((await earlier.browser.post('/password-reset/link', { token })).status).toBe(303)
      const changed = await earlier.browser.post('/password-reset/new', { password: 'a-new-password' })
      expect(changed).toMatchObject({ status: 303, location: '/learning' })
      const [user] = await world.services.db.select().from(users).where(eq(users.id, id))
      expect(user?.passwordHash).toMatch(/^scrypt/)
    } finally {
      await world.settings('mongo', { down: false })
    }
    expect((await ask(email)).status).toBe(303)
  })
})

describe('a site without a store of codes', () => {
  it('sends only the link', async () => {
    const plain = await openWorld({ environment: { MONGODB_URI: undefined } })
    try {
      const { email } = await person(plain)
      const { browser, answer, code, link, token } = await askForReset(plain, email)
      expect(answer).toMatchObject({ status: 303, location: '/password-reset/code' })
      expect(code).toBe('')
      const page = await browser.get('/password-reset/code')
      expect(page.$('[name=code]')).toHaveLength(0)
      expect(page.$('main').text()).toContain('we have sent it a link')
      expect((await browser.post('/password-reset/code', { code: '123456' })).status).toBe(503)
      expect((await browser.get(link)).status).toBe(200)
      expect((await browser.post('/password-reset/link', { token })).status).toBe(303)
      const changed = await browser.post('/password-reset/new', { password: 'a-new-password' })
      expect(changed).toMatchObject({ status: 303, location: '/learning' })
    } finally {
      await plain.close()
    }
  })
})
