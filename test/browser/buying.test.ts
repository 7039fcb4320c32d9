import { eq } from 'drizzle-orm'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { jobs } from '../../src/db/schema'
import { minuteSeconds } from '../../src/rules/time'
import { keepPayment, newBuyer, owns, pay } from '../payments'
import { type Course, course, person } from '../people'
import { until } from '../until'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'

const world = fileWorld({ liveJobs: true })
let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser?.close())
afterEach(() => world.settings('razorpay', { webhooks: 'on', delaySeconds: 0 }))

const standing = (page: Page) => page.locator('#purchase-state').getAttribute('data-standing')
const focused = (page: Page) => page.evaluate(() => document.activeElement?.id)
const reaches = (page: Page, wanted: string) =>
  page.locator(`#purchase-state[data-standing=${wanted}]`).waitFor()
const isFramed = (page: Page) => page.frameLocator('iframe')

async function buy(page: Page, offered: Course): Promise<void> {
  await page.goto(`/courses/${offered.slug}`)
  await page.getByRole('button', { name: 'Buy course' }).filter({ visible: true }).first().click()
}

/** Presses Tab until this is reached, as somebody without a mouse does. */
async function tabTo(page: Page, id: string): Promise<void> {
  for (let press = 0; press < 40 && (await focused(page)) !== id; press++) await page.keyboard.press('Tab')
  expect(await focused(page)).toBe(id)
}

