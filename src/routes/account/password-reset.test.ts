import { count } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { mailsTo, newestMail } from '../../../test/mailbox'
import { elsewhere } from '../../../test/member'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { jobs, limits, passwordResetRequests, verificationTokens } from '../../db/schema'
import { newId } from '../../ids'
import { daySeconds, hourSeconds } from '../../rules/time'

const world = fileWorld({ environment: { TRUST_PROXY: 'true', LIMIT_RESETS_PER_HOUR: '6' } })

const ask = (email: string, browser = world.browser(), headers = elsewhere()) =>
  browser.post('/password-reset', { email }, headers)
const stranger = () => `${newId()}@people.example.com`

describe('the page', () => {
  it('is linked where one signs in, and asks for the address', async () => {
    const browser = world.browser()
    const link = (await browser.get('/sign-in')).$('main a[href="/password-reset"]')
    expect(link.text()).toBe('Forgot your password?')
    const { status, $ } = await browser.get('/password-reset')
    expect(status).toBe(200)
    const field = $('form[action="/password-reset"][method=post] [name=email]')
    expect(field.attr()).toMatchObject({ type: 'email', inputmode: 'email', autocomplete: 'username' })
    expect($(`label[for=${field.attr('id')}]`).text()).toBe('Email')
  })

  it('refuses what is no address at its field', async () => {
    for (const email of ['', 'asha@', `${'a'.repeat(250)}@example.com`]) {
      const { status, $ } = await ask(email)
      expect(status).toBe(422)
      expect($('#email').attr('aria-invalid')).toBe('true')
      expect($('#email').val()).toBe(email)
    }
  })

  it('is refused from another site', async () => {
    const { email } = await person(world)
    const headers = { ...elsewhere(), 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
    for (const path of ['', '/again', '/code', '/link', '/new'])
      expect((await world.browser().post(`/password-reset${path}`, { email }, headers)).status).toBe(403)
    await world.runJobs()
    expect(await mailsTo(world, { email })).toEqual([])
  })
})

describe('asking for a new password', () => {
  it('sends a code and a link, and says where to look', async () => {
    const { email } = await person(world)
    const answer = await ask(` ${email.toUpperCase()}`)
    await world.runJobs()
    const { code, link, text, html } = await newestMail(world, email)
    expect(answer).toMatchObject({ status: 303, location: '/password-reset/code' })
    expect(code).toMatch(/^\d{6}$/)
    expect(text.startsWith('Hello Asha Verma,\n\nEnter this code')).toBe(true)
    expect(text).toContain(`\n${code}\n`)
    expect(html).toContain(`>${code}<`)
    expect(link).toMatch(/^\/password-reset\/link\?token=[a-z0-9]{40}$/)
    expect(text).toContain(`${world.origin}${link}`)
  })

  it('stores neither code nor link in clear', async () => {
    const { email } = await person(world)
    await ask(email)
    const [job] = (await world.services.db.select().from(jobs)).filter(
      ({ payload }) => payload.email === email,
    )
    expect(Object.keys(job?.payload ?? {}).sort()).toEqual(['email', 'nonce'])
    await world.runJobs()
    const { code, token } = await newestMail(world, email)
    const { db } = world.services
    const kept = JSON.stringify([
      await db.select().from(jobs),
      await db.select().from(verificationTokens),
      await db.select().from(limits),
    ])
    expect(kept).not.toContain(token)
    expect(kept).not.toContain(`"${code}"`)
  })

  it('answers an unknown address in the same way, to the last page', async () => {
    const known = { email: (await person(world)).email, browser: world.browser() }
    const unknown = { email: stranger(), browser: world.browser() }
    const { db, now } = world.services
    const rows = async () => {
      const counts = [jobs, limits, passwordResetRequests].map((table) =>
        db.select({ n: count() }).from(table),
      )
      return (await Promise.all(counts)).map(([row]) => row?.n ?? 0)
    }
    const trace = async ({ email, browser }: typeof known) => {
      const met: unknown[] = []
      const meet = ({ status, location, headers, $ }: Awaited<ReturnType<typeof ask>>) => {
        const cookies = headers.getSetCookie().map(decodeURIComponent)
        met.push([status, location, $('main').html(), cookies.map(withoutSecrets)])
      }
      const here = elsewhere()
      const before = await rows()
      meet(await ask(email, browser, here))
      met.push((await rows()).map((n, at) => n - (before[at] ?? 0)))
      await world.runJobs()
      meet(await browser.get('/password-reset/code'))
      meet(await browser.post('/password-reset/code', { code: 'none' }))
      for (let times = 0; times < 6; times++)
        meet(await browser.post('/password-reset/code', { code: '000000' }))
      for (let times = 0; times < 3; times++) meet(await browser.post('/password-reset/again', {}, here))
      return JSON.stringify(met, null, 1).replaceAll(email, '#')
    }
    const withoutSecrets = (cookie: string) =>
      cookie.replace(/v1\.[\w-]+\.[\w-]+/g, (sealed) => `sealed, ${sealed.length} characters`)
    const stopped = now()
    world.services.now = () => stopped
    try {
      const answers = await trace(known)
      expect(answers).toContain('If there is an account')
      expect(answers).toContain('sealed, ')
      expect(answers).toContain('used all 5 guesses')
      expect(await trace(unknown)).toBe(answers)
      await world.runJobs()
    } finally {
      world.services.now = now
    }
    expect(await mailsTo(world, known)).toHaveLength(3)
    expect(await mailsTo(world, unknown)).toEqual([])
    expect(await db.select().from(jobs)).toEqual([])
  })

  it('sends three emails an hour, and no more by asking in parallel', async () => {
    const { email } = await person(world)
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(email)))
    expect(new Set(answers.map(({ status, location }) => `${status} ${location}`))).toEqual(
      new Set(['303 /password-reset/code']),
    )
    await world.runJobs()
    expect(await mailsTo(world, { email })).toHaveLength(3)
    world.advance(hourSeconds)
    await ask(email)
    await world.runJobs()
    expect(await mailsTo(world, { email })).toHaveLength(4)
  })

  it('sends ten emails a day', async () => {
    const { email } = await person(world)
    for (let hours = 0; hours < 5; hours++) {
      for (let times = 0; times < 3; times++) await ask(email)
      await world.runJobs()
      world.advance(hourSeconds)
    }
    expect(await mailsTo(world, { email })).toHaveLength(10)
    world.advance(daySeconds)
    await ask(email)
    await world.runJobs()
    expect(await mailsTo(world, { email })).toHaveLength(11)
  })

  it('cannot lock the owner out: over the limit the newest link lives on', async () => {
    const { email } = await person(world)
    for (let times = 0; times < 3; times++) {
      await ask(email)
      await world.runJobs()
      world.advance(1)
    }
    const { link, token } = await newestMail(world, email)
    world.advance(30 * 60)
    expect((await world.browser().get(link)).status).toBe(410)
    await ask(email)
    await world.runJobs()
    expect(await mailsTo(world, { email })).toHaveLength(3)
    expect((await world.browser().get(link)).status).toBe(200)
    world.advance(15 * 60 + 1)
    expect((await world.browser().get(link)).status).toBe(410)
    await ask(email)
    expect(await world.browser().post('/password-reset/link', { token })).toMatchObject({
      status: 303,
      location: '/password-reset/new',
    })
    await ask(email)
    expect((await world.browser().get(link)).status).toBe(410)
  })

  it('is refused with 429 for a network that asks too often', async () => {
    const here = elsewhere()
    const statuses = []
    for (let times = 0; times < 7; times++)
      statuses.push((await ask(stranger(), world.browser(), here)).status)
    expect(statuses).toEqual([303, 303, 303, 303, 303, 303, 429])
    const refused = await ask(stranger(), world.browser(), here)
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(3500)
    expect(refused.$('[role=alert]').text()).toContain('from your network')
    expect((await ask(stranger())).status).toBe(303)
  })
})
