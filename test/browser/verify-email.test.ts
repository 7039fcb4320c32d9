import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hijack, strangersAccess } from '../hijack'
import { newcomer } from '../mailbox'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'

const password = 'learn-by-doing'
const world = fileWorld()
let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser?.close())

const banner = (page: Page) => page.getByRole('banner').textContent()

describe.each([true, false])('the mailed link in another browser, scripts: %s', (javaScriptEnabled) => {
  it('accepts the password, by keyboard alone', async () => {
    const { link } = (await newcomer(world)).mail
    const { page, context } = await openPage(browser, world, { javaScriptEnabled })
    await page.goto(link)
    await page.getByLabel('Password').focus()
    await page.keyboard.type('not this one')
    await page.keyboard.press('Enter')
    await page.getByText('This is not the password of this account.').waitFor()
    await page.getByLabel('Password').focus()
    await page.keyboard.type(password)
    await page.keyboard.press('Enter')
    await page.waitForURL(`${world.origin}/learning`)
    expect(await banner(page)).toContain('Asha Verma')
    await context.close()
  })

  it('gives the account to its owner, and locks out the stranger', async () => {
    const account = await hijack(world)
    const { page, context, complaints } = await openPage(browser, world, { javaScriptEnabled })
    await page.goto(account.link)
    await page.getByRole('button', { name: 'Choose a new password' }).click()
    await page.getByText('is confirmed').waitFor()
    await page.getByLabel('New password').fill('my-very-own-one')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.waitForURL(`${world.origin}/learning`)
    await page.goto('/account')
    expect(await page.getByLabel('Email').inputValue()).toBe(account.email)
    expect(await strangersAccess(world, account)).toEqual([])
    expect(complaints).toEqual([])
    await context.close()
  })
})
