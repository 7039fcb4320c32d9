import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Course, course } from '../people'
import { until } from '../until'
import { fileWorld } from '../world'
import { openChromium, openPage, uploadClip } from './chromium'

const world = fileWorld({ liveJobs: true })
let browser: Browser
let offered: Course

beforeAll(async () => {
  offered = await course(world, {
    title: 'Weaving C++ into threads',
    description: 'Looms, locks and **lace**.',
    pricePaise: 99_900,
    chapters: 2,
  })
  await uploadClip(world, offered, 0)
  browser = await openChromium()
})
afterAll(() => browser?.close())

const currentTime = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLVideoElement>('mux-player')?.currentTime ?? 0)

async function signUp(page: Page, email: string): Promise<void> {
  await page.goto('/sign-up')
  await page.getByLabel('Name').fill('Kavya Menon')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill('a quiet river')
  await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click()
  await page.waitForURL('**/learning')
}

async function findAndOpenCourse(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('main').getByRole('searchbox').fill('c++ weaving')
  await page.getByRole('main').getByRole('button', { name: 'Search' }).click()
  await page.waitForURL('**/courses?**')
  await page.getByRole('link', { name: offered.title }).first().click()
  await page.waitForURL(`**/courses/${offered.slug}`)
  await page.getByRole('button', { name: 'Buy course' }).filter({ visible: true }).first().click()
}

it('a student browses, buys in the payment window, watches, and sees the progress rise', async () => {
  const { page, complaints, context } = await openPage(browser, world)
  await signUp(page, 'with-scripts@journey.example.com')
  await findAndOpenCourse(page)
  await page.getByRole('button', { name: 'Pay now' }).click()
  const checkout = page.frameLocator('iframe')
  await checkout.getByRole('button', { name: /declines/ }).click()
  await page.getByRole('heading', { name: /^Declined: / }).waitFor()
  await checkout.getByRole('button', { name: /^Pay/ }).click()
  await page.waitForURL('**/purchases/*')
  await page.getByText('You are in').first().waitFor()
  await page.getByRole('link', { name: 'Continue learning' }).click()
  await page.waitForURL(`**/learn/${offered.slug}/${offered.chapters[0]?.id}`)
  await page.waitForFunction(
    () => (document.querySelector<HTMLVideoElement>('mux-player')?.readyState ?? 0) > 0,
  )
  await page.evaluate(() => document.querySelector<HTMLVideoElement>('mux-player')?.play())
  await until(async () => (await currentTime(page)) > 1, 'the video to play')
  const before = await currentTime(page)
  await until(async () => (await currentTime(page)) > before, 'the video to go on')
  expect(await page.getByText('0% complete').count()).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Mark as complete' }).click()
  await page.getByText('50% complete').first().waitFor()
  await page.goto('/learning')
  await page.getByText('50% complete').first().waitFor()
  expect(complaints).toEqual([])
  await context.close()
})

it('does the same without JavaScript up to the player', async () => {
  const { page, complaints, context } = await openPage(browser, world, { javaScriptEnabled: false })
  await signUp(page, 'without-scripts@journey.example.com')
  await findAndOpenCourse(page)
  await page.getByRole('button', { name: 'Pay now' }).click()
  await page.waitForURL(`${world.sandbox.origin}/**`)
  await page.getByRole('button', { name: /^Pay/ }).click()
  // Without scripts the payment page asks to be sent on.
  const back = page.waitForURL('**/purchases/*')
  const goOn = page.getByRole('button')
  if (page.url().startsWith(world.sandbox.origin)) await goOn.first().click()
  await back
  await page.getByText('You are in').first().waitFor()
  await page.getByRole('link', { name: 'Continue learning' }).click()
  await page.getByRole('button', { name: 'Mark as complete' }).click()
  await page.waitForURL(`**/learn/${offered.slug}/*`)
  await page.getByText('50% complete').first().waitFor()
  expect(await page.getByText(/JavaScript/).count()).toBeGreaterThan(0)
  expect(complaints).toEqual([])
  await context.close()
})
