import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'
import type { Place } from '../../sandbox/sandbox'
import type { Certificate } from './authority'

export interface Front {
  httpsPort: number
  httpPort: number
  close(): Promise<void>
}

/**
 * What stands before the application in production, and the vendors' doors: https with a
 * certificate for all their names, http that only sends on to it.
 */
export async function openFront(options: {
  port: number
  certificate: Certificate
  appHost: string
  appPort: number
  places: Place[]
}): Promise<Front> {
  const { certificate: own, appHost, appPort } = options
  const places = options.places.toSorted(([one], [other]) => other.length - one.length)
  const secure = createHttpsServer({ key: own.key, cert: own.certificate }, (asked, answer) => {
    const host = asked.headers.host ?? ''
    if (host === appHost)
      return forward(asked, answer, `http://127.0.0.1:${appPort}${asked.url}`, forwarded(asked))
    const target = targetOf(`https://${host}${asked.url}`, places)
    if (!target) return void answer.writeHead(404).end('There is no such address in this rehearsal.')
    forward(asked, answer, target, { host: new URL(target).host })
  })
  const plain = createServer((asked, answer) =>
    answer.writeHead(308, { location: `https://${appHost}${asked.url}` }).end(),
  )
  const [httpsPort, httpPort] = await Promise.all([listen(secure, options.port), listen(plain, 0)])
  return {
    httpsPort,
    httpPort,
    async close() {
      secure.closeAllConnections()
      plain.closeAllConnections()
      await Promise.all([secure, plain].map((server) => new Promise((closed) => server.close(closed))))
    },
  }
}

/** The address in the sandbox, of the longest start that fits; undefined for what nobody speaks. */
export function targetOf(url: string, places: Place[]): string | undefined {
  const place = places.find(
    ([vendor]) => url.startsWith(vendor) && /^([/?]|$)/.test(url.slice(vendor.length)),
  )
  return place && place[1] + url.slice(place[0].length)
}

/** What a proxy tells the application about who came. */
function forwarded({ headers, socket }: IncomingMessage) {
  const before = headers['x-forwarded-for'] ? `${headers['x-forwarded-for']}, ` : ''
  return { 'x-forwarded-for': before + socket.remoteAddress, 'x-forwarded-proto': 'https' }
}

function forward(asked: IncomingMessage, answer: ServerResponse, url: string, changed: object): void {
  const { method } = asked
  // A connection each: one that is kept may be closed by the other side while it is used again.
  const onward = request(
    url,
    { method, headers: { ...asked.headers, ...changed }, agent: false },
    (answered) => {
      answer.writeHead(answered.statusCode ?? 502, answered.rawHeaders)
      answered.pipe(answer)
      answered.on('error', () => answer.destroy())
    },
  )
  onward.on('error', () => {
    if (answer.headersSent) answer.destroy()
    else answer.writeHead(502).end('What stands behind this address does not answer.')
  })
  answer.on('close', () => onward.destroy())
  asked.pipe(onward)
}

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return (server.address() as AddressInfo).port
}
