import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newestMail } from '../mailbox'
import { person } from '../people'
import { until } from '../until'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'

const world = fileWorld({ liveJobs: true })
let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser?.close())

const mailTo = (email: string) => until(() => newestMail(world, email).catch(() => null), 'a mail')

describe.each([true, false])('a forgotten password in a real browser, scripts: %s', (javaScriptEnabled) => {
  it('is replaced with the code, by keyboard alone', async () => {
    const { email, name } = await person(world)
    const { page, context } = await openPage(browser, world, { javaScriptEnabled })
    await page.goto('/sign-in')
    await page.getByRole('link', { name: 'Forgot your password?' }).focus()
    await page.keyboard.press('Enter')
    await page.getByLabel('Email').focus()
    await page.keyboard.type(email)
    await page.keyboard.press('Enter')
    await page.getByLabel('Code').focus()
    const { code } = await mailTo(email)
    await page.keyboard.type(code)
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await page.getByLabel('New password').focus()
    await page.keyboard.type('something-new-to-remember')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${world.origin}/learning`)
    expect(await page.getByRole('banner').textContent()).toContain(name)
    await context.close()
  })

  it('is replaced with the link, in another browser', async () => {
    const { email } = await person(world)
    const here = await openPage(browser, world, { javaScriptEnabled })
    await here.page.goto('/password-reset')
    await here.page.getByLabel('Email').fill(email)
    await here.page.getByRole('button', { name: 'Send code' }).click()
    await here.page.getByRole('heading', { name: 'Check your email' }).waitFor()
    const { link } = await mailTo(email)
    const phone = await openPage(browser, world, { javaScriptEnabled, viewport: { width: 360, height: 700 } })
    await phone.page.goto(link)
    await phone.page.getByRole('button', { name: 'Continue' }).click()
    await phone.page.getByLabel('New password').fill('something-new-to-remember')
    await phone.page.getByRole('button', { name: 'Save' }).click()
    await phone.page.waitForURL(`${world.origin}/learning`)
    expect([...here.complaints, ...phone.complaints]).toEqual([])
    await Promise.all([here.context.close(), phone.context.close()])
  })

  it('says how long the code is valid, and when it has expired', async () => {
    const { email } = await person(world)
    const { page, context } = await openPage(browser, world, { javaScriptEnabled })
    await page.clock.install()
    await page.goto('/password-reset')
    await page.getByLabel('Email').fill(email)
    await page.keyboard.press('Enter')
    await page.getByText('valid for 45 seconds').waitFor()
    const over = page.locator('[data-code-clock]').getByText('Time is up')
    if (javaScriptEnabled) {
      await page.getByText(/About \d+ seconds left/).waitFor()
      await page.clock.runFor(46_000)
    } else {
      expect(await page.getByText(/About/).count()).toBe(0)
      world.advance(46)
      await page.reload()
    }
    await over.waitFor()
    await page.getByRole('button', { name: 'Send a new code' }).click()
    await over.waitFor({ state: 'hidden' })
    await context.close()
  })
})