describe('on a phone, with scripts', () => {
  const phone = { viewport: { width: 360, height: 740 } }

  it('somebody new signs up on the way, is declined, sees why, pays, and is in', async () => {
    const offered = await course(world, { pricePaise: 99_900 })
    const { page, complaints, context } = await openPage(browser, world, phone)
    await buy(page, offered)
    await page.waitForURL('**/sign-up?**')
    await page.locator('.offer').getByText('₹999').waitFor()
    await page.getByLabel('Name').fill('Kavya Menon')
    await page.getByLabel('Email').fill(`${crypto.randomUUID()}@buying.example.com`)
    await page.getByLabel('Password').fill('a quiet river')
    await page.getByRole('main').getByRole('button', { name: 'Sign up' }).click()
    await page.waitForURL('**/purchases/*')
    await page.getByRole('button', { name: 'Pay now' }).click()
    await isFramed(page)
      .getByRole('button', { name: /declines/ })
      .click()
    await reaches(page, 'declined')
    await isFramed(page).getByRole('button', { name: /Close/ }).click()
    await page.locator('iframe').waitFor({ state: 'detached' })
    await page.getByRole('heading', { name: /^Declined: / }).waitFor()
    expect(await page.title()).toMatch(/^Declined: /)
    expect(await page.getByText(/nothing was paid/i).count()).toBe(0)
    await page.reload()
    await page.getByRole('heading', { name: /^Declined: / }).waitFor()
    await page.getByRole('button', { name: 'Pay now' }).click()
    await isFramed(page).getByRole('button', { name: /^Pay/ }).click()
    await page.getByRole('heading', { name: 'You are in' }).waitFor()
    await page.getByRole('link', { name: 'Continue learning' }).click()
    await page.waitForURL(`**/learn/${offered.slug}/**`)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('a page left open tells of a payment made elsewhere, without any webhook', async () => {
    await world.settings('razorpay', { webhooks: 'off' })
    const { student, orderId, vendorOrderId } = await newBuyer(world)
    const { page, complaints, context } = await openPage(browser, world, { ...phone, person: student })
    await page.goto(`/purchases/${orderId}`)
    await pay(world, vendorOrderId)
    await reaches(page, 'in')
    expect(await page.title()).toMatch(/^You are in: /)
    expect(await owns(world, student)).toBe(true)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('a bank that answers late is waited for on the page', async () => {
    await world.settings('razorpay', { delaySeconds: 6 })
    const { student, orderId, vendorOrderId } = await newBuyer(world)
    const { page, context } = await openPage(browser, world, { ...phone, person: student })
    await page.goto(`/purchases/${orderId}`)
    await pay(world, vendorOrderId, 'late')
    await reaches(page, 'declined')
    await reaches(page, 'in')
    await context.close()
  })
})

describe('a payment that is left', () => {
  it('is read from the server when the window is closed after the money was taken', async () => {
    await world.settings('razorpay', { webhooks: 'off' })
    const { student, orderId, vendorOrderId } = await newBuyer(world)
    const { page, context } = await openPage(browser, world, { person: student })
    await page.goto(`/purchases/${orderId}`)
    await page.getByRole('button', { name: 'Pay now' }).click()
    await isFramed(page).getByRole('button', { name: /Close/ }).waitFor()
    await pay(world, vendorOrderId)
    await isFramed(page).getByRole('button', { name: /Close/ }).click()
    await reaches(page, 'in')
    await context.close()
  })

  it('is found when the tab was closed and the page is opened again', async () => {
    await world.settings('razorpay', { webhooks: 'off' })
    const { student, orderId, vendorOrderId } = await newBuyer(world)
    await pay(world, vendorOrderId)
    const { page, context } = await openPage(browser, world, { person: student })
    await page.goto(`/purchases/${orderId}`)
    await reaches(page, 'in')
    await context.close()
  })
})

describe('the keyboard', () => {
  it('is enough to pay, and keeps its place while the page asks again and changes', async () => {
    const { student, orderId } = await newBuyer(world)
    const { page, complaints, context } = await openPage(browser, world, { person: student })
    await page.goto(`/purchases/${orderId}`)
    await reaches(page, 'not-paid')
    await tabTo(page, 'purchase-check')
    const polled = page.waitForResponse((answer) => answer.status() === 204)
    await polled
    expect([await standing(page), await focused(page)]).toEqual(['not-paid', 'purchase-check'])
    await keepPayment(world, orderId, { vendorStatus: 'failed', error: 'Your bank said no.' })
    await reaches(page, 'declined')
    expect(await focused(page)).toBe('purchase-check')
    await tabTo(page, 'purchase-next')
    await page.keyboard.press('Enter')
    await isFramed(page).getByRole('button', { name: /^Pay/ }).press('Enter')
    await page.getByRole('heading', { name: 'You are in' }).waitFor()
    await tabTo(page, 'purchase-next')
    expect(await page.locator('#purchase-next').textContent()).toBe('Continue learning')
    expect(complaints).toEqual([])
    await context.close()
  })

  it('stands on the next step when the form goes away under it', async () => {
    const { student, orderId, vendorOrderId } = await newBuyer(world)
    const { page, context } = await openPage(browser, world, { person: student })
    await page.goto(`/purchases/${orderId}`)
    await reaches(page, 'not-paid')
    await page.locator('#purchase-next').focus()
    await pay(world, vendorOrderId)
    await reaches(page, 'in')
    await expect.poll(() => focused(page)).toBe('purchase-next')
    expect(await page.locator('#purchase-next').textContent()).toBe('Continue learning')
    await context.close()
  })
})

describe('without scripts', () => {
  const plain = { javaScriptEnabled: false, viewport: { width: 360, height: 740 } }

  async function hosted(page: Page, button: RegExp): Promise<void> {
    await page.getByRole('button', { name: 'Pay now' }).click()
    await page.waitForURL(`${world.sandbox.origin}/**`)
    await page.getByRole('button', { name: button }).click()
    const back = page.waitForURL('**/purchases/*')
    if (page.url().startsWith(world.sandbox.origin)) await page.getByRole('button').first().click()
    await back
  }

  it('a declined payment says why by itself, and the next one opens the course', async () => {
    const offered = await course(world)
    const { page, complaints, context } = await openPage(browser, world, {
      ...plain,
      person: await person(world),
    })
    await buy(page, offered)
    await page.waitForURL('**/purchases/*')
    await hosted(page, /declines/)
    await page.getByRole('heading', { name: /^Declined: / }).waitFor()
    await hosted(page, /Close/)
    await page.getByRole('heading', { name: /^Declined: / }).waitFor()
    await hosted(page, /^Pay/)
    await page.getByRole('heading', { name: 'You are in' }).waitFor()
    await page.getByRole('link', { name: 'Continue learning' }).click()
    await page.waitForURL(`**/learn/${offered.slug}/**`)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('a page on old knowledge is loaded again by itself until Razorpay has answered', async () => {
    await world.settings('razorpay', { webhooks: 'off' })
    const { student, orderId, vendorOrderId } = await newBuyer(world)
    await pay(world, vendorOrderId)
    await world.services.db.delete(jobs).where(eq(jobs.kind, 'check-order'))
    world.advance(2 * minuteSeconds)
    const { page, context } = await openPage(browser, world, { ...plain, person: student })
    await page.goto(`/purchases/${orderId}`)
    await page.getByRole('heading', { name: 'You are in' }).waitFor()
    await until(() => owns(world, student))
    await context.close()
  })
})

it('Inside of another app the form leads to the payment page, also where scripts run', async () => {
  const { student, orderId } = await newBuyer(world)
  const { page, complaints, context } = await openPage(browser, world, {
    person: student,
    userAgent: 'Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 Chrome/131.0 Instagram 340.0',
  })
  await page.goto(`/purchases/${orderId}`)
  await page.getByRole('button', { name: 'Pay now' }).click()
  await page.waitForURL(`${world.sandbox.origin}/**`)
  await page.getByRole('button', { name: /^Pay/ }).click()
  await page.waitForURL(`**/purchases/${orderId}`)
  await page.getByRole('heading', { name: 'You are in' }).waitFor()
  expect(complaints).toEqual([])
  await context.close()
})
