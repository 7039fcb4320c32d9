import { openLooks } from '../browser/pages'
import type { BrowserSession } from '../browser-session'
import { course, give, person } from '../people'
import type { World } from '../world'
import { type Asked, ask } from './answers'
import { isLongDrill } from './site'

export interface Page {
  browser: BrowserSession
  path: string
}

/** Every page of the site in a long drill, some for everybody in a share of it, each with who sees it. */
export const openPages = (world: World): Promise<Page[]> => (isLongDrill ? allPages(world) : somePages(world))

/** So few that on a busy machine none of them waits in vain for a connection to the database. */
export async function askPages(pages: Page[], atOnce = 5): Promise<Asked[]> {
  const asked: Asked[] = []
  for (let from = 0; from < pages.length; from += atOnce) asked.push(...(await crowd(pages, from, atOnce)))
  return asked
}

const crowd = (pages: Page[], from: number, size: number): Promise<Asked[]> =>
  Promise.all(pages.slice(from, from + size).map(({ browser, path }) => ask(path, browser.get(path))))

export const statusesOf = (list: Asked[]): string[] =>
  list.map(({ what, answer }) => `${what}: ${answer.status}`)

async function allPages(world: World): Promise<Page[]> {
  const { browsers, pages } = await openLooks(world)
  return Object.entries(browsers).flatMap(([who, browser]) =>
    pages[who as keyof typeof pages].map((path) => ({ browser, path })),
  )
}

async function somePages(world: World): Promise<Page[]> {
  const owner = await person(world, { role: 'instructor' })
  const student = await person(world)
  const admin = await person(world, { role: 'admin' })
  const offered = await course(world, { owner })
  await give(world, student, offered)
  const seen: [BrowserSession, string[]][] = [
    [world.browser(), ['/', '/courses', '/courses?q=queues', `/courses/${offered.slug}`]],
    [world.browser(), ['/sitemap.xml', '/sign-in', '/no-such-page']],
    [student.browser, ['/', '/account', '/purchases', `/learn/${offered.slug}/${offered.chapters[0]?.id}`]],
    [owner.browser, ['/teach', '/teach/earnings', `/teach/courses/${offered.id}`]],
    [admin.browser, ['/admin', '/admin/jobs', '/admin/people']],
  ]
  return seen.flatMap(([browser, list]) => list.map((path) => ({ browser, path })))
}
