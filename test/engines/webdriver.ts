import { startChild } from '../../bin/child'
import { freePort } from '../../bin/ports'
import { until } from '../until'
import type { RemoteBrowser, RemotePage } from './remote-page'

/** The name under which W3C WebDriver hands an element over. */
const elementKey = 'element-6066-11e4-a52e-4f735466cecf'
type Element = Record<typeof elementKey, string>

/** WebKit by the driver that comes with it (W3C WebDriver); it needs a display. */
export async function openWebKit(driver: string, browser: string): Promise<RemoteBrowser> {
  const port = await freePort()
  const child = startChild(driver, [`--port=${port}`], { output: 'ignore' })
  const send = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    })
    const { value } = (await answer.json()) as { value: T }
    if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(value)}`)
    return value
  }
  await until(
    () =>
      send('GET', '/status').then(
        () => true,
        () => false,
      ),
    'the driver of WebKit',
  )
  const options = { binary: browser, args: ['--automation'] }
  const { sessionId, capabilities } = await send<{
    sessionId: string
    capabilities: { browserVersion: string }
  }>('POST', '/session', { capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': options } } })
  const base = `/session/${sessionId}`

  /** Frames on the way to this page, from the outside inwards. */
  function pageOf(frames: string[]): RemotePage {
    const find = (selector: string) =>
      send<Element>('POST', `${base}/element`, { using: 'css selector', value: selector })
    const inside = async <T>(verb: () => Promise<T>): Promise<T> => {
      await send('POST', `${base}/frame`, { id: null })
      for (const frame of frames) await send('POST', `${base}/frame`, { id: await find(frame) })
      return verb()
    }
    const on = (selector: string, verb: string, body: object) =>
      inside(async () => {
        const element = await find(selector)
        await send('POST', `${base}/element/${element[elementKey]}/${verb}`, body)
      })
    return {
      open: (url) => inside(() => send('POST', `${base}/url`, { url })),
      value: (expression) =>
        inside(() => send('POST', `${base}/execute/sync`, { script: `return ${expression}`, args: [] })),
      click: (selector) => on(selector, 'click', {}),
      type: (selector, text) => on(selector, 'value', { text }),
      frame: async (selector) => pageOf([...frames, selector]),
    }
  }
  return {
    name: `WebKit ${capabilities.browserVersion}`,
    page: pageOf([]),
    close: async () => {
      await send('DELETE', base).catch(() => {})
      await child.stop()
    },
  }
}
