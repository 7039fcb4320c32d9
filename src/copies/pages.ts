import type { IncomingMessage, ServerResponse } from 'node:http'
import { hashOf } from '../crypto'
import { isSharedCaching } from '../web/caching'
import { compressWell } from './compression'
import { shareQuestion } from './question'
import { type Asked, readShareable } from './request'
import { type Copy, openStore } from './store'

const limits = { bytes: 32 * 1024 * 1024, ms: 10_000 }

type Listener = (request: IncomingMessage, response: ServerResponse) => void

interface Parts {
  origin: string
  render(request: Request): Response | Promise<Response>
  /** Changes with all that these pages show. */
  readVersion(): Promise<string>
  answered(answer: { path: string; status: number; ms: number }): void
}

/**
 * Pages that all visitors see alike, rendered and compressed once for each version of what they
 * show. The version is asked for by every request, so none is answered with what was true before it.
 */
export function openSharedPages({ origin, render, readVersion, answered }: Parts) {
  const askVersion = shareQuestion(readVersion)
  const store = openStore(limits)
  const underWay = new Map<string, Promise<Copy | null>>()

  async function copyOf(asked: Asked): Promise<Copy | null> {
    const version = await askVersion()
    const kept = store.find(asked.key, version)
    if (kept) return kept
    const key = `${version} ${asked.key}`
    const running = underWay.get(key) ?? make(asked, version).finally(() => underWay.delete(key))
    underWay.set(key, running)
    return running
  }

  async function make(asked: Asked, version: string): Promise<Copy | null> {
    const page = await render(requestFor(origin, asked))
    if (page.status !== 200 || !isSharedCaching(page.headers.get('Cache-Control'))) return null
    const text = await page.text()
    const body = await compressWell[asked.encoding](Buffer.from(text))
    const etag = `"${(await hashOf(text)).slice(0, 32)}-${asked.encoding}"`
    const copy = { version, etag, body, headers: headersOf(page, asked, etag) }
    store.keep(asked.key, copy)
    return copy
  }

  async function answer(asked: Asked, request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const startedAt = performance.now()
    // Whoever fails here is answered in words by the application.
    const copy = await copyOf(asked).catch(() => null)
    if (!copy) return false
    const status = isKnown(request, copy) ? 304 : 200
    send(request, response, status, copy)
    const [path = '/'] = asked.url.split('?')
    answered({ path, status, ms: Math.round(performance.now() - startedAt) })
    return true
  }

  return {
    /** `listener` gets all that is nothing to share, or could not be. */
    before:
      (listener: Listener): Listener =>
      (request, response) => {
        const asked = readShareable(request)
        if (!asked) listener(request, response)
        else
          answer(asked, request, response).then(
            (isAnswered) => isAnswered || listener(request, response),
            () => response.destroy(),
          )
      },
  }
}

function requestFor(origin: string, { url, isPartial, theme }: Asked): Request {
  const headers = new Headers()
  if (isPartial) headers.set('HX-Request', 'true')
  if (isPartial) headers.set('HX-Request-Type', 'partial')
  const prefix = origin.startsWith('https://') ? '__Host-' : ''
  if (theme) headers.set('Cookie', `${prefix}theme=${theme}`)
  return new Request(origin + url, { headers })
}

/** Of one request alone. */
const ownHeaders = ['x-request-id', 'content-length', 'set-cookie', 'vary']

function headersOf(page: Response, { encoding }: Asked, etag: string) {
  const headers = [...page.headers].filter(([name]) => !ownHeaders.includes(name))
  return {
    ...Object.fromEntries(headers),
    vary: 'Cookie, HX-Request-Type, Accept-Encoding',
    etag,
    ...(encoding !== 'identity' && { 'content-encoding': encoding }),
  }
}

const isKnown = ({ headers }: IncomingMessage, { etag }: Copy): boolean =>
  (headers['if-none-match'] ?? '')
    .split(',')
    .some((one) => one.trim().replace(/^W\//, '') === etag || one.trim() === '*')

function send(request: IncomingMessage, response: ServerResponse, status: 200 | 304, copy: Copy): void {
  if (status === 304) {
    response.writeHead(304, copy.headers).end()
    return
  }
  response.writeHead(200, { ...copy.headers, 'content-length': copy.body.length })
  response.end(request.method === 'HEAD' ? undefined : copy.body)
}
