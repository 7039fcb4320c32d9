import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener } from '@hono/node-server'
import { afterAll, beforeAll } from 'vitest'
import { openSharedPages } from '../src/copies/pages'
import { readShownVersion } from '../src/db/versions'
import type { World } from './world'

/** The application with shared copies before it, as `npm start` serves it. */
export function sharedSite(world: World) {
  let origin = ''
  const numbers = { rendered: 0, shared: 0 }
  const render = (request: Request) => {
    numbers.rendered += 1
    return world.app.fetch(request)
  }
  const server = createServer((request, response) => {
    pages.before(getRequestListener(world.app.fetch))(request, response)
  })
  let pages: ReturnType<typeof openSharedPages>
  beforeAll(async () => {
    pages = openSharedPages({
      origin: world.origin,
      render,
      readVersion: () => readShownVersion(world.services.db),
      answered: () => {
        numbers.shared += 1
      },
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    numbers,
    get: (path: string, headers: Record<string, string> = {}) =>
      fetch(origin + path, { headers, redirect: 'manual' }),
  }
}
