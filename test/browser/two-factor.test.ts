import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { member, memberPassword } from '../member'
import { codeNow, nextCode } from '../two-factor'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'

const world = fileWorld()
let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser?.close())

async function signIn(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in?next=/purchases')
  await page.getByLabel('Email').fill(email)
  await page.getByLabel('Password').fill(memberPassword)
  await page.getByRole('main').getByRole('button', { name: 'Sign in', exact: true }).click()
  await page.waitForURL('**/sign-in/two-factor')
}

it.each([true, false])(
  'Two factors are set up and signed in with on a phone, scripts: %s',
  async (scripts) => {
    const asha = await member(world)
    const { page, context, complaints } = await openPage(browser, world, {
      person: asha,
      viewport: { width: 360, height: 780 },
      javaScriptEnabled: scripts,
    })
    const main = page.getByRole('main')
    await page.goto('/account')
    await main.getByRole('link', { name: 'Set it up' }).click()
    const picture = await page.locator('.qr-code').boundingBox()
    expect(picture?.width).toBeGreaterThan(180)
    const secret = (await page.locator('.secret-key').innerText()).replaceAll(/\s/g, '')
    await page.getByLabel('Code').fill(await codeNow(world, secret))
    await page.keyboard.press('Enter')
    await page.getByText('This is the only time they are shown.').waitFor()
    const recovery = await page.locator('.recovery-codes code').first().innerText()
    if (scripts) {
      const download = page.waitForEvent('download')
      await page.getByRole('link', { name: 'Download' }).click()
      expect((await download).suggestedFilename()).toBe('recovery-codes.txt')
    }
    await page.getByRole('link', { name: 'I have saved them' }).click()
    await page.getByText('10 codes left').waitFor()
    await page.goto('/account')
    await main.getByRole('button', { name: 'Sign out', exact: true }).click()
    await page.waitForURL(`${world.origin}/`)

    await signIn(page, asha.email)
    const code = page.getByLabel('Code')
    expect(await code.evaluate((field) => field === document.activeElement)).toBe(true)
    await code.fill(await nextCode(world, secret))
    await page.keyboard.press('Enter')
    await page.waitForURL('**/purchases')

    await context.clearCookies()
    await signIn(page, asha.email)
    await page.getByRole('link', { name: 'Use a recovery code' }).click()
    await page.getByLabel('Recovery code').fill(recovery.toUpperCase())
    await page.keyboard.press('Enter')
    await page.waitForURL('**/purchases')
    await page.getByText('You have 9 recovery codes left.').waitFor()
    expect(complaints).toEqual([])
    await context.close()
  },
)
