import { eq } from 'drizzle-orm'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { users } from '../../src/db/schema'
import { member, memberPassword } from '../member'
import { type Person, person } from '../people'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'

const portrait = 'bin/demo/pictures/cafe.webp'
const world = fileWorld({ liveJobs: true })
let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser?.close())

const pictureOf = async ({ id }: Person) => {
  const [user] = await world.services.db.select().from(users).where(eq(users.id, id))
  return user?.imageKey ?? null
}

describe('the profile picture in a real browser', () => {
  it('is uploaded and shown without leaving the page, and removed again', async () => {
    const asha = await person(world)
    const { page, context, complaints } = await openPage(browser, world, { person: asha })
    await page.goto('/account')
    await page.getByLabel('Profile picture').setInputFiles(portrait)
    await page.getByText('Your profile picture is saved.').waitFor()
    const shown = page.locator('#picture img.avatar')
    await shown.waitFor()
    await expect
      .poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth))
      .toBeGreaterThan(0)
    await page.locator('.account-menu img.avatar').waitFor()
    expect(await shown.getAttribute('src')).toContain((await pictureOf(asha)) ?? 'nothing')
    await page.getByRole('button', { name: 'Remove picture' }).click()
    await page.getByText('Your profile picture is removed.').waitFor()
    expect(await pictureOf(asha)).toBeNull()
    expect(complaints).toEqual([])
    await context.close()
  })

  it('can be dropped', async () => {
    const asha = await person(world)
    const { page, context, complaints } = await openPage(browser, world, { person: asha })
    await page.goto('/account')
    const files = await page.evaluateHandle(async () => {
      const canvas = new OffscreenCanvas(8, 8)
      canvas.getContext('2d')?.fillRect(0, 0, 8, 8)
      const transfer = new DataTransfer()
      transfer.items.add(new File([await canvas.convertToBlob()], 'dot.png', { type: 'image/png' }))
      return transfer
    })
    const zone = page.locator('[data-upload]')
    await zone.dispatchEvent('dragover', { dataTransfer: files })
    expect(await zone.getAttribute('data-over')).toBe('true')
    await zone.dispatchEvent('drop', { dataTransfer: files })
    await page.locator('#picture img.avatar').waitFor()
    expect(await pictureOf(asha)).not.toBeNull()
    expect(complaints).toEqual([])
    await context.close()
  })

  it('is refused with a message before anything is sent, and when the store does not answer', async () => {
    const asha = await person(world)
    const { page, context } = await openPage(browser, world, { person: asha })
    await page.goto('/account')
    const input = page.getByLabel('Profile picture')
    const problem = page.locator('#picture [role=alert]')
    await input.setInputFiles({ name: 'me.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') })
    await problem.getByText('me.svg cannot be used here. Choose a JPEG, PNG or WebP file.').waitFor()
    await input.setInputFiles({
      name: 'big.png',
      mimeType: 'image/png',
      buffer: Buffer.alloc(2 * 1024 * 1024 + 1),
    })
    await problem.getByText('big.png is larger than 2 MB. Choose a smaller file.').waitFor()
    await world.settings('uploadthing', { down: true })
    await input.setInputFiles(portrait)
    await problem.getByText('try again').waitFor()
    await world.settings('uploadthing', { down: false })
    await input.setInputFiles(portrait)
    await page.locator('#picture img.avatar').waitFor()
    expect(await page.locator('#picture [role=alert]').count()).toBe(0)
    await context.close()
  })

  it('shows its progress, and can be cancelled', async () => {
    const asha = await person(world)
    const { page, context } = await openPage(browser, world, { person: asha })
    await page.goto('/account')
    const network = await context.newCDPSession(page)
    const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 20_000 }
    await network.send('Network.emulateNetworkConditions', slow)
    const megabyte = { name: 'slow.png', mimeType: 'image/png', buffer: Buffer.alloc(1024 * 1024, 7) }
    await page.getByLabel('Profile picture').setInputFiles(megabyte)
    const bar = page.locator('#picture progress')
    await expect
      .poll(() => bar.evaluate((element: HTMLProgressElement) => element.value), { timeout: 30_000 })
      .toBeGreaterThan(0)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await bar.waitFor({ state: 'hidden' })
    expect(await page.locator('#picture [role=alert]').count()).toBe(0)
    expect(await pictureOf(asha)).toBeNull()
    await context.close()
  })
})

describe('the account without scripts', () => {
  it('does all but pictures, and says so', async () => {
    const asha = await member(world)
    const { page, context, complaints } = await openPage(browser, world, {
      person: asha,
      javaScriptEnabled: false,
    })
    await page.goto('/account')
    expect(await page.locator('#picture noscript').innerText()).toContain('needs JavaScript')
    expect(await page.locator('[data-upload]').isVisible()).toBe(false)
    await page.getByLabel('Name', { exact: true }).fill('Asha Rao')
    await page.getByLabel('Phone number').fill('098 7654 3210')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Your details are saved.').waitFor()
    expect(await page.getByLabel('Phone number').inputValue()).toBe('+919876543210')
    await page.getByLabel('Current password').fill(memberPassword)
    await page.getByLabel('New password').fill('another password')
    await page.getByRole('button', { name: 'Change password' }).click()
    await page.getByText('Your password is changed.').waitFor()
    await page.getByRole('link', { name: 'Where you are signed in' }).click()
    await page.getByText('This browser').waitFor()
    await page.getByText('Chrome on Linux').first().waitFor()
    await page.goto('/account')
    await page.getByRole('link', { name: 'Delete account' }).click()
    await page.getByLabel('Password').fill('another password')
    await page.getByRole('button', { name: 'Delete my account' }).click()
    await page.waitForURL(`${world.origin}/`)
    await page.getByText('Your account is deleted.').waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })
})
