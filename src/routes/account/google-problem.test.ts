import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, BrowserSession } from '../../../test/browser-session'
import { backFromGoogle, continueWithGoogle, findByEmail, googleUser, toCallback } from '../../../test/google'
import { fileWorld, openWorld, type World } from '../../../test/world'

const world = fileWorld()

const stateOf = (path: string) => new URL(path, world.origin).searchParams.get('state') ?? ''

/** A page that says what to do next, and nobody signed in. */
const expectKind = (answer: Answer, browser: BrowserSession, status: number, title: string) => {
  expect([answer.status, answer.$('h1').text()]).toEqual([status, title])
  expect(answer.$('main [role=alert], main [role=status]').text()).not.toBe('')
  expect(answer.$('main a[href^="/sign-in?"], main a[href="/sign-in"]')).toHaveLength(1)
  expect(browser.cookies.has('session')).toBe(false)
}
const expired = 'This sign-in has expired'

describe('a sign-in with Google that fails', () => {
  it('after Cancel offers both ways to sign in, with the same next page', async () => {
    const browser = world.browser()
    const { location } = await browser.get('/sign-in/google?next=/courses/queues')
    const chooser = await (await fetch(location ?? '')).text()
    expect(chooser).toContain('Cancel')
    const request = new URL(location ?? '').search.slice(1)
    const cancel = `${world.sandbox.origin}/google/choice?${new URLSearchParams({ request, cancel: 'yes' })}`
    const back = new URL((await fetch(cancel, { redirect: 'manual' })).headers.get('Location') ?? '')
    expect(back.searchParams.get('error')).toBe('access_denied')
    const answer = await browser.get(`${back.pathname}${back.search}`)
    expectKind(answer, browser, 200, 'Sign-in with Google cancelled')
    expect(answer.$('main a[href="/sign-in/google?next=%2Fcourses%2Fqueues"]').text()).toContain(
      'Continue with Google',
    )
    expect(answer.$('main a[href="/sign-in?next=%2Fcourses%2Fqueues"]')).toHaveLength(1)
    expectKind(await browser.get(`${back.pathname}${back.search}`), browser, 400, expired)
  })

  it('has a state that this browser never had, or none', async () => {
    const someone = googleUser()
    const victim = world.browser()
    const callback = await toCallback(world, world.browser(), someone)
    expectKind(await victim.get(callback), victim, 400, expired)
    const own = await toCallback(world, victim, someone)
    const swapped = own.replace(stateOf(own), stateOf(callback))
    expectKind(await victim.get(swapped), victim, 400, expired)
    for (const path of ['', '?state=', '?code=4/x', '?state=../../x&code=1', `?state=${'a'.repeat(5000)}`])
      expectKind(await victim.get(`/sign-in/google/callback${path}`), victim, 400, expired)
    expect(await findByEmail(world, someone.email)).toEqual([])
  })

  it('has the code of another attempt of the same browser, with another verifier and nonce', async () => {
    const browser = world.browser()
    const someone = googleUser()
    const one = await toCallback(world, browser, someone)
    const two = await toCallback(world, browser, someone)
    expectKind(await browser.get(one.replace(stateOf(one), stateOf(two))), browser, 400, expired)
    expect(await findByEmail(world, someone.email)).toEqual([])
  })

  it('has a state older than ten minutes, even if the browser kept its cookie', async () => {
    const browser = world.browser()
    const someone = googleUser()
    const path = await toCallback(world, browser, someone)
    world.advance(10 * 60 + 1)
    expectKind(await browser.get(path), browser, 400, expired)
    world.advance(-10 * 60 - 1)
    expect(await findByEmail(world, someone.email)).toEqual([])
  })

  it('has a cookie that was changed, or belongs to another state', async () => {
    const browser = world.browser()
    const someone = googleUser()
    const [one, two] = [await toCallback(world, browser, someone), await toCallback(world, browser, someone)]
    const cookie = (path: string) => `google-attempt-${stateOf(path)}`
    browser.cookies.set(cookie(one), browser.cookies.get(cookie(two)) ?? '')
    expectKind(await browser.get(one), browser, 400, expired)
    browser.cookies.set(cookie(two), 'v1.nonsense.nonsense')
    expectKind(await browser.get(two), browser, 400, expired)
  })

  it('was completed already', async () => {
    const browser = world.browser()
    const someone = googleUser()
    const path = await toCallback(world, browser, someone)
    const cookies = new Map(browser.cookies)
    expect((await browser.get(path)).status).toBe(303)
    const signedIn = browser.cookies.get('session')
    const again = await browser.get(path)
    expect([again.status, again.$('h1').text()]).toEqual([400, expired])
    expect(browser.cookies.get('session')).toBe(signedIn)
    // Even with the attempt still at hand, Google takes a code once.
    const copy = world.browser()
    for (const [name, value] of cookies) copy.cookies.set(name, value)
    expectKind(await copy.get(path), copy, 400, expired)
  })

  it('has an address that Google has not verified', async () => {
    const browser = world.browser()
    const someone = googleUser({ email_verified: false })
    const answer = await continueWithGoogle(world, browser, someone)
    expectKind(answer, browser, 403, 'Google has not verified your email address')
    expect(await findByEmail(world, someone.email)).toEqual([])
  })

  it('works again when Google is no longer down', async () => {
    const browser = world.browser()
    const someone = googleUser()
    const path = await toCallback(world, browser, someone)
    await world.settings('google', { down: true })
    try {
      const answer = await browser.get(path)
      expectKind(answer, browser, 502, 'Google is not responding')
      expect(await findByEmail(world, someone.email)).toEqual([])
    } finally {
      await world.settings('google', { down: false })
    }
    expect((await continueWithGoogle(world, browser, someone)).status).toBe(303)
  })

  it('is no server error when Google sends an unknown error', async () => {
    const browser = world.browser()
    const { location } = await browser.get('/sign-in/google')
    const state = new URL(location ?? '').searchParams.get('state')
    const answer = await browser.get(`/sign-in/google/callback?error=server_error&state=${state}`)
    expectKind(answer, browser, 400, expired)
    const path = await backFromGoogle(
      world,
      (await browser.get('/sign-in/google')).location ?? '',
      googleUser(),
    )
    expectKind(await browser.get(path.replace(/code=[^&]+/, 'code=4%2Fmade-up')), browser, 400, expired)
  })
})

describe('a site without Google keys', () => {
  let plain: World
  beforeAll(async () => {
    const names = Object.keys(world.sandbox.environment).filter((name) => name.startsWith('GOOGLE_'))
    plain = await openWorld({ environment: Object.fromEntries(names.map((name) => [name, undefined])) })
  })
  afterAll(() => plain.close())

  it('has no button, and answers 503', async () => {
    expect(plain.services.identity).toBeNull()
    for (const page of ['/sign-in', '/sign-up']) {
      const answer = await plain.browser().get(page)
      expect([answer.status, answer.html.includes('Google')]).toEqual([200, false])
    }
    for (const path of ['/sign-in/google', '/sign-in/google/callback?state=x&code=y']) {
      const { status, $ } = await plain.browser().get(path)
      expect([status, $('main').text()]).toEqual([503, expect.stringContaining('not set up')])
    }
  })
})
