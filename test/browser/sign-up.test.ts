import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { mailsTo, newestMail } from '../mailbox'
import { member, memberPassword } from '../member'
import { until } from '../until'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'

const world = fileWorld({ liveJobs: true })
let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser?.close())

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(memberPassword)
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/learning')
}

it('somebody signs up by keyboard alone and confirms their address from the email', async () => {
  const { page, context, complaints } = await openPage(browser, world)
  const email = 'meena@sign-up.example.com'
  await page.goto('/sign-up')
  await page.getByLabel('Name').focus()
  await page.keyboard.type('Meena Pillai')
  await page.keyboard.press('Tab')
  await page.keyboard.type(email)
  await page.keyboard.press('Tab')
  await page.keyboard.type('a quiet river')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/learning')
  expect(await page.getByRole('button', { name: 'Send again' }).count()).toBe(1)
  await until(async () => (await mailsTo(world, { email })).length > 0, 'the mail')
  const { link } = await newestMail(world, email)
  await page.goto(link)
  await page.getByRole('main').getByRole('button').first().click()
  await page.goto('/learning')
  expect(await page.getByRole('button', { name: 'Send again' }).count()).toBe(0)
  expect(complaints).toEqual([])
  await context.close()
})

it('a session that is ended in one browser has ended in the other', async () => {
  const person = await member(world)
  const phone = await openPage(browser, world, {
    userAgent: 'Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile',
  })
  const laptop = await openPage(browser, world)
  await signIn(phone.page, person.email)
  await signIn(laptop.page, person.email)
  await laptop.page.goto('/account/sessions')
  await laptop.page
    .getByRole('row', { name: /Android/ })
    .getByRole('button', { name: /Sign out/ })
    .click()
  await laptop.page.getByRole('row', { name: /Android/ }).waitFor({ state: 'detached' })
  await phone.page.goto('/account')
  await phone.page.waitForURL('**/sign-in?next=%2Faccount')
  await phone.page.getByLabel('Password').waitFor()
  await laptop.page.goto('/account')
  expect(new URL(laptop.page.url()).pathname).toBe('/account')
  await phone.context.close()
  await laptop.context.close()
})

it('a wrong password shows an error at the form, and what was typed stays', async () => {
  const { page, context } = await openPage(browser, world, { javaScriptEnabled: false })
  await page.goto('/sign-in')
  await page.getByLabel('Email').fill('nobody@sign-up.example.com')
  await page.getByLabel('Password').fill('not this one')
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
  expect(await page.getByRole('alert').first().textContent()).not.toBe('')
  expect(await page.getByLabel('Email').inputValue()).toBe('nobody@sign-up.example.com')
  expect(await page.getByLabel('Password').inputValue()).toBe('')
  await context.close()
})
