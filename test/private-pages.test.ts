import { beforeAll, describe, expect, it } from 'vitest'
import { createApp } from '../src/app'
import { newId } from '../src/ids'
import { startBuying } from './bank'
import { type Course, course, give, type Person, person } from './people'
import { fileWorld } from './world'

const world = fileWorld()
let owned: Course
let orderId = ''
const people: Record<string, Person> = {}
beforeAll(async () => {
  for (const role of ['student', 'instructor', 'admin'] as const) people[role] = await person(world, { role })
  const { student, instructor } = people as Record<'student' | 'instructor', Person>
  owned = await course(world, { owner: instructor })
  await give(world, student, owned)
  orderId = (await startBuying(student, await course(world))).orderId
})

/** Every address that the application answers, so that a new one is walked by itself. */
function addresses(method: string): string[] {
  const app = createApp({ open: () => world.services, after: () => {}, ip: () => '' })
  const found = app.routes.filter((route) => route.method === method || route.method === 'ALL')
  return [...new Set(found.map(({ path }) => path))].filter((path) => !path.includes('*'))
}

/** The address with the ids of what there is: each role meets its own pages and other people's. */
function filled(path: string): string {
  const ids: [RegExp, string][] = [
    [/^\/purchases\/:\w+/, `/purchases/${orderId}`],
    [/^\/admin\/people\/:\w+/, `/admin/people/${people.student?.id}`],
    [/:slug/, owned.slug],
    [/^\/teach\/courses\/:\w+/, `/teach/courses/${owned.id}`],
    [/:chapterId/, owned.chapters[0]?.id ?? ''],
  ]
  const known = ids.reduce((address, [pattern, value]) => address.replace(pattern, value), path)
  return known.replace(/:\w+/g, newId())
}

const ask = (who: string, path: string, init: RequestInit = {}) =>
  world.app.request(`${world.origin}${path}`, {
    ...init,
    headers: {
      'Sec-Fetch-Site': 'same-origin',
      Cookie: `session=${people[who]?.browser.cookies.get('session')}`,
      ...init.headers,
    },
  })

/** The same for everyone, whoever asks. */
const common = ['/sitemap.xml', '/robots.txt']
const kept = (answer: Response) => answer.headers.get('Cache-Control')

const part = { 'HX-Request': 'true', 'HX-Request-Type': 'partial' }

/** What each meets of its own; the walk is worth nothing where nobody is let in. */
const opened: Record<string, string[]> = {
  student: [
    '/account',
    '/account/export',
    '/learning',
    '/purchases',
    '/purchases/:orderId',
    '/learn/:slug/:chapterId',
  ],
  instructor: [
    '/account/sessions',
    '/teach',
    '/teach/courses/:courseId',
    '/teach/earnings',
    '/teach/earnings.csv',
  ],
  admin: ['/admin', '/admin/categories', '/admin/people', '/admin/people/:userId'],
}

describe.each(Object.keys(opened))('what a signed-in %s is shown', (who) => {
  it('is kept by no browser: pages, parts, redirects, files and refusals', async () => {
    const walked: Record<string, number> = {}
    for (const path of addresses('GET').filter((one) => !common.includes(one)))
      for (const headers of [part, {}]) {
        const answer = await ask(who, filled(path), { headers })
        walked[path] = answer.status
        expect([path, kept(answer)]).toEqual([path, 'private, no-store'])
      }
    for (const path of opened[who] ?? []) expect([path, walked[path]]).toEqual([path, 200])
  })

  it('is kept by no browser when a form was sent', async () => {
    for (const path of addresses('POST')) {
      const body = new URLSearchParams()
      const answer = await ask(who, path.replace(/:\w+/g, newId()), { method: 'POST', body })
      expect([path, kept(answer)]).toEqual([path, 'private, no-store'])
    }
  })
})

it('What everyone is shown alike may be kept, as before', async () => {
  const visitor = world.browser()
  for (const path of ['/', '/courses', `/courses/${owned.slug}`, '/sign-in', '/account', '/no-such-page'])
    expect([path, (await visitor.get(path)).headers.get('Cache-Control')]).toEqual([
      path,
      'private, no-cache',
    ])
  for (const path of common)
    expect([path, kept(await ask('student', path))]).toEqual([path, 'public, max-age=3600'])
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
