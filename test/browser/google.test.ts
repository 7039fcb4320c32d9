import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { googleUser, password, userWithPassword } from '../google'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'

const world = fileWorld()
let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser?.close())

const isOurs = (complaint: string) => !complaint.startsWith(world.sandbox.origin)

describe.each([true, false])('with Google in a real browser, scripts: %s', (javaScriptEnabled) => {
  it('a visitor chooses an account and comes back signed in to the page that asked', async () => {
    const { page, context, complaints } = await openPage(browser, world, { javaScriptEnabled })
    await page.goto('/account')
    await page.getByRole('link', { name: 'Continue with Google' }).click()
    await page.getByRole('button', { name: /Asha Rao/ }).click()
    await page.waitForURL(`${world.origin}/account`)
    expect(await page.getByRole('main').textContent()).toContain('asha.rao@gmail.com')
    const cookies = (await context.cookies(world.origin)).map(({ name }) => name)
    expect(cookies.sort()).toEqual(['device', 'session'])
    expect(complaints.filter(isOurs)).toEqual([])
    await context.close()
  })

  it('a visitor who presses Cancel can try again', async () => {
    const { page, context, complaints } = await openPage(browser, world, { javaScriptEnabled })
    await page.goto('/sign-up?next=/account')
    await page.getByRole('link', { name: 'Continue with Google' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('heading', { name: 'Sign-in with Google cancelled' }).waitFor()
    await page.getByRole('link', { name: 'Continue with Google' }).click()
    await page.getByRole('button', { name: /Ravi Kumar/ }).click()
    await page.waitForURL(`${world.origin}/account`)
    expect(complaints.filter(isOurs)).toEqual([])
    await context.close()
  })

  it('somebody whose address Google does not issue enters the password, and is linked', async () => {
    const { email } = await userWithPassword(world)
    const { page, context } = await openPage(browser, world, { javaScriptEnabled })
    await page.goto('/sign-in?next=/account')
    await world.settings('google', { next: googleUser({ email }) })
    await page.getByRole('link', { name: 'Continue with Google' }).click()
    await page.getByRole('heading', { name: 'Link your Google account' }).waitFor()
    await page.getByLabel('Password').fill('not this one')
    await page.getByRole('button', { name: 'Link and sign in' }).click()
    await page.getByText('This is not the password of this account.').waitFor()
    await page.getByLabel('Password').fill(password)
    await page.getByRole('button', { name: 'Link and sign in' }).click()
    await page.waitForURL(`${world.origin}/account`)
    await page.getByRole('button', { name: 'Unlink Google' }).click()
    await page.getByText('Your Google account is unlinked.').waitFor()
    await page.getByRole('link', { name: 'Continue with Google' }).waitFor()
    await context.close()
  })
})
