import { readFile } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { chapters, muxData } from '../../src/db/schema'
import { paths } from '../../src/paths'
import { type Course, course, type Person, person } from '../people'
import { until } from '../until'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'

const world = fileWorld({ liveJobs: true })
let browser: Browser
let instructor: Person
beforeAll(async () => {
  instructor = await person(world, { role: 'instructor' })
  browser = await openChromium()
})
afterAll(() => browser?.close())

/**
 * A real clip with an empty box behind it, as MP4 allows: the same film, but large enough to be
 * sent in pieces.
 */
async function clip(megabytes: number) {
  const film = await readFile('bin/demo/clips/colour.mp4')
  const padding = Buffer.alloc(megabytes * 1024 * 1024)
  padding.writeUInt32BE(padding.length, 0)
  padding.write('free', 4)
  return { name: '02_the-first_loop.mp4', mimeType: 'video/mp4', buffer: Buffer.concat([film, padding]) }
}

async function bare(): Promise<{ made: Course; id: string; address: string }> {
  const made = await course(world, { owner: instructor, chapters: 1 })
  const id = made.chapters[0]?.id ?? ''
  await world.services.db.delete(muxData).where(eq(muxData.chapterId, id))
  return { made, id, address: paths.teachChapter(made.id, id) }
}
const shows = (page: Page, state: string) => page.waitForSelector(`#video-state[data-state=${state}]`)
const words = (page: Page) => page.locator('#video [data-words]')

/**
 * Holds pieces back until they are let through, so that nothing here depends on how fast a line is;
 * questions pass.
 */
async function gate(page: Page) {
  let passed = 0
  let allowed = 0
  const ranges: string[] = []
  await page.route('**/mux/upload/**', async (route) => {
    const range = route.request().headers()['content-range'] ?? ''
    ranges.push(range)
    if (!range.startsWith('bytes */')) {
      while (passed >= allowed) await new Promise((resolve) => setTimeout(resolve, 20))
      passed += 1
    }
    // The page may have given it up meanwhile.
    await route.continue().catch(() => {})
  })
  return {
    ranges,
    /** Lets so many more pieces through, those that are held included. */
    let(pieces: number) {
      allowed = passed + pieces
    },
  }
}
const showsText = (page: Page, pattern: RegExp) =>
  until(async () => pattern.test((await words(page).textContent()) ?? ''), String(pattern))

const progress = (page: Page) =>
  page.locator('#video progress').evaluate((bar) => (bar as HTMLProgressElement).value)

