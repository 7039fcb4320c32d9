import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'
import { type Looker, type Looks, lookers, openLooks } from './pages'
import { settled, unreachable } from './reach'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const world = fileWorld()
let browser: Browser
let looks: Looks
beforeAll(async () => {
  looks = await openLooks(world)
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

/** Forms whose answer is not shown, though it may say what is wrong with what was typed. */
const silentForms = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('form[hx-swap="none"]')]
      .filter((form) => form.querySelector('input:not([type=hidden]), select, textarea'))
      .map((form) => `the form to ${form.getAttribute('action')} would not show its problem`),
  )

/** What is wrong with this page where it is looked at from all sides. */
async function problemsOf(page: Page, isAudited: boolean): Promise<string[]> {
  await settled(page)
  const found = isAudited ? await findings(page) : []
  const wider = await overflow(page)
  if (wider > 0) found.push(`${wider} px wider than the window`)
  if ((await page.locator('h1').count()) !== 1) found.push('not exactly one h1')
  return [...found, ...(await silentForms(page)), ...(await unreachable(page))]
}

/** Sends the first form of the page with nothing typed, and waits for what is said about it. */
async function sendEmpty(page: Page): Promise<void> {
  const form = page.locator('main form:has(input:not([type=hidden], [type=search]))').first()
  await form.evaluate((element: HTMLFormElement) => {
    element.noValidate = true
    for (const input of element.querySelectorAll<HTMLInputElement>('input:not([type=hidden])'))
      input.value = ''
    element.requestSubmit()
  })
  await page.locator('[aria-invalid=true]').first().waitFor()
}

async function openAs(who: Looker, width: number, colorScheme: 'dark' | 'light') {
  const opened = await openPage(browser, world, { viewport: { width, height: 800 }, colorScheme })
  const cookies = [...looks.browsers[who].cookies].map(([name, value]) => ({
    name,
    value,
    url: world.origin,
  }))
  await opened.context.addCookies(cookies)
  return opened
}

it('Every address that answers with a page is looked at, and only these lead elsewhere', () => {
  expect(looks.leading.sort()).toEqual([
    '/courses/:slug/purchase',
    '/learn/:slug',
    '/learn/:slug/attachments/:attachmentId',
    '/sign-in/google',
    '/verify-email',
  ])
  for (const who of lookers) expect(looks.pages[who].length).toBeGreaterThan(4)
})

describe.each([
  { width: 360, colorScheme: 'dark', isAudited: true },
  { width: 768, colorScheme: 'light', isAudited: false },
  { width: 1280, colorScheme: 'light', isAudited: true },
] as const)(
  'at $width px in $colorScheme, with motion',
  { timeout: 180_000 },
  ({ width, colorScheme, isAudited }) => {
    it.concurrent.each(lookers)(
      'what is there for the %s is accessible and fits, and each control is within reach, in open menus, too',
      async (who) => {
        const { page, context } = await openAs(who, width, colorScheme)
        const problems: Record<string, string[]> = {}
        const look = async (what: string) => {
          const found = await problemsOf(page, isAudited)
          if (found.length > 0) problems[what] = found
        }
        for (const path of looks.pages[who]) {
          await page.goto(path, { waitUntil: 'load' })
          await look(path)
        }
        for (const path of looks.forms[who]) {
          await page.goto(path, { waitUntil: 'load' })
          await sendEmpty(page)
          await look(`${path}, sent empty`)
        }
        expect(problems).toEqual({})
        await context.close()
      },
    )
  },
)
