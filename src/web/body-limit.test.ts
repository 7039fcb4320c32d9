import { Agent, createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { limitBody } from './body-limit'
import type { Env } from './env'

const most = 900_000
const app = new Hono<Env>()
  .use(limitBody(most))
  .post('/closed', (c) => c.text('no', 403))
  .post(
    '/small',
    limitBody(100, (c) => c.text('more than 100', 413)),
    async (c) => c.text(await c.req.text()),
  )
  .post('/', async (c) => c.text(await c.req.text()))
const server = createServer(getRequestListener(app.fetch))
const connections: unknown[] = []
server.on('connection', (socket) => connections.push(socket))
beforeAll(() => new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve)))
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const body = (length: number) => 'a'.repeat(length)
const declared = (length: number) => ({ 'Content-Length': length })
const counted = () => ({ 'Transfer-Encoding': 'chunked' })

function post(path: string, length: number, headers: Record<string, string | number>, agent?: Agent) {
  return new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    const asking = request({ port, path, method: 'POST', headers, agent }, (answer) => {
      const parts: Buffer[] = []
      answer
        .on('data', (part) => parts.push(part))
        .on('end', () => resolve({ status: answer.statusCode, text: Buffer.concat(parts).toString() }))
    })
    asking.on('error', reject).end(body(length))
  })
}

it.each([
  ['declared', declared],
  ['counted', counted],
])('takes a %s body up to the limit and refuses one that is longer', async (_how, headers) => {
  expect(await post('/', most, headers(most))).toEqual({ status: 200, text: body(most) })
  expect((await post('/', most + 1, headers(most + 1))).status).toBe(413)
  expect(await post('/small', 100, headers(100))).toEqual({ status: 200, text: body(100) })
  expect(await post('/small', 101, headers(101))).toEqual({ status: 413, text: 'more than 100' })
})

it('keeps the connection for the next request when a body was not read', async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  connections.length = 0
  for (let sent = 0; sent < 5; sent++) {
    expect((await post('/closed', most, declared(most), agent)).status).toBe(403)
  }
  expect(connections.length).toBe(1)
  agent.destroy()
})
