import { readFile } from 'node:fs/promises'
import { eq } from 'drizzle-orm'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type LaunchOptions,
  type Page,
} from 'playwright-core'
import { muxData } from '../../src/db/schema'
import { openUpload } from '../../src/models/teach/video/upload'
import type { Course, Person } from '../people'
import { until } from '../until'
import type { World } from '../world'

/** Debian's Chromium, quiet about the outside world; `args` come to its own. */
export const openChromium = (options: LaunchOptions = {}): Promise<Browser> =>
  chromium.launch({
    ...options,
    executablePath: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--mute-audio',
      ...(options.args ?? []),
    ],
  })

export interface OpenPage {
  page: Page
  context: BrowserContext
  /** What the browser complained about. */
  complaints: string[]
}

/** A page of a browser that nobody used before, with motion unless asked, signed in as `person` when one is given. */
export async function openPage(
  browser: Browser,
  world: World,
  options: BrowserContextOptions & { person?: Person } = {},
): Promise<OpenPage> {
  const { person, ...contextOptions } = options
  const context = await browser.newContext({
    baseURL: world.origin,
    reducedMotion: 'no-preference',
    ...contextOptions,
  })
  const session = person?.browser.cookies.get('session')
  if (session) await context.addCookies([{ name: 'session', value: session, url: world.origin }])
  const page = await context.newPage()
  page.setDefaultTimeout(30_000)
  const complaints: string[] = []
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`)
  })
  return { page, context, complaints }
}

/** Gives a lesson a video that is really uploaded, packaged and announced; gives its length in seconds. */
export async function uploadClip(
  world: World,
  owned: Course,
  index: number,
  clip = 'colour.mp4',
): Promise<number> {
  const chapter = owned.chapters[index]
  if (!chapter) throw new Error(`no chapter ${index}`)
  await world.services.db.delete(muxData).where(eq(muxData.chapterId, chapter.id))
  const { url } = await openUpload(world.services, { ...chapter, ownerId: 'test' })
  const sent = await fetch(url, { method: 'PUT', body: await readFile(`bin/demo/clips/${clip}`) })
  if (!sent.ok) throw new Error(`upload: ${sent.status}`)
  const video = await until(async () => {
    const [row] = await world.services.db.select().from(muxData).where(eq(muxData.chapterId, chapter.id))
    return row
  }, 'the video')
  return video.durationSeconds
}
