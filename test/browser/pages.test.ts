import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openVerification } from '../../src/models/account/verification'
import { openCheckout } from '../payments'
import { type Course, course, give, type Person, person } from '../people'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'
import { unreachable } from './reach'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const long = 'Donaudampfschifffahrtsgesellschaftskapitän und die Kunst der langen Überschriften'

const world = fileWorld()
let browser: Browser
let student: Person
let instructor: Person
let admin: Person
let offered: Course
let owned: Course
let orderId = ''
let verification = ''

beforeAll(async () => {
  instructor = await person(world, { role: 'instructor', name: 'Śrīnivāsa Rāmānujan Aiyangar' })
  student = await person(world, { isVerified: false })
  admin = await person(world, { role: 'admin' })
  offered = await course(world, { owner: instructor, title: long, previews: 1, chapters: 3 })
  owned = await course(world, { owner: instructor, title: 'हिंदी में प्रोग्रामिंग', pricePaise: 0 })
  await give(world, student, owned)
  orderId = (await openCheckout(student, offered)).orderId
  verification = `/verify-email?token=${await openVerification(world.services, student.email)}`
  browser = await openChromium()
})
afterAll(() => browser?.close())

interface Finding {
  id: string
  nodes: { html: string }[]
}

async function findings(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const violations = await page.evaluate(async () => {
    const runner = (
      window as unknown as {
        axe: { run(context: object, options: object): Promise<{ violations: Finding[] }> }
      }
    ).axe
    const options = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'] }
    // What is inside the player is not ours to name.
    return (await runner.run({ exclude: [['mux-player']] }, options)).violations
  })
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}

/** Wider than the window, but for what scrolls by itself. */
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

type Who = 'visitor' | 'student' | 'instructor' | 'admin'
const pages: Record<Who, () => string[]> = {
  visitor: () => [
    '/',
    '/courses?q=lang',
    '/courses?q=nothingatall',
    `/courses/${offered.slug}`,
    `/learn/${offered.slug}/${offered.chapters[0]?.id}`,
    `/learn/${offered.slug}/${offered.chapters[1]?.id}`,
    '/sign-in',
    '/sign-up',
    '/password-reset',
    verification,
    '/no-such-page',
  ],
  student: () => [
    '/',
    '/courses',
    `/courses/${owned.slug}`,
    '/learning',
    `/learn/${owned.slug}/${owned.chapters[0]?.id}`,
    '/purchases',
    `/purchases/${orderId}`,
    '/account',
    '/account/sessions',
    '/verify-email',
    verification,
    '/teach',
  ],
  instructor: () => [
    '/teach',
    `/teach/courses/${offered.id}`,
    `/teach/courses/${offered.id}/chapters/${offered.chapters[0]?.id}`,
    '/teach/earnings',
    verification,
  ],
  admin: () => ['/admin', '/admin/categories', '/admin/people'],
}
const everybody = Object.keys(pages) as Who[]
const personOf = (who: Who) => ({ visitor: undefined, student, instructor, admin })[who]

describe.each([
  { width: 360, colorScheme: 'dark' as const },
  { width: 1280, colorScheme: 'light' as const },
])('at $width px in $colorScheme', ({ width, colorScheme }) => {
  it.each(everybody)('every page of a %s is accessible and fits', async (who) => {
    const { page, context } = await openPage(browser, world, {
      person: personOf(who),
      viewport: { width, height: 800 },
      colorScheme,
      reducedMotion: 'reduce',
    })
    const problems: Record<string, string[]> = {}
    for (const path of pages[who]()) {
      await page.goto(path, { waitUntil: 'load' })
      const found = await findings(page)
      const wider = await overflow(page)
      if (wider > 0) found.push(`${wider} px wider than the window`)
      if ((await page.locator('h1').count()) !== 1) found.push('not exactly one h1')
      if (found.length > 0) problems[path] = found
    }
    expect(problems).toEqual({})
    await context.close()
  })
})

describe.each([360, 768, 1280])('at %i px, with motion', (width) => {
  it.each(everybody)('nothing covers a control of a %s, in no page and no open menu', async (who) => {
    const { page, context } = await openPage(browser, world, {
      person: personOf(who),
      viewport: { width, height: 800 },
    })
    const problems: Record<string, string[]> = {}
    for (const path of pages[who]()) {
      await page.goto(path, { waitUntil: 'load' })
      const found = await unreachable(page)
      if (found.length > 0) problems[path] = found
    }
    expect(problems).toEqual({})
    await context.close()
  })
})
