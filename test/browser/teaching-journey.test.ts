import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { categories } from '../../src/db/schema'
import { newId } from '../../src/ids'
import { person } from '../people'
import { until } from '../until'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'

const world = fileWorld({ liveJobs: true })
let browser: Browser
beforeAll(async () => {
  await world.services.db.insert(categories).values({ id: newId(), name: 'Handicraft', slug: 'handicraft' })
  browser = await openChromium()
})
afterAll(() => browser?.close())

/** Types or chooses one setting and saves it, as its form does by itself. */
async function save(page: Page, field: string, value: string): Promise<void> {
  const control = page.locator(`#${field}`)
  if (field === 'categoryId') await control.selectOption({ label: value })
  else await control.fill(value)
  await page.locator(`#${field}-save`).click()
  await page.locator(`#${field}-form .saved`).waitFor()
}

it('a student becomes an instructor, makes a course from nothing on a phone, and somebody buys and watches it', async () => {
  const newcomer = await person(world, { name: 'Lakshmi Rao' })
  const opened = await openPage(browser, world, { person: newcomer, viewport: { width: 360, height: 780 } })
  const { page } = opened
  await page.goto('/teach')
  await page.getByRole('main').getByRole('button').first().click()
  await page.getByLabel('Title').fill('Kolam: dots and lines')
  await page.getByRole('button', { name: 'Create course' }).click()
  await page.getByRole('heading', { level: 1, name: 'Kolam: dots and lines' }).waitFor()
  const coursePage = page.url()

  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.getByRole('alert').first().waitFor()
  await save(page, 'description', 'Draw **with rice flour** at your door.')
  await save(page, 'categoryId', 'Handicraft')
  await save(page, 'price', '249.50')
  await page.locator('#image input[type=file]').setInputFiles('bin/demo/pictures/cafe.webp')
  await page.getByText('The image is saved.').waitFor()

  await page.locator('#chapters').getByLabel('Title').fill('The first dot')
  await page.getByRole('button', { name: 'Add chapter' }).click()
  await page.locator('#chapter-list').getByRole('link', { name: 'The first dot' }).click()
  await page.getByRole('heading', { level: 1, name: 'The first dot' }).waitFor()
  await save(page, 'description', 'Where to begin.')
  await page.locator('#video input[type=file]').setInputFiles('bin/demo/clips/loop.mp4')
  await page.waitForSelector('#video-state[data-state=ready]')
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.locator('#chapter-head').getByText('Published').waitFor()
  await page.goto(coursePage)
  await page.getByRole('button', { name: 'Publish', exact: true }).click()
  await page.locator('#course-head').getByText('Published').waitFor()
  expect(opened.complaints.filter((text) => !/422/.test(text))).toEqual([])
  await opened.context.close()

  const student = await person(world)
  const shop = await openPage(browser, world, { person: student })
  await shop.page.goto('/courses?q=kolam')
  await shop.page.getByRole('link', { name: 'Kolam: dots and lines' }).first().click()
  await shop.page.getByRole('button', { name: 'Buy course' }).filter({ visible: true }).first().click()
  await shop.page.getByRole('button', { name: 'Pay now' }).click()
  await shop.page.frameLocator('iframe').getByRole('button', { name: /^Pay/ }).click()
  await shop.page.getByRole('link', { name: 'Continue learning' }).click()
  await shop.page.waitForFunction(
    () => (document.querySelector<HTMLVideoElement>('mux-player')?.readyState ?? 0) > 0,
  )
  await shop.page.evaluate(() => document.querySelector<HTMLVideoElement>('mux-player')?.play())
  await until(
    () =>
      shop.page.evaluate(
        () => (document.querySelector<HTMLVideoElement>('mux-player')?.currentTime ?? 0) > 1,
      ),
    'the lesson to play',
  )
  expect(shop.complaints).toEqual([])
  await shop.context.close()

  const earnings = await newcomer.browser.get('/teach/earnings')
  expect(earnings.html).toContain('₹249.50')
})
