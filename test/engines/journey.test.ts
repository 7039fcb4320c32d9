import { afterAll, beforeAll, expect, it } from 'vitest'
import { uploadClip } from '../browser/chromium'
import { type Course, course } from '../people'
import { until } from '../until'
import { fileWorld } from '../world'
import { openFirefox } from './bidi'
import type { RemoteBrowser, RemotePage } from './remote-page'
import { openWebKit } from './webdriver'

const { FIREFOX_BIN, WEBKIT_BIN, WEBKIT_DRIVER_BIN } = process.env
const engines: Record<string, () => Promise<RemoteBrowser>> = {
  ...(FIREFOX_BIN && { Firefox: () => openFirefox(FIREFOX_BIN) }),
  ...(WEBKIT_BIN && WEBKIT_DRIVER_BIN && { WebKit: () => openWebKit(WEBKIT_DRIVER_BIN, WEBKIT_BIN) }),
}

const world = fileWorld({ liveJobs: true })
const open: RemoteBrowser[] = []
let offered: Course
beforeAll(async () => {
  offered = await course(world, { title: 'Weaving in other browsers', chapters: 2 })
  await uploadClip(world, offered, 0)
})
afterAll(() => Promise.all(open.map((browser) => browser.close())))

const textOf = (page: RemotePage) => page.value<string>('document.body.innerText')
const says = (page: RemotePage, words: string) =>
  until(
    () =>
      textOf(page).then(
        (text) => text.includes(words),
        () => false,
      ),
    `"${words}"`,
  )
const isAt = (page: RemotePage, path: string) =>
  until(
    () =>
      page.value<string>('location.pathname').then(
        (at) => at.startsWith(path),
        () => false,
      ),
    path,
  )
const has = (page: RemotePage, selector: string) =>
  until(
    () => page.value<boolean>(`document.querySelector('${selector}') !== null`).catch(() => false),
    selector,
  )

it.each(Object.keys(engines))('A student buys, watches and sees the progress rise in %s', async (name) => {
  const browser = await engines[name]?.()
  if (!browser) throw new Error(`There is no ${name}`)
  open.push(browser)
  console.log(browser.name)
  const { page } = browser
  await page.open(`${world.origin}/sign-up?next=/courses/${offered.slug}/purchase`)
  await page.type('main input[name=name]', 'Kavya Menon')
  await page.type('main input[name=email]', `${name.toLowerCase()}@engines.example.com`)
  await page.type('main input[name=password]', 'a quiet river')
  await page.click('main form[action^="/sign-up"] button')
  await isAt(page, '/purchases/')
  await has(page, '#purchase-next')
  await page.click('#purchase-next')
  await has(page, 'iframe')
  const checkout = await until(() => page.frame('iframe').catch(() => null), 'the payment window')
  await has(checkout, 'button[value=paid]')
  await checkout.click('button[value=paid]')
  await has(page, 'main a[href^="/learn/"]')
  const lesson = `/learn/${offered.slug}/${offered.chapters[0]?.id}`
  await page.open(`${world.origin}${lesson}`)
  await until(() => page.value<boolean>('!!document.querySelector("mux-player")?.shadowRoot'), 'the player')
  await says(page, '0% complete')
  await page.click('form[action$="/progress"] button')
  await says(page, '50% complete')
  expect(await page.value<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
})
