import { and, eq } from 'drizzle-orm'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { purchases, userProgress } from '../../src/db/schema'
import { paths } from '../../src/paths'
import { type Course, course, give, type Person, person } from '../people'
import { until } from '../until'
import { fileWorld } from '../world'
import { openChromium, openPage, uploadClip } from './chromium'

const world = fileWorld({ liveJobs: true })
let browser: Browser
let owned: Course
let chapter = ''
let seconds = 0

/** A course whose first lesson has a video that was really uploaded. */
beforeAll(async () => {
  const instructor = await person(world, { role: 'instructor' })
  owned = await course(world, { owner: instructor, chapters: 2 })
  chapter = owned.chapters[0]?.id ?? ''
  seconds = await uploadClip(world, owned, 0)
  browser = await openChromium()
})
afterAll(() => browser?.close())

interface Open {
  student: Person
  page: Page
  complaints: string[]
}

async function openChapter(
  options: BrowserContextOptions = {},
  prepare?: (page: Page) => Promise<unknown>,
): Promise<Open> {
  const student = await person(world)
  await give(world, student, owned)
  const { page, complaints } = await openPage(browser, world, { ...options, person: student })
  await prepare?.(page)
  await page.goto(world.origin + paths.chapter(owned.slug, chapter))
  return { student, page, complaints }
}

const at = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLVideoElement>('mux-player')?.currentTime ?? -1)
const isPaused = (page: Page) =>
  page.evaluate(() => document.querySelector<HTMLVideoElement>('mux-player')?.paused ?? true)
const jump = (page: Page, to: number) =>
  page.evaluate((second) => {
    const player = document.querySelector<HTMLVideoElement>('mux-player')
    if (player) player.currentTime = second
  }, to)
const playing = (page: Page, from: number) =>
  until(async () => (await at(page)) > from, `second ${from} of the video`)
/** The key needs a player that has loaded, as a person would wait for. */
async function start(page: Page): Promise<void> {
  await page.waitForFunction(
    () => (document.querySelector<HTMLVideoElement>('mux-player')?.readyState ?? 0) > 0,
  )
  await page.keyboard.press('k')
}
const kept = async (student: Person) => {
  const [row] = await world.services.db
    .select()
    .from(userProgress)
    .where(and(eq(userProgress.userId, student.id), eq(userProgress.chapterId, chapter)))
  return row
}

it('A browser that cannot decode the video says so, and does not blame the connection', async () => {
  const { page } = await openChapter({}, (one) =>
    one.addInitScript(() => {
      MediaSource.isTypeSupported = () => false
      HTMLMediaElement.prototype.canPlayType = () => ''
    }),
  )
  await page.waitForFunction(() => customElements.get('mux-player') !== undefined)
  // This browser plays it all the same, so that the player fails has to be said for it.
  await page.evaluate(() => document.querySelector('mux-player')?.dispatchEvent(new Event('error')))
  const message = page.locator('.player-message[role="alert"]')
  await message.waitFor()
  expect(await message.textContent()).toMatch(
    /cannot play the kind of video .*H\.264.*Your connection is fine/,
  )
  expect(await page.getByText('Check your connection').count()).toBe(0)
  await page.context().close()
})

