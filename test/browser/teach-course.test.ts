import { readFile } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import type { Browser, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { muxData } from '../../src/db/schema'
import { openUpload } from '../../src/models/teach/video/upload'
import { paths } from '../../src/paths'
import { completeCourse, onePixel } from '../complete-course'
import { person } from '../people'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'

const world = fileWorld({ liveJobs: true })
let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser?.close())

const png = (name: string) => ({ name, mimeType: 'image/png', buffer: onePixel })

describe('a course in the making', () => {
  it('is edited setting by setting, each saved in place', async () => {
    const instructor = await person(world, { role: 'instructor' })
    const { page, complaints } = await openPage(browser, world, { person: instructor })
    await page.goto(paths.teach())
    await page.getByLabel('Title').fill('Made in a browser')
    await page.getByRole('button', { name: 'Create course' }).click()
    await page.getByRole('heading', { level: 1, name: 'Made in a browser' }).waitFor()
    await page.evaluate(() => {
      document.body.dataset.stays = 'yes'
    })

    const price = page.locator('#price-form')
    await price.getByLabel('Price').fill('a lot')
    await price.getByText('Not saved yet').waitFor()
    await price.getByRole('button', { name: 'Save' }).click()
    await price.getByText('Enter an amount such as 1499').waitFor()
    expect(await price.getByLabel('Price').inputValue()).toBe('a lot')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('price')
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('₹1,499')
    await page.keyboard.press('Enter')
    await price.getByText('Saved', { exact: true }).waitFor()
    expect(await price.getByLabel('Price').inputValue()).toBe('1499')
    expect(await page.locator('#announcer').textContent()).toBe('Price saved.')
    await price.getByLabel('Price').press('End')
    await page.keyboard.type('0')
    await price.getByText('Saved', { exact: true }).waitFor({ state: 'hidden' })

    await page.locator('#description').fill('## Why\n\nBecause.')
    await page.locator('#description-save').click()
    await page.locator('.teach-preview h3', { hasText: 'Why' }).waitFor()
    await page.locator('#title').fill('Renamed in a browser')
    await page.locator('#title-save').click()
    await page.getByRole('heading', { level: 1, name: 'Renamed in a browser' }).waitFor()
    expect(await page.title()).toContain('Renamed in a browser')
    for (const words of ['Description is there', 'Price is there', 'Image is missing'])
      expect((await page.locator('#course-state').textContent()) ?? '').toContain(words)

    for (const title of ['First', 'Second']) {
      await page.locator('#chapters').getByLabel('Title').fill(title)
      await page.keyboard.press('Enter')
      await page.locator('#chapter-list').getByText(title).waitFor()
      expect(await page.evaluate(() => document.activeElement?.id)).toBe('chapter-title')
    }
    await page.locator('#chapter-list').getByRole('button', { name: 'Move up' }).nth(1).click()
    await page.locator('#chapter-list li').first().getByText('Second').waitFor()

    expect(await page.evaluate(() => document.body.dataset.stays)).toBe('yes')
    expect(complaints.filter((text) => !text.includes('422'))).toEqual([])
  })

  it('gets its image and its files', async () => {
    const made = await completeCourse(world, { isPublished: false })
    const { page, complaints } = await openPage(browser, world, { person: made.owner })
    await page.goto(paths.teachCourse(made.id))
    await page.locator('#title').fill('Typed, and not saved')
    // Scrolled to in the page itself: a swap may put another picture there at any moment.
    const pictureIsSeen = () =>
      page.waitForFunction(() => {
        const picture = document.querySelector<HTMLImageElement>('#image img')
        picture?.scrollIntoView()
        return picture?.complete && picture.naturalWidth > 0
      })
    // The old one is deleted at once, so a browser that has yet to fetch it would complain.
    await pictureIsSeen()
    const oldPicture = await page.locator('#image img').elementHandle()
    await page.locator('#image input[type=file]').setInputFiles(png('cover.svg.png'))
    await page.getByText('The image is saved.').waitFor()
    await page.waitForFunction((picture) => !picture?.isConnected, oldPicture)
    await pictureIsSeen()
    await page
      .locator('#files input[type=file]')
      .setInputFiles([
        png('one.png'),
        { name: 'two.md', mimeType: 'text/markdown', buffer: Buffer.from('#') },
      ])
    await page.locator('#files li').nth(1).waitFor()
    await page
      .locator('#files input[type=file]')
      .setInputFiles({ name: 'page.html', mimeType: 'text/html', buffer: Buffer.from('x') })
    await page.locator('#files').getByText('page.html cannot be used here.').waitFor()

    const first = page.locator('#files li').filter({ hasText: 'one.png' })
    await first.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    expect(await first.count()).toBe(1)
    await first.getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('button', { name: 'Confirm' }).click()
    await first.waitFor({ state: 'detached' })
    expect(await page.locator('#title').inputValue()).toBe('Typed, and not saved')
    expect(complaints).toEqual([])
  })

  it('shows a file that arrives after a new image has changed the page around it', async () => {
    const made = await completeCourse(world, { isPublished: false })
    const { page, complaints } = await openPage(browser, world, { person: made.owner })
    await page.goto(paths.teachCourse(made.id))
    const held = new Promise<Route>((resolve) =>
      page.route('**/api/uploadthing?*slug=courseAttachment*', resolve, { times: 1 }),
    )
    await page.locator('#files input[type=file]').setInputFiles(png('late.png'))
    const request = await held
    const oldZone = await page.locator('#files [data-upload]').elementHandle()
    await page.locator('#image input[type=file]').setInputFiles(png('cover.png'))
    await page.getByText('The image is saved.').waitFor()
    await page.waitForFunction((zone) => !zone?.isConnected, oldZone)
    await page.locator('#files progress').waitFor()
    await request.continue()
    await page.locator('#files li').filter({ hasText: 'late.png' }).waitFor()
    await page.locator('#files progress').waitFor({ state: 'hidden' })
    expect(complaints).toEqual([])
  })

  it('takes a file that is chosen while the page changes around its field', async () => {
    const made = await completeCourse(world, { isPublished: false })
    const { page, complaints } = await openPage(browser, world, { person: made.owner })
    await page.goto(paths.teachCourse(made.id))
    const choosing = page.waitForEvent('filechooser')
    await page.locator('#files input[type=file]').click()
    const chooser = await choosing
    await page.locator('#image input[type=file]').setInputFiles(png('cover.png'))
    await page.waitForFunction((input) => !input.isConnected, chooser.element())
    await chooser.setFiles(png('chosen-meanwhile.png'))
    await page.locator('#files li').filter({ hasText: 'chosen-meanwhile.png' }).waitFor()
    expect(complaints).toEqual([])
  })

  it('is published, unpublished and deleted', async () => {
    const made = await completeCourse(world, { isPublished: false, chapters: 1 })
    const { page } = await openPage(browser, world, { person: made.owner })
    await page.goto(paths.teachCourse(made.id))
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.locator('#course-head').getByText('Published').waitFor()
    await page.goto(paths.teachChapter(made.id, made.ids[0] ?? ''))
    await page.getByRole('button', { name: 'Unpublish' }).click()
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.locator('#chapter-state').getByText('so the course is unpublished, too').waitFor()
    await page.getByLabel('Free preview').check()
    await page.locator('#isFree-save').click()
    await page.locator('#chapter-head').getByText('Free preview').waitFor()
    await page.getByRole('button', { name: 'Delete' }).first().click()
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.waitForURL(`**${paths.teachCourse(made.id)}`)
    await page.getByRole('button', { name: 'Delete' }).last().click()
    await page.getByRole('button', { name: 'Confirm' }).click()
    await page.waitForURL(`**${paths.teach()}`)
    await page.getByText('The course is deleted.').waitFor()
    expect(await made.row()).toBeUndefined()
  })

  it('updates its checklist when a video is ready', async () => {
    const made = await completeCourse(world, { isPublished: false, chapters: 1 })
    const [chapter] = made.chapters
    if (!chapter) throw new Error('no chapter')
    await world.services.db.delete(muxData).where(eq(muxData.chapterId, chapter.id))
    const { url } = await openUpload(world.services, { ...chapter, ownerId: made.owner.id })
    const { page, complaints } = await openPage(browser, world, { person: made.owner })
    await page.goto(paths.teachChapter(made.id, chapter.id))
    const state = page.locator('#chapter-state')
    expect(await state.textContent()).toContain('Video is missing')
    await page.locator('#title').fill('Typed meanwhile')
    expect((await fetch(url, { method: 'PUT', body: await readFile('bin/demo/clips/loop.mp4') })).ok).toBe(
      true,
    )
    await state.getByText('Video is there').waitFor()
    expect(await page.locator('#title').inputValue()).toBe('Typed meanwhile')
    expect(complaints).toEqual([])
  })

  it('is edited without JavaScript, too', async () => {
    const made = await completeCourse(world, { isPublished: false, chapters: 1 })
    const { page } = await openPage(browser, world, { person: made.owner, javaScriptEnabled: false })
    await page.goto(paths.teachCourse(made.id))
    await page.locator('#price').fill('12.345')
    await page.locator('#price-save').click()
    await page.getByText('Use at most two decimals').waitFor()
    expect(await page.locator('#price').inputValue()).toBe('12.345')
    await page.locator('#price').fill('12.34')
    await page.locator('#price-save').click()
    await page.getByText('Price saved.').waitFor()
    await page.getByRole('button', { name: 'Publish', exact: true }).click()
    await page.getByText('The course is published.').waitFor()
    await page.locator('#chapter-list a').click()
    await page.getByLabel('Free preview').check()
    await page.locator('#isFree-save').click()
    await page.getByText('Free preview saved.').waitFor()
    await page.getByRole('button', { name: 'Delete' }).last().click()
    await page.getByText('so the course is unpublished, too').waitFor()
    expect(await made.row()).toMatchObject({ isPublished: false, pricePaise: 1234 })
  })
})
