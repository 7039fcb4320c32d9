import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Course, course, type Person, person } from '../../test/people'
import { sharedSite } from '../../test/shared-site'
import { fileWorld } from '../../test/world'
import { transact } from '../db/connect'
import { courses } from '../db/schema'

const world = fileWorld()
const site = sharedSite(world)
let offered: Course
let instructor: Person
beforeAll(async () => {
  instructor = await person(world, { role: 'instructor', name: 'Meera Iyer' })
  offered = await course(world, { owner: instructor, title: 'Queues' })
})

const rename = (title: string) =>
  transact(world.services.db, (tx) => tx.update(courses).set({ title }).where(eq(courses.id, offered.id)))

describe('a page that all visitors see alike', () => {
  it('is rendered once for each version of what it shows', async () => {
    const before = { ...site.numbers }
    for (let n = 0; n < 5; n++) expect((await site.get('/courses')).status).toBe(200)
    expect(site.numbers).toEqual({ rendered: before.rendered + 1, shared: before.shared + 5 })
    await rename('Queues and stacks')
    const answers = await Promise.all(Array.from({ length: 20 }, () => site.get('/courses')))
    for (const answer of answers) expect(await answer.text()).toContain('Queues and stacks')
    expect(site.numbers.rendered).toBe(before.rendered + 2)
  })

  it('is never older than the request, whoever changes it beside it', async () => {
    for (let n = 0; n < 30; n++) {
      const title = `Round ${n}`
      const beside = Array.from({ length: 3 }, () => site.get(`/courses/${offered.slug}`))
      await rename(title)
      const text = await (await site.get(`/courses/${offered.slug}`)).text()
      expect(text).toContain(`<h1>${title}</h1>`)
      await Promise.all(beside)
    }
  })

  it('says how long it may be kept, and answers 304 to who has it', async () => {
    const answer = await site.get('/', { 'Accept-Encoding': 'br' })
    expect(answer.headers.get('Cache-Control')).toBe('public, s-maxage=1, max-age=0, must-revalidate')
    expect(answer.headers.get('Vary')).toBe('Cookie, HX-Request-Type, Accept-Encoding')
    expect(answer.headers.get('Content-Encoding')).toBe('br')
    expect(answer.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
    const etag = answer.headers.get('ETag') ?? ''
    const again = await site.get('/', { 'Accept-Encoding': 'br', 'If-None-Match': etag })
    expect([again.status, await again.text()]).toEqual([304, ''])
    await rename('Something new')
    expect((await site.get('/', { 'Accept-Encoding': 'br', 'If-None-Match': etag })).status).toBe(200)
  })

  it('comes in the form, colours and coding that were asked for', async () => {
    const whole = await (await site.get('/courses')).text()
    const part = await (
      await site.get('/courses', { 'HX-Request': 'true', 'HX-Request-Type': 'partial' })
    ).text()
    expect(whole).toContain('<!doctype html>')
    expect(part).not.toContain('<!doctype html>')
    const dark = await site.get('/courses', { Cookie: 'theme=dark' })
    expect(await dark.text()).toContain('data-theme="dark"')
    expect(dark.headers.get('Cache-Control')).toBe('private, max-age=0, must-revalidate')
    for (const coding of ['br', 'gzip', 'identity']) {
      const answer = await site.get('/courses', { 'Accept-Encoding': coding })
      expect(answer.headers.get('Content-Encoding') ?? 'identity').toBe(coding)
      expect(await answer.text()).toBe(whole)
    }
  })

  it('is the same as the application would say it, but for headers of one request', async () => {
    for (const path of ['/', '/courses', '/courses?price=free&sort=newest', `/courses/${offered.slug}`]) {
      const direct = await world.app.request(world.origin + path)
      const shared = await site.get(path, { 'Accept-Encoding': 'identity' })
      expect(await shared.text()).toBe(await direct.text())
      const own = ['x-request-id', 'etag', 'vary', 'content-length', 'connection', 'date', 'keep-alive']
      const rest = (headers: Headers) => [...headers].filter(([name]) => !own.includes(name)).sort()
      expect(rest(shared.headers)).toEqual(rest(direct.headers))
    }
  })
})

describe('what may be one person’s', () => {
  it('is never a shared copy, and never in one', async () => {
    const asha = await person(world, { name: 'Planted Name' })
    const session = `session=${asha.browser.cookies.get('session')}`
    const paths = ['/', '/courses', '/courses?q=queues', `/courses/${offered.slug}`]
    for (const path of paths) {
      const before = site.numbers.shared
      const own = await site.get(path, { Cookie: session })
      expect(await own.text()).toContain('Planted Name')
      expect(own.headers.get('Cache-Control')).toBe('private, no-store')
      expect(site.numbers.shared).toBe(before)
      expect(await (await site.get(path)).text()).not.toContain('Planted Name')
      const notice = encodeURIComponent(JSON.stringify({ kind: 'success', text: 'Planted notice' }))
      expect(await (await site.get(path, { Cookie: `notice=${notice}` })).text()).toContain('Planted notice')
      expect(await (await site.get(path)).text()).not.toContain('Planted notice')
      expect(site.numbers.shared).toBe(before + 2)
    }
  })

  it('is not shared where it ends, fails, moves or is not there', async () => {
    const before = site.numbers.shared
    expect((await site.get('/courses/nothing-here')).status).toBe(404)
    expect((await site.get('/', { Cookie: 'session=of-nobody' })).headers.get('Set-Cookie')).toContain(
      'session=;',
    )
    expect((await site.get('/sign-in')).status).toBe(200)
    expect(site.numbers.shared).toBe(before)
  })
})
