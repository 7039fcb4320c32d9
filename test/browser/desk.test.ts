import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { deskCases } from '../desk-cases'
import { paymentRow, requestsOf } from '../payment-events'
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

describe.each([true, false])('A form of the desk, scripts: %s', (scripts) => {
  const openAt = async (path: string) => {
    const opened = await openPage(browser, world, { person: admin, javaScriptEnabled: scripts })
    await opened.page.goto(path)
    return opened
  }
  const press = async (page: Page, name: string) => {
    await page.getByRole('button', { name, exact: true }).press('Enter')
    if (scripts) await page.locator('#confirm[open] [value=ok]').press('Enter')
  }

  it('says at its field why a person is not suspended, and the focus is there', async () => {
    const someone = await person(world)
    const { page, context } = await openAt(`/admin/people/${someone.id}`)
    const reason = page.locator('#suspension-reason')
    await reason.evaluate((field) => field.removeAttribute('maxlength'))
    await reason.fill('x'.repeat(501))
    await press(page, 'Suspend')
    await page.locator('#suspension-reason-error').getByText('Use at most 500 characters.').waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('suspension-reason')
    expect(await reason.inputValue()).toBe('x'.repeat(501))
    await context.close()
  })

  it('takes one reason for whichever way a held payment is decided', async () => {
    const id = await deskCases(world).heldPayment()
    const { page, context } = await openAt('/admin/payments?outcome=held')
    const card = page.locator(`#${id}`)
    await card.getByRole('button', { name: 'Give the course' }).press('Enter')
    const reason = page.locator(`#held-${id}-reason`)
    await page.locator(`#held-${id}-reason-error`).waitFor()
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(`held-${id}-reason`)
    await reason.fill('The amount is wrong.')
    await card.getByRole('button', { name: 'Send it back' }).press('Enter')
    if (scripts) await page.locator('#confirm[open] [value=ok]').press('Enter')
    await page.getByText('USD 400.00 is on its way back.').waitFor()
    expect(await paymentRow(world, id)).toMatchObject({ outcome: 'returning' })
    await context.close()
  })
})
