import { beforeAll, describe, expect, it } from 'vitest'
import { newId } from '../src/ids'
import { answerFor } from './access/expected'
import { fillPattern, type Ids, listRoutes, openPlace } from './addresses'
import { type Person, person } from './people'
import { fileWorld } from './world'

const world = fileWorld()
let ids: Ids
let people: Record<'buyer' | 'instructor' | 'admin', Person>
beforeAll(async () => {
  people = {
    buyer: await person(world),
    instructor: await person(world, { role: 'instructor' }),
    admin: await person(world, { role: 'admin' }),
  }
  ids = (await openPlace(world, people)).ids
})

/** Ids of things that nobody has. */
const idsOfNothing = () => Object.fromEntries(Object.keys(ids).map((name) => [name, newId()]))

const ask = (who: keyof typeof people, path: string, init: RequestInit = {}) =>
  world.app.request(`${world.origin}${path}`, {
    ...init,
    headers: {
      'Sec-Fetch-Site': 'same-origin',
      Cookie: `session=${people[who].browser.cookies.get('session')}`,
      ...init.headers,
    },
  })

/** The same for everyone, whoever asks. */
const common = ['/sitemap.xml', '/sitemaps/:file', '/robots.txt']
const kept = (answer: Response) => answer.headers.get('Cache-Control')

const part = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' }

describe.each(['buyer', 'instructor', 'admin'] as const)('what a signed-in %s is shown', (who) => {
  it('is kept by no browser: pages, parts, redirects, files and refusals', async () => {
    const walked = listRoutes('GET').filter(({ pattern }) => !common.includes(pattern))
    for (const route of walked) {
      const path = fillPattern(route.pattern, ids)
      const [whole, swapped] = [await ask(who, path), await ask(who, path, { headers: part })]
      expect([path, kept(whole), kept(swapped)]).toEqual([path, 'private, no-store', 'private, no-store'])
      // The walk is worth nothing where nobody is let in.
      if (answerFor(who, route) === 'in') expect([path, whole.status]).toEqual([path, 200])
    }
  })

  it('is kept by no browser when a form was sent', async () => {
    for (const { pattern } of listRoutes('POST')) {
      const init = { method: 'POST', body: new URLSearchParams() }
      const answer = await ask(who, fillPattern(pattern, idsOfNothing()), init)
      expect([pattern, kept(answer)]).toEqual([pattern, 'private, no-store'])
    }
  })
})

it('What everyone is shown alike may be kept, and asked about again', async () => {
  const visitor = world.browser()
  const shared = 'public, s-maxage=1, max-age=0, must-revalidate'
  for (const path of ['/', '/courses', `/courses/${ids.slug}`])
    expect([path, (await visitor.get(path)).headers.get('Cache-Control')]).toEqual([path, shared])
  for (const path of ['/sign-in', '/account', '/no-such-page'])
    expect([path, (await visitor.get(path)).headers.get('Cache-Control')]).toEqual([
      path,
      'private, no-cache',
    ])
  for (const path of ['/sitemap.xml', '/sitemaps/0.xml'])
    expect([path, kept(await ask('buyer', path))]).toEqual([path, shared])
  expect(kept(await ask('buyer', '/robots.txt'))).toBe('public, max-age=3600')
})

it('The answer that signs in or out is kept by no browser, and the last one clears its cache', async () => {
  const browser = world.browser()
  const newcomer = { name: 'Asha', email: `${newId()}@new.example.com`, password: 'learn-by-doing' }
  const signedUp = await browser.post('/sign-up', newcomer)
  expect(signedUp.headers.get('Cache-Control')).toBe('private, no-store')
  expect(signedUp.headers.has('Clear-Site-Data')).toBe(false)
  const { headers } = await browser.post('/sign-out')
  expect(headers.get('Cache-Control')).toBe('private, no-store')
  expect(headers.get('Clear-Site-Data')).toBe('"cache"')
})

it('Says to a page whether its session stands, and of nobody else’s', async () => {
  const { browser } = await person(world)
  const page = (await browser.get('/account')).$('body').attr('data-session')
  expect(page).toBeTruthy()
  expect(JSON.parse((await browser.get('/account/session')).html)).toEqual({ session: page })
  await browser.post('/sign-out')
  expect(JSON.parse((await browser.get('/account/session')).html)).toEqual({ session: null })
  expect((await browser.get('/')).$('body').attr('data-session')).toBeUndefined()
})
