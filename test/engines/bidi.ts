import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startChild } from '../../bin/child'
import { freePort } from '../../bin/ports'
import { until } from '../until'
import type { RemoteBrowser, RemotePage } from './remote-page'

interface Found {
  nodes: { sharedId: string }[]
}
interface Tree {
  contexts: { context: string; children: Tree['contexts'] }[]
}
type Evaluated =
  | { type: 'success'; result: { value?: string } }
  | { type: 'exception'; exceptionDetails: { text: string } }

/** Nothing asks the outside world for anything. */
const preferences = [
  'user_pref("datareporting.policy.dataSubmissionEnabled", false);',
  'user_pref("app.normandy.enabled", false);',
  'user_pref("network.captive-portal-service.enabled", false);',
  'user_pref("network.connectivity-service.enabled", false);',
  'user_pref("browser.safebrowsing.downloads.remote.enabled", false);',
  'user_pref("services.settings.server", "data:,");',
]

/** Firefox as it is, by W3C WebDriver BiDi, which it speaks itself. */
export async function openFirefox(binary: string): Promise<RemoteBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'lms-firefox-'))
  await writeFile(join(profile, 'user.js'), preferences.join('\n'))
  const port = await freePort()
  const args = ['--headless', '--no-remote', '--profile', profile, `--remote-debugging-port=${port}`]
  const child = startChild(binary, args, { output: 'ignore' })
  const socket = await until(() => dial(`ws://127.0.0.1:${port}/session`), 'Firefox')
  const waiting = new Map<number, (answer: { type: string; result?: unknown }) => void>()
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data))
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  })
  let last = 0
  const send = <T>(method: string, params: object = {}): Promise<T> =>
    new Promise((resolve, reject) => {
      const id = ++last
      waiting.set(id, (answer) =>
        answer.type === 'success'
          ? resolve(answer.result as T)
          : reject(new Error(`${method}: ${JSON.stringify(answer)}`)),
      )
      socket.send(JSON.stringify({ id, method, params }))
    })
  const { capabilities } = await send<{ capabilities: { browserVersion: string } }>('session.new', {
    capabilities: {},
  })
  const { context } = await send<{ context: string }>('browsingContext.create', { type: 'tab' })
  return {
    name: `Firefox ${capabilities.browserVersion}`,
    page: pageOf(send, context),
    close: async () => {
      await send('browser.close').catch(() => {})
      await child.stop()
      await rm(profile, { recursive: true, force: true })
    },
  }
}

type Send = <T>(method: string, params?: object) => Promise<T>

function pageOf(send: Send, context: string): RemotePage {
  const find = async (selector: string) => {
    const locator = { type: 'css', value: selector }
    const { nodes } = await send<Found>('browsingContext.locateNodes', { context, locator })
    if (!nodes[0]) throw new Error(`There is no ${selector}`)
    return nodes[0]
  }
  const value = async <T>(expression: string): Promise<T> => {
    const answer = await send<Evaluated>('script.evaluate', {
      expression: `JSON.stringify(${expression})`,
      target: { context },
      awaitPromise: false,
    })
    if (answer.type === 'exception') throw new Error(`${expression}: ${answer.exceptionDetails.text}`)
    return answer.result.value === undefined ? (undefined as T) : JSON.parse(answer.result.value)
  }
  const act = (actions: object[]) => send('input.performActions', { context, actions })
  const click = async (selector: string) => {
    const { sharedId } = await find(selector)
    await value(`document.querySelector(${JSON.stringify(selector)}).scrollIntoView({ block: 'center' })`)
    const origin = { type: 'element', element: { sharedId } }
    const steps = [
      { type: 'pointerMove', x: 0, y: 0, origin },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ]
    await act([{ type: 'pointer', id: 'mouse', actions: steps }])
  }
  return {
    open: (url) => send('browsingContext.navigate', { context, url, wait: 'complete' }),
    value,
    click,
    type: async (selector, text) => {
      await click(selector)
      const keys = [...text].flatMap((key) => [
        { type: 'keyDown', value: key },
        { type: 'keyUp', value: key },
      ])
      await act([{ type: 'key', id: 'keyboard', actions: keys }])
    },
    frame: async () => {
      const { contexts } = await send<Tree>('browsingContext.getTree', { root: context })
      const inner = contexts[0]?.children[0]
      if (!inner) throw new Error('There is no frame')
      return pageOf(send, inner.context)
    },
  }
}

/** Null while nobody answers. */
const dial = (address: string): Promise<WebSocket | null> =>
  new Promise((resolve) => {
    const socket = new WebSocket(address)
    socket.addEventListener('open', () => resolve(socket))
    socket.addEventListener('error', () => resolve(null))
  })