describe('sending a video', () => {
  it('survives a lost connection, a pause and a vendor that is down, and ends as a video that plays', async () => {
    const { id, address } = await bare()
    const { page, context, complaints } = await openPage(browser, world, { person: instructor })
    const line = await gate(page)
    await page.goto(address)
    await shows(page, 'none')
    const checklist = page.locator('#chapter-state')
    expect(await checklist.textContent()).toContain('Video is missing')
    line.let(1)
    await page.setInputFiles('#video input[type=file]', await clip(8))
    await until(async () => (await progress(page)) > 5, 'progress')
    await shows(page, 'waiting')
    await showsText(page, /^1\d%, 1 MB of 8\.\d MB/)

    await page.getByRole('button', { name: 'Pause' }).click()
    await showsText(page, /^Paused at \d+%/)
    await page.getByRole('button', { name: 'Resume' }).click()
    // One is the piece that was held while the page gave it up.
    line.let(2)
    await until(async () => (await progress(page)) > 20, 'more progress')

    await context.setOffline(true)
    line.let(1)
    await showsText(page, /^The connection was lost at/)
    const before = await progress(page)
    expect(before).toBeLessThan(100)
    await context.setOffline(false)
    line.let(1)
    await until(async () => (await progress(page)) > before, 'it to continue')

    await world.settings('mux', { down: true })
    line.let(1000)
    await showsText(page, /^The connection was lost at/)
    await world.settings('mux', { down: false })
    await page.getByRole('button', { name: 'Try now' }).click()

    await shows(page, 'ready')
    await showsText(page, /has arrived/)
    await until(async () => !(await checklist.textContent())?.includes('missing'), 'the checklist to know')
    expect(line.ranges.some((range) => range.startsWith('bytes */'))).toBe(true)
    expect(line.ranges.filter((range) => range.startsWith('bytes 0-'))).toHaveLength(1)

    await page.getByRole('button', { name: 'Play the video' }).click()
    await page.waitForFunction(() => {
      const player = document.querySelector('#video mux-player') as HTMLVideoElement | null
      return player !== null && player.currentTime > 0.3
    })
    const [video] = await world.services.db.select().from(muxData).where(eq(muxData.chapterId, id))
    expect(video?.durationSeconds).toBeGreaterThan(0)
    expect(
      await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('video-upload:'))),
    ).toEqual([])
    // The page may ask for the state of the video while it is offline.
    const expected =
      /ERR_INTERNET_DISCONNECTED|status of 500|ERR_FAILED|ERR_NETWORK_CHANGED|ERR_ABORTED|Failed to fetch/
    expect(complaints.filter((complaint) => !expected.test(complaint))).toEqual([])
    await context.close()
  })

  it('continues after a reload when the same file is chosen again', async () => {
    const { address } = await bare()
    const { page, context } = await openPage(browser, world, { person: instructor })
    const file = await clip(6)
    const line = await gate(page)
    await page.goto(address)
    line.let(2)
    const choose = () =>
      page.evaluate(
        async ({ name, data }) => {
          const bytes = Uint8Array.from(atob(data), (char) => char.charCodeAt(0))
          const chosen = new DataTransfer()
          chosen.items.add(new File([bytes], name, { type: 'video/mp4', lastModified: 1_700_000_000_000 }))
          const input = document.querySelector<HTMLInputElement>('#video input[type=file]')
          if (!input) throw new Error('no input')
          input.files = chosen.files
          input.dispatchEvent(new Event('change', { bubbles: true }))
        },
        { name: file.name, data: file.buffer.toString('base64') },
      )
    await choose()
    await until(async () => (await progress(page)) > 20, 'progress')
    page.on('dialog', (dialog) => void dialog.accept())
    await page.reload()
    await shows(page, 'waiting')
    expect(await page.locator('#video [data-hint]').textContent()).toContain('Choose the same file again')
    line.ranges.length = 0
    line.let(1000)
    await choose()
    await shows(page, 'ready')
    expect(line.ranges[0]).toMatch(/^bytes \*\//)
    expect(Number(/^bytes (\d+)-/.exec(line.ranges[1] ?? '')?.[1])).toBeGreaterThan(500_000)
    await context.close()
  })

  it('shows what is wrong with a file, and can be cancelled', async () => {
    const { address } = await bare()
    const { page, context, complaints } = await openPage(browser, world, { person: instructor })
    await page.goto(address)
    await page.setInputFiles('#video input[type=file]', {
      name: 'notes.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF'),
    })
    expect(await page.locator('#video [data-problem]').textContent()).toContain('notes.pdf is not a video')
    await gate(page)
    await page.setInputFiles('#video input[type=file]', await clip(6))
    await shows(page, 'waiting')
    await page.getByRole('button', { name: 'Cancel' }).click()
    await shows(page, 'none')
    expect(await page.locator('#video [data-transfer]').isHidden()).toBe(true)
    expect(complaints).toEqual([])
    await context.close()
  })

  it('makes a chapter of each of several files', async () => {
    const made = await course(world, { owner: instructor, chapters: 0 })
    const { page, context, complaints } = await openPage(browser, world, { person: instructor })
    await page.goto(paths.teachCourse(made.id))
    const film = await readFile('test/clip.mp4')
    await page.setInputFiles(
      '[data-bulk-upload] input[type=file]',
      ['10 - Closing words.mp4', '02_the-first_loop.mp4', '01 Hello.mp4'].map((name) => ({
        name,
        mimeType: 'video/mp4',
        buffer: film,
      })),
    )
    await page.getByText('All files have arrived.').waitFor()
    const rows = await world.services.db
      .select({ title: chapters.title })
      .from(chapters)
      .where(eq(chapters.courseId, made.id))
      .orderBy(chapters.position)
    expect(rows.map(({ title }) => title)).toEqual(['Hello', 'The first loop', 'Closing words'])
    await until(async () => {
      const ready = await world.services.db
        .select({ id: muxData.id })
        .from(muxData)
        .innerJoin(chapters, eq(chapters.id, muxData.chapterId))
        .where(eq(chapters.courseId, made.id))
      return ready.length === 3 || undefined
    }, 'three videos')
    await page.getByRole('link', { name: 'Show the chapters' }).click()
    await page.getByRole('link', { name: 'Closing words' }).waitFor()
    expect(complaints).toEqual([])
    await context.close()
  })
})
