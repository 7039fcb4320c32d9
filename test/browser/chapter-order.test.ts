import type { Browser, Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { paths } from '../../src/paths'
import { completeCourse } from '../complete-course'
import { until } from '../until'
import { fileWorld } from '../world'
import { openChromium, openPage } from './chromium'

const world = fileWorld()
let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser?.close())

async function openCourse(options: Parameters<typeof openPage>[2] = {}) {
  const made = await completeCourse(world, { chapters: 3 })
  const open = await openPage(browser, world, { ...options, person: made.owner })
  await open.page.goto(paths.teachCourse(made.id))
  return { ...made, ...open }
}

const handle = (page: Page, id: string) => page.locator(`#chapter-${id} [data-handle]`)
const shown = (page: Page) =>
  page
    // While a finger drags, the list holds a second copy of what is in the hand.
    .locator('#chapter-list li:not(.sortable-fallback)')
    .evaluateAll((items) => items.map((item) => (item as HTMLElement).dataset.id ?? ''))
const isAnnounced = (page: Page, text: string) =>
  until(async () => (await page.locator('#announcer').textContent()) === text, text)
const settled = (made: { order(): Promise<string[]> }, ids: (string | undefined)[]) =>
  until(async () => (await made.order()).join() === ids.join(), 'the order')

interface Point {
  x: number
  y: number
}

async function centre(of: Locator): Promise<Point> {
  await of.scrollIntoViewIfNeeded()
  const box = await of.boundingBox()
  if (!box) throw new Error('nothing to take hold of')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** From one handle to another, and a little beyond, as a hand does. */
async function way(page: Page, from: string, to: string) {
  const end = await centre(handle(page, to))
  const start = await centre(handle(page, from))
  const beyond = end.y > start.y ? 8 : -8
  return Array.from({ length: 13 }, (_, step) => ({
    x: start.x,
    y: start.y + ((end.y + beyond - start.y) * step) / 12,
  }))
}

interface Hand {
  down(at: Point): Promise<unknown>
  move(to: Point): Promise<unknown>
  up(): Promise<unknown>
}

/** Lets go when the others have given way; they look only at a hand that moves. */
async function drag(page: Page, hand: Hand, from: string, to: string): Promise<void> {
  const before = await shown(page)
  const wanted = before.filter((id) => id !== from).toSpliced(before.indexOf(to), 0, from)
  const [start, ...steps] = await way(page, from, to)
  const end = steps.at(-1)
  if (!start || !end) throw new Error('no way to go')
  await hand.down(start)
  for (const step of steps) await hand.move(step)
  let sway = 0
  await until(async () => {
    sway = 1 - sway
    await hand.move({ x: end.x + sway, y: end.y })
    return (await shown(page)).join() === wanted.join()
  }, 'the others to give way')
  await hand.up()
}

function dragByMouse(page: Page, from: string, to: string): Promise<void> {
  const { mouse } = page
  const move = ({ x, y }: Point) => mouse.move(x, y)
  const down = async (at: Point) => {
    await move(at)
    await mouse.down()
  }
  return drag(page, { down, move, up: () => mouse.up() }, from, to)
}

async function dragByTouch(page: Page, from: string, to: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: Point[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints })
  const hand: Hand = {
    down: (at) => send('touchStart', [at]),
    move: (to) => send('touchMove', [to]),
    up: () => send('touchEnd', []),
  }
  await drag(page, hand, from, to)
}

