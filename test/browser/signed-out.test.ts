import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { closeSession, openSession } from '../../src/models/account/session'
import { type Person, person } from '../people'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'

const unmistakable = 'Asha Unmistakable'
const world = fileWorld()
let browser: Browser
/** A browser that keeps pages whole, also those it was told not to store. */
let keeper: Browser
beforeAll(async () => {
  browser = await openChromium()
  keeper = await openChromium({
    args: ['--enable-features=CacheControlNoStoreEnterBackForwardCache'],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
})
afterAll(async () => {
  await Promise.all([browser?.close(), keeper?.close()])
})

const isHidden = (page: Page) => page.evaluate(() => getComputedStyle(document.body).visibility === 'hidden')

const comeBack = (page: Page) =>
  page.evaluate(() => void dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })))

const endElsewhere = ({ browser: { cookies } }: Person) =>
  closeSession(world.services, cookies.get('session') ?? '')

const pages = ['/account', '/purchases', '/learning', '/account/sessions']

async function nothingPrivateGoingBack(page: Page): Promise<void> {
  for (const path of pages.toReversed()) {
    await page.goBack()
    await page.waitForURL(`**/sign-in?next=${encodeURIComponent(path)}`)
    expect(await page.content()).not.toContain(unmistakable)
  }
}

describe('Back', () => {
  it.each([
    ['stores pages', () => browser],
    ['keeps pages whole', () => keeper],
  ])('shows nothing private after signing out in a browser that %s', async (_how, chosen) => {
    const asha = await person(world, { name: unmistakable })
    const { page, context } = await openPage(chosen(), world, { person: asha })
    for (const path of pages) await page.goto(path)
    await page
      .locator('form[action="/sign-out"]')
      .first()
      .evaluate((form: HTMLFormElement) => form.submit())
    await page.waitForURL(`${world.origin}/`)
    await nothingPrivateGoingBack(page)
    await context.close()
  })

  it.each([
    ['stores pages', () => browser],
    ['keeps pages whole', () => keeper],
  ])(
    'shows nothing private when the session ended elsewhere, in a browser that %s and was not told to clear',
    async (_how, chosen) => {
      const asha = await person(world, { name: unmistakable })
      const { page, context } = await openPage(chosen(), world, { person: asha })
      for (const path of pages) await page.goto(path)
      await page.goto('data:text/html,elsewhere')
      await endElsewhere(asha)
      await nothingPrivateGoingBack(page)
      await context.close()
    },
  )
})

describe('a page that comes back out of the browser’s memory', () => {
  it('stays hidden until its session is known to be open, and keeps what was typed', async () => {
    const asha = await person(world)
    const { page, context, complaints } = await openPage(browser, world, { person: asha })
    await page.goto('/account')
    await page.getByLabel('Name', { exact: true }).fill('Half a na')
    const asked = new Promise<Route>((resolve) => page.route('**/account/session', resolve))
    await comeBack(page)
    const question = await asked
    expect(await isHidden(page)).toBe(true)
    await question.continue()
    await expect.poll(() => isHidden(page)).toBe(false)
    expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Half a na')
    expect(complaints).toEqual([])
    await context.close()
  })

  it('is fetched again when the check fails', async () => {
    const asha = await person(world)
    const { page, context } = await openPage(browser, world, { person: asha })
    await page.goto('/account')
    await page.route('**/account/session', (route) => route.abort())
    const fetched = page.waitForResponse(`${world.origin}/account`)
    const loaded = page.waitForEvent('load')
    await comeBack(page)
    expect((await fetched).status()).toBe(200)
    // A context that is closed while its page loads may never close.
    await loaded
    expect(await isHidden(page)).toBe(false)
    await context.close()
  })

  it('becomes the page of who is signed in now', async () => {
    const [asha, tara] = [await person(world), await person(world)]
    const { page, context } = await openPage(browser, world, { person: asha })
    await page.goto('/account')
    const value = await openSession(world.services, tara.id, 'The same browser')
    await context.addCookies([{ name: 'session', value, url: world.origin }])
    await comeBack(page)
    await page.getByText(tara.email).waitFor()
    expect(await page.content()).not.toContain(asha.email)
    await context.close()
  })

  it('of a visitor is not checked', async () => {
    const { page, context } = await openPage(browser, world)
    await page.goto('/')
    const asked: string[] = []
    page.on('request', (request) => asked.push(new URL(request.url()).pathname))
    await comeBack(page)
    expect(await isHidden(page)).toBe(false)
    expect(asked).not.toContain('/account/session')
    await context.close()
  })
})
