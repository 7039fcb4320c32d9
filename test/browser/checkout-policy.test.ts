import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { course, person } from '../people'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'

const world = fileWorld({ liveJobs: true })
let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser?.close())

it('The page that pays lets the checkout load its script and picture and send its beacon', async () => {
  const student = await person(world)
  const offered = await course(world, { pricePaise: 99_900 })
  const { page, complaints, context } = await openPage(browser, world, { person: student })
  const answered: string[] = []
  page.on('response', (response) => {
    const { origin, pathname } = new URL(response.url())
    const [, name] = pathname.split('/v1/')
    if (origin !== world.origin && name) answered.push(`${response.status()} ${name}`)
  })
  await page.goto(`/courses/${offered.slug}`)
  await page.getByRole('button', { name: 'Buy course' }).filter({ visible: true }).first().click()
  await page.getByRole('button', { name: /^Pay/ }).first().click()
  const pay = page.frameLocator('iframe').getByRole('button', { name: /^Pay/ })
  await pay.waitFor()
  const loaded = ['200 checkout.js', '200 cdn/frame.js', '200 cdn/picture.png', '204 cdn/beacon']
  await expect.poll(() => answered).toEqual(expect.arrayContaining(loaded))
  await pay.click()
  await page.getByText('You are in').first().waitFor()
  expect(complaints).toEqual([])
  await context.close()
})

it('In an app that opens no windows the frame cannot pay, and says so', async () => {
  const student = await person(world)
  const offered = await course(world, { pricePaise: 99_900 })
  const userAgent = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/131 Instagram 350.0'
  const { page, context } = await openPage(browser, world, { person: student, userAgent })
  await page.goto(`/courses/${offered.slug}`)
  await page.getByRole('button', { name: 'Buy course' }).filter({ visible: true }).first().click()
  await page.getByRole('button', { name: /^Pay/ }).first().click()
  // Either the page knows and goes by redirect, or the window has to say it.
  const hosted = page.waitForURL(`${world.sandbox.origin}/**`).then(() => 'hosted')
  const frame = page
    .frameLocator('iframe')
    .getByRole('button', { name: /^Pay/ })
    .click()
    .then(() => page.frameLocator('iframe').getByText('could not be opened in this app').waitFor())
    .then(() => 'told')
  expect(['hosted', 'told']).toContain(await Promise.any([hosted, frame]))
  await context.close()
})