describe('putting chapters in order', () => {
  it('is done by mouse', async () => {
    const made = await openCourse()
    const [a = '', b = '', c = ''] = made.ids
    await dragByMouse(made.page, a, c)
    await settled(made, [b, c, a])
    await isAnnounced(made.page, 'The new order is saved.')
    expect(await shown(made.page)).toEqual([b, c, a])
    expect(await made.page.locator(`#up-${b}`).getAttribute('aria-disabled')).toBe('true')
    await dragByMouse(made.page, a, b)
    await settled(made, [a, b, c])
    expect(made.complaints).toEqual([])
  })

  it('is done by touch', async () => {
    const made = await openCourse({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } })
    const [a = '', b = '', c = ''] = made.ids
    await dragByTouch(made.page, c, a)
    await settled(made, [c, a, b])
    await isAnnounced(made.page, 'The new order is saved.')
    expect(made.complaints).toEqual([])
  })

  it('is done by keyboard, step by step, without losing the focus', async () => {
    const made = await openCourse()
    const { page, ids, complaints } = made
    const [a = '', b = '', c = ''] = ids
    await page.locator(`#up-${c}`).focus()
    await page.keyboard.press('Enter')
    await isAnnounced(page, 'Lesson 3 is now 2 of 3.')
    await page.keyboard.press('Enter')
    await isAnnounced(page, 'Lesson 3 is now 1 of 3.')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(`up-${c}`)
    expect(await shown(page)).toEqual([c, a, b])
    expect(await made.order()).toEqual([c, a, b])
    await page.locator(`#down-${c}`).press('Enter')
    await isAnnounced(page, 'Lesson 3 is now 2 of 3.')
    expect(await page.evaluate(() => document.activeElement?.id)).toBe(`down-${c}`)
    expect(complaints).toEqual([])
  })

  it('includes a chapter that was just added', async () => {
    const made = await openCourse()
    const { page, ids } = made
    await page.locator('#chapter-title').fill('Just added')
    await page.keyboard.press('Enter')
    await page.locator('#chapter-list').getByText('Just added').waitFor()
    const added = (await made.order())[3] ?? ''
    await dragByMouse(page, added, ids[0] ?? '')
    await settled(made, [added, ...ids])
    await isAnnounced(page, 'The new order is saved.')
    expect(made.complaints).toEqual([])
  })

  it('shows the present order when another tab was faster', async () => {
    const made = await openCourse()
    const { page, ids } = made
    const [a = '', b = ''] = ids
    await made.owner.browser.post(paths.teachChapterDelete(made.id, b))
    await dragByMouse(page, ids[2] ?? '', a)
    await page.locator('#order-problem [role=alert]').waitFor()
    expect(await shown(page)).toEqual(await made.order())
    await page.locator(`#down-${a}`).click()
    await settled(made, [ids[2], a])
    await page.locator('#order-problem [role=alert]').waitFor({ state: 'detached' })
    expect(made.complaints.filter((text) => !text.includes('409'))).toEqual([])
  })

  it('is undone when it could not be saved, and can be tried again', async () => {
    const made = await openCourse()
    const { page, context, ids } = made
    const [a = '', b = '', c = ''] = ids
    await context.setOffline(true)
    await dragByMouse(page, a, c)
    await page.getByText('No connection. Nothing was saved.').waitFor()
    expect(await shown(page)).toEqual(ids)
    await context.setOffline(false)
    await dragByMouse(page, c, a)
    await settled(made, [c, a, b])
    expect(await shown(page)).toEqual([c, a, b])
  })

  it('keeps up with quick hands', async () => {
    const made = await openCourse()
    const { page, ids } = made
    const [a = '', b = '', c = ''] = ids
    let saved = () => {}
    const slow = new Promise<void>((resolve) => {
      saved = resolve
    })
    await page.route('**/chapter-order', async (route) => {
      await slow
      await route.continue()
    })
    await dragByMouse(page, a, c)
    await dragByMouse(page, b, a)
    saved()
    await settled(made, [c, a, b])
    await until(async () => (await shown(page)).join() === [c, a, b].join(), 'the list')
    expect(made.complaints).toEqual([])
  })

  it('works without JavaScript', async () => {
    const made = await openCourse({ javaScriptEnabled: false })
    const { page, ids, id } = made
    const [a = '', b = '', c = ''] = ids
    await page.locator(`#chapter-${a}`).getByRole('button', { name: 'Move down' }).click()
    await page.waitForURL(`**${paths.teachCourse(id)}`)
    expect(await shown(page)).toEqual([b, a, c])
    expect(await made.order()).toEqual([b, a, c])
  })
})