describe('watching a lesson', () => {
  it('plays, and goes on after a reload where it was left', async () => {
    const { student, page, complaints } = await openChapter()
    await start(page)
    await playing(page, 2.5)
    await page.goto(world.origin + paths.learning())
    const position = await until(async () => {
      const found = (await kept(student))?.positionSeconds ?? 0
      return found >= 2 ? found : null
    }, 'the position')
    await page.getByRole('link', { name: 'Continue learning' }).click()
    await start(page)
    await playing(page, position)
    expect(await at(page)).toBeLessThan(seconds)
    expect(complaints).toEqual([])
  })

  it('is done at the end, without touching the player, and offers the next lesson', async () => {
    const { student, page, complaints } = await openChapter()
    await start(page)
    await playing(page, 0.3)
    await page.evaluate(() => document.querySelector('mux-player')?.setAttribute('data-seen', ''))
    await jump(page, seconds - 1)
    await page.getByText('50% complete').waitFor()
    expect(await page.getByRole('button', { name: 'Mark as not complete' }).count()).toBe(1)
    expect(await page.locator('mux-player[data-seen]').count()).toBe(1)
    expect(await page.locator('#chapter-curriculum [data-state="completed"]').count()).toBe(1)
    expect((await kept(student))?.isCompleted).toBe(true)
    await page.locator('[data-ended]').waitFor()
    await page.keyboard.press('n')
    await page.waitForURL(`**${paths.chapter(owned.slug, owned.chapters[1]?.id ?? '')}`)
    expect(complaints.filter((text) => !text.includes('404'))).toEqual([])
  })

  it('gets a fresh player before its permission ends, at the same second and still playing', async () => {
    const { page, complaints } = await openChapter({}, (tab) =>
      tab.addInitScript(() =>
        document.addEventListener('readystatechange', () => {
          const box = document.querySelector<HTMLElement>('[data-player]')
          if (document.readyState === 'interactive' && box) box.dataset.lifetime = '8'
        }),
      ),
    )
    await page.evaluate(() => document.querySelector('mux-player')?.setAttribute('data-first', ''))
    await start(page)
    await playing(page, 0.5)
    await page.locator('mux-player[data-first]').waitFor({ state: 'detached' })
    const place = Number(await page.locator('mux-player').getAttribute('start-time'))
    expect(place).toBeGreaterThan(0.4)
    await playing(page, place)
    expect(await isPaused(page)).toBe(false)
    expect(complaints).toEqual([])
  })

  it('gets past a permission that has run out, and gives up in words when none works', async () => {
    const { video } = world.services
    if (!video) throw new Error('no video')
    let minted = 0
    let good = false
    world.services.video = {
      ...video,
      player: async (playback) => {
        minted += 1
        const { tag, attributes } = await video.player(playback)
        if (good) return { tag, attributes }
        const values = Object.entries(attributes).map(([name, value]) => [
          name,
          value.replace(/token=.*/, 'token=over'),
        ])
        return { tag, attributes: Object.fromEntries(values) }
      },
    }
    try {
      const { page } = await openChapter()
      await page.getByText('The video cannot be played right now').waitFor()
      expect(minted).toBe(3)
      good = true
      await page.getByRole('button', { name: 'Try again' }).click()
      await start(page)
      await playing(page, 0.5)
      expect(minted).toBe(4)
    } finally {
      world.services.video = video
    }
  })

  it('ends kindly when the course was refunded meanwhile', async () => {
    const { student, page } = await openChapter()
    await start(page)
    await playing(page, 0.3)
    await world.services.db
      .update(purchases)
      .set({ revokedAt: world.services.now() })
      .where(eq(purchases.userId, student.id))
    await page.evaluate(() => document.querySelector('mux-player')?.dispatchEvent(new Event('error')))
    await page.getByText('You cannot watch this lesson any more').waitFor()
    expect(await page.locator('mux-player').count()).toBe(0)
    await page.getByRole('link', { name: 'Reload the lesson' }).click()
    await page.getByRole('button', { name: 'Buy course' }).waitFor()
  })

  it('is of use without JavaScript', async () => {
    const { page } = await openChapter({ javaScriptEnabled: false })
    await page.locator('noscript .player-message').waitFor()
    expect(await page.locator('.player').textContent()).toContain('The player needs JavaScript')
    await page.getByRole('button', { name: 'Mark as complete' }).click()
    await page.getByText('50% complete').waitFor()
    await page.getByRole('link', { name: 'Next lesson' }).click()
    await page.waitForURL(`**${paths.chapter(owned.slug, owned.chapters[1]?.id ?? '')}`)
  })

  it('shows its keys, and switches them off', async () => {
    const { page } = await openChapter()
    await page.locator('[data-shortcuts]').waitFor()
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
    await page.getByLabel('Single-key shortcuts').uncheck()
    await page.keyboard.press('Escape')
    await page.keyboard.press('n')
    await page.keyboard.press('?')
    expect(await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).count()).toBe(0)
    expect(new URL(page.url()).pathname).toBe(paths.chapter(owned.slug, chapter))
  })
})
