import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { requestsOf } from '../payment-events'
import { newBuyer, owns, pay, paymentWorld } from '../payments'
import { type Person, person } from '../people'
import { until } from '../until'
import { openChromium, openPage } from './chromium'

const world = paymentWorld()
let browser: Browser
let admin: Person
beforeAll(async () => {
  admin = await person(world, { role: 'admin' })
  browser = await openChromium()
})
afterAll(() => browser?.close())

async function owner() {
  const buyer = await newBuyer(world)
  const { razorpay_payment_id: paymentId } = await pay(world, buyer.vendorOrderId)
  await until(() => owns(world, buyer.student))
  return { ...buyer, paymentId }
}

it.each([true, false])('An order is found and refunded by keyboard alone, scripts: %s', async (scripts) => {
  const { paymentId } = await owner()
  const { page, context } = await openPage(browser, world, {
    person: admin,
    viewport: { width: 360, height: 780 },
    javaScriptEnabled: scripts,
  })
  await page.goto('/admin/orders')
  await page.getByLabel('Number, phone, name or email').focus()
  await page.keyboard.type(paymentId)
  await page.keyboard.press('Enter')
  await page.waitForURL(/q=pay_/)
  await page.locator('tbody a').focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/admin\/orders\/[\w-]+$/)
  const confirm = async () => {
    await page.getByRole('button', { name: 'Refund', exact: true }).focus()
    await page.keyboard.press('Enter')
    if (!scripts) return
    await page.locator('#confirm[open]').waitFor()
    await page.locator('#confirm [value=ok]').focus()
    await page.keyboard.press('Enter')
  }
  await page.locator('#refund-amount').focus()
  await page.keyboard.type('500')
  await page.locator('#refund-reason').focus()
  await page.keyboard.type('By agreement.')
  await confirm()
  const problem = page.locator('#refund-amount-error')
  await problem.waitFor()
  expect(await problem.textContent()).toBe('At most ₹499 is left to refund.')
  expect(await page.locator('#refund-reason').inputValue()).toBe('By agreement.')
  await page.locator('#refund-amount').fill('99')
  await confirm()
  await page.getByText('₹99 is on its way back to the buyer.').first().waitFor()
  expect((await requestsOf(world, paymentId)).map(({ amountPaise }) => amountPaise)).toEqual([9_900])
  await context.close()
})
