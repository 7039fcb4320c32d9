import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { findSession } from '../../../test/member'
import { person } from '../../../test/people'
import { fileWorld, openWorld } from '../../../test/world'
import { users } from '../../db/schema'
import { newId } from '../../ids'
import { daySeconds } from '../../rules/time'

const world = fileWorld()

const newcomer = () => ({ name: 'Asha', email: `${newId()}@new.example.com`, password: 'learn-by-doing' })

describe('a session', () => {
  it('ends for a user who is suspended', async () => {
    const { id, browser } = await person(world)
    expect((await browser.get('/account')).status).toBe(200)
    await world.services.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, id))
    expect((await browser.get('/account')).status).toBe(303)
    expect(browser.cookies.has('session')).toBe(false)
  })

  it('ends at once by signing out, for everyone who holds its token', async () => {
    const { browser } = await person(world)
    const token = browser.cookies.get('session') ?? ''
    expect(await browser.post('/sign-out')).toMatchObject({ status: 303, location: '/' })
    expect(browser.cookies.has('session')).toBe(false)
    expect(await findSession(world, token)).toBeUndefined()
    browser.cookies.set('session', token)
    expect(await browser.get('/account')).toMatchObject({ status: 303, location: '/sign-in?next=%2Faccount' })
    expect(await browser.post('/sign-out')).toMatchObject({ status: 303, location: '/' })
  })

  it('is not ended by a form of another site', async () => {
    const { browser } = await person(world)
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
    expect((await browser.post('/sign-out', {}, headers)).status).toBe(403)
    expect((await browser.get('/account')).status).toBe(200)
  })

  it('lasts 30 days from when the user was last seen', async () => {
    const { browser } = await person(world)
    world.advance(29 * daySeconds)
    const seen = await browser.get('/account')
    expect(seen.status).toBe(200)
    expect(seen.headers.getSetCookie().join()).toMatch(/session=.*Max-Age=2592000/)
    world.advance(29 * daySeconds)
    expect((await browser.get('/account')).status).toBe(200)
    world.advance(30 * daySeconds)
    expect((await browser.get('/account')).status).toBe(303)
  })

  it('lives in a cookie that scripts cannot read', async () => {
    const { headers } = await world.browser().post('/sign-up', newcomer())
    const cookie = headers.getSetCookie().find((one) => one.startsWith('session=')) ?? ''
    expect(cookie).toMatch(/^session=[a-z0-9]{40};/)
    expect(cookie.split('; ').slice(1).sort()).toEqual([
      'HttpOnly',
      'Max-Age=2592000',
      'Path=/',
      'SameSite=Lax',
    ])
  })

  it('is bound to this host and to https where the site has it', async () => {
    const secure = await openWorld({ environment: { APP_ORIGIN: 'https://localhost:8443' } })
    try {
      const browser = secure.browser()
      const { headers } = await browser.post('/sign-up', newcomer())
      const cookie = headers.getSetCookie().find((one) => one.includes('session=')) ?? ''
      expect(cookie).toMatch(/^__Host-session=[a-z0-9]{40};/)
      expect(cookie.split('; ').slice(1).sort()).toEqual([
        'HttpOnly',
        'Max-Age=2592000',
        'Path=/',
        'SameSite=Lax',
        'Secure',
      ])
      expect((await browser.get('/account')).status).toBe(200)
      await browser.post('/sign-out')
      expect(browser.cookies.has('__Host-session')).toBe(false)
    } finally {
      await secure.close()
    }
  })
})
