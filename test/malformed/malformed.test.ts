import { expect, it } from 'vitest'
import { daySeconds } from '../../src/rules/time'
import { type Ids, listRoutes, openPlace } from '../addresses'
import { person } from '../people'
import { tellSoak } from '../soak-log'
import { Chance } from '../video/chance'
import { fileWorld } from '../world'
import { malformedRequest } from './request'

/** `REQUESTS` and `REQUEST_SEED` are for long runs and for one batch again. */
const requests = Number(process.env.REQUESTS ?? 600)
const first = Number(process.env.REQUEST_SEED ?? 1)
const perBatch = 50

const world = fileWorld()
const statuses: Record<string, number> = {}
const routes = listRoutes()

interface Visitors {
  ids: Ids
  cookies: string[]
}

/** A course and its people anew for each batch, as some of the requests end accounts and sessions. */
async function newVisitors(): Promise<Visitors> {
  const buyer = await person(world)
  const instructor = await person(world, { role: 'instructor' })
  const { ids } = await openPlace(world, { instructor, buyer })
  const people = [buyer, instructor, await person(world, { role: 'admin' }), await person(world)]
  const cookies = people.map(({ browser }) => `session=${browser.cookies.get('session')}`)
  return { ids, cookies: [...cookies, ''] }
}

async function faultOf(chance: Chance, { ids, cookies }: Visitors): Promise<string | null> {
  const to = chance.of(routes)
  if (!to) return null
  const { method, path, headers, body } = malformedRequest(chance, to, {
    ids,
    cookie: chance.of(cookies) ?? '',
  })
  const answer = await world.app.request(`${world.origin}${path}`, { method, headers, body })
  const text = await answer.text()
  statuses[answer.status] = (statuses[answer.status] ?? 0) + 1
  const told = `${method} ${to.pattern}: ${answer.status} for ${JSON.stringify({ path, headers, body })}`
  if (answer.status >= 500) return told.slice(0, 3_000)
  return /\n\s+at \w+.*\.[jt]sx?:\d+/.test(text) ? `${told.slice(0, 2_000)} shows a stack` : null
}

it('no malformed request is answered as a failure of the site', { timeout: 3_600_000 }, async () => {
  const faults: string[] = []
  for (let batch = 0; batch * perBatch < requests; batch++) {
    const chance = new Chance(first + batch)
    const visitors = await newVisitors()
    for (let left = perBatch; left > 0; left--) {
      const fault = await faultOf(chance, visitors)
      if (fault) faults.push(`REQUEST_SEED=${first + batch} ${fault}`)
    }
    tellSoak(statuses, faults.at(-1))
    // The limits of a day begin anew.
    world.advance(daySeconds)
  }
  // Requests that are all turned away prove nothing.
  expect(statuses[200]).toBeGreaterThan(0)
  expect(statuses[422]).toBeGreaterThan(0)
  expect(faults.length, faults.slice(0, 5).join('\n\n')).toBe(0)
})
