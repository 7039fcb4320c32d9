import { expect, it } from 'vitest'
import { fillPattern, listRoutes } from '../../test/addresses'
import { fileWorld } from '../../test/world'

const world = fileWorld()
const patterns = [...new Set(listRoutes().map(({ pattern }) => pattern))]
const ids = new Proxy({}, { get: () => 'nothing' })

const ask = (method: string, path: string) =>
  world.app.request(`${world.origin}${path}`, { method, headers: { Origin: world.origin } })

it.each(patterns)('%s refuses every method it does not take and says which it does', async (pattern) => {
  const address = fillPattern(pattern, ids)
  const isThere = (other: string) => new RegExp(`^${other.replaceAll(/:\w+/g, '[^/]+')}$`).test(address)
  const methods = listRoutes()
    .filter((route) => isThere(route.pattern))
    .map(({ method }) => method)
  for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']) {
    if (methods.includes(method)) continue
    const answer = await ask(method, address)
    expect([method, answer.status]).toEqual([method, 405])
    const allowed = answer.headers.get('Allow')?.split(', ') ?? []
    expect(allowed).toEqual(expect.arrayContaining(methods))
    expect(allowed).not.toContain(method)
  }
})

it('An address that is not there is missing, by whatever method', async () => {
  for (const method of ['GET', 'PUT', 'DELETE'])
    expect((await ask(method, '/no/such/place')).status).toBe(404)
})
