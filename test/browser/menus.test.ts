import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Course, course, give, type Person, person } from '../people'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'
import { unreachable } from './reach'

const world = fileWorld()
let browser: Browser
let student: Person
let owned: Course
let chapter = ''

beforeAll(async () => {
  student = await person(world)
  owned = await course(world, { pricePaise: 0 })
  await give(world, student, owned)
  chapter = `/learn/${owned.slug}/${owned.chapters[0]?.id}`
  browser = await openChromium()
})
afterAll(() => browser?.close())

const phone = { width: 360, height: 780 }
const open = (options: Parameters<typeof openPage>[2] = {}) =>
  openPage(browser, world, { person: student, ...options })
const accountButton = (page: Page) => page.getByRole('button', { name: 'Your account' })
const accountLink = (page: Page) => page.getByRole('link', { name: 'Purchases', exact: true })

describe('the account menu', () => {
  it('opens by keyboard, is next in the order of Tab, and Escape gives the focus back', async () => {
    const { page, context } = await open()
    await page.goto(chapter)
    await accountButton(page).focus()
    await page.keyboard.press('Enter')
    await accountLink(page).waitFor()
    await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe('Account')
    await page.keyboard.press('Escape')
    await accountLink(page).waitFor({ state: 'hidden' })
    expect(await accountButton(page).evaluate((button) => button === document.activeElement)).toBe(true)
    await context.close()
  })

  it('closes by a press elsewhere and by a second press on its button', async () => {
    const { page, context } = await open()
    await page.goto('/account')
    for (const close of [
      () => page.getByRole('heading', { level: 1 }).click(),
      () => accountButton(page).click(),
    ]) {
      await accountButton(page).click()
      await accountLink(page).waitFor()
      await close()
      await accountLink(page).waitFor({ state: 'hidden' })
    }
    await context.close()
  })

  it.each([true, false])('leads on and signs out from a chapter, scripts: %s', async (javaScriptEnabled) => {
    const leaver = await person(world)
    await give(world, leaver, owned)
    const { page, context } = await open({ person: leaver, javaScriptEnabled })
    await page.goto(chapter)
    await accountButton(page).click()
    await accountLink(page).click()
    await page.waitForURL('**/purchases')
    await page.goto(chapter)
    await accountButton(page).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor()
    await context.close()
  })
})

describe('the navigation above a chapter', () => {
  it.each([
    { width: 360, scripts: true },
    { width: 360, scripts: false },
    { width: 768, scripts: true },
    { width: 1280, scripts: true },
  ])('leads to the courses and to my learning at $width px, scripts: $scripts', async (given) => {
    const viewport = { width: given.width, height: 780 }
    const { page, context } = await open({ viewport, javaScriptEnabled: given.scripts })
    for (const [name, url] of [
      ['Courses', '**/courses'],
      ['Learning', '**/learning'],
    ] as const) {
      await page.goto(chapter)
      if (given.width < 960) await page.getByRole('button', { name: 'Menu' }).click()
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click()
      await page.waitForURL(url)
    }
    await context.close()
  })
})

describe('a message', () => {
  it('lies over the page with its buttons in reach, and leaves nothing behind when it is dismissed', async () => {
    const { page, context } = await open({ viewport: phone })
    await page.goto(chapter)
    await page.getByRole('button', { name: 'Mark as complete' }).waitFor()
    await context.setOffline(true)
    await page.getByRole('button', { name: 'Mark as complete' }).click()
    await page.getByText('No connection. Nothing was saved.').waitFor()
    const toaster = page.locator('#toaster')
    expect(await toaster.evaluate((element) => element.matches(':popover-open'))).toBe(true)
    expect(await unreachable(page)).toEqual([])
    await page.getByRole('button', { name: 'Dismiss' }).click()
    await page.getByText('No connection. Nothing was saved.').waitFor({ state: 'detached' })
    expect(await toaster.evaluate((element) => element.matches(':popover-open'))).toBe(false)
    await context.close()
  })
})

/** Whether a box of the page covers what has the focus. */
const coveredFocus = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement
    const box = focused?.getBoundingClientRect()
    if (!focused || !box) return 'nothing has the focus'
    const found = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
    return focused.contains(found) ? null : `${focused.outerHTML.slice(0, 80)} lies under ${found?.className}`
  })

describe('the price at the bottom edge of a phone', () => {
  it('never covers what has the focus', async () => {
    const offered = await course(world, { chapters: 12, previews: 12 })
    const { page, context } = await open({ viewport: phone })
    await page.goto(`/courses/${offered.slug}`)
    const covered: (string | null)[] = []
    for (let press = 0; press < 30; press++) {
      await page.keyboard.press('Tab')
      covered.push(await coveredFocus(page))
    }
    expect(covered.filter(Boolean)).toEqual([])
    await context.close()
  })
})
