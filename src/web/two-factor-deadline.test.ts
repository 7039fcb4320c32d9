import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { member } from '../../test/member'
import { type Person, person } from '../../test/people'
import { turnOn } from '../../test/two-factor'
import { fileWorld, type World } from '../../test/world'
import { users } from '../db/schema'
import { openSession } from '../models/account/session'
import { changeRole, makeAdmin } from '../models/admin/role'
import { daySeconds, hourSeconds } from '../rules/time'

const https = { APP_ORIGIN: 'https://learn.localhost' }
const page = '/account/two-factor'

/** An administrator in a browser of this world, where cookies carry the prefix of https. */
async function admin(world: World): Promise<Person> {
  const made = await member(world, { role: 'admin' })
  made.browser.cookies.set('__Host-session', await openSession(world.services, made.id, 'Test browser'))
  return made
}

describe('on an https site', () => {
  const world = fileWorld({ environment: https, appOrigin: https.APP_ORIGIN })

  it('an administrator is told by when, and may work until then', async () => {
    const { browser } = await admin(world)
    world.advance(23 * hourSeconds)
    for (const path of ['/admin', '/learning']) {
      const { status, $ } = await browser.get(path)
      expect(status).toBe(200)
      const told = $('aside[aria-label="Two-factor sign-in"]')
      expect(told.text()).toContain('Set it up by')
      expect(told.find('time').attr('datetime')).toBeDefined()
      expect(told.find(`a[href="${page}"]`)).toHaveLength(1)
    }
  })

  it('after a day the administration alone is closed until it is set up', async () => {
    const { browser } = await admin(world)
    const student = await person(world)
    world.advance(daySeconds + 1)
    const closed = ['/admin', '/admin/people', `/admin/people/${student.id}`, '/admin/reports.csv']
    for (const path of closed) expect((await browser.get(path)).location, path).toBe(page)
    expect((await browser.post(`/admin/people/${student.id}/role`, { role: 'admin' })).location).toBe(page)
    const [unchanged] = await world.services.db.select().from(users).where(eq(users.id, student.id))
    expect(unchanged?.role).toBe('student')
    const part = await browser.part.post('/admin/categories', { name: 'Chess' })
    expect(part.headers.get('HX-Redirect')).toBe(page)
    const setUp = await browser.get(page)
    expect(setUp.$('[role=alert]').first().text()).toContain('Administrators need two-factor sign-in')
    for (const path of ['/', '/learning', '/teach', '/account', '/account/sessions'])
      expect((await browser.get(path)).status, path).toBe(200)
    expect((await browser.get('/')).html).toContain('closed to you until you set it up')

    await turnOn(world, browser)
    expect((await browser.get('/admin')).status).toBe(200)
    expect((await browser.get('/')).html).not.toContain('Administrators need two-factor')
    await browser.post(`${page}/delete`, { password: 'learn-by-doing' })
    expect((await browser.get('/admin')).location).toBe(page)
    expect((await browser.post('/sign-out')).status).toBe(303)
  })

  it('the day begins with the role, and again with the next time', async () => {
    const { id: actorId } = await admin(world)
    const promoted = await person(world)
    const since = async () => {
      const [row] = await world.services.db.select().from(users).where(eq(users.id, promoted.id))
      return row?.adminSince ?? null
    }
    const give = (role: 'student' | 'admin') =>
      changeRole(world.services, actorId, promoted.id, { role, handOver: false })
    world.advance(3 * daySeconds)
    await give('admin')
    const first = await since()
    expect(Math.abs((first?.getTime() ?? 0) - world.services.now().getTime())).toBeLessThan(60_000)
    world.advance(hourSeconds)
    await give('admin')
    await makeAdmin(world.services, promoted.email)
    expect(await since()).toEqual(first)
    await give('student')
    expect(await since()).toBeNull()
    await makeAdmin(world.services, promoted.email)
    expect((await since())?.getTime()).toBeGreaterThan((first?.getTime() ?? 0) + 3_000_000)
  })

  it('one of whom nobody knows since when is asked by the age of the account', async () => {
    const { id, browser } = await admin(world)
    await world.services.db.update(users).set({ adminSince: null }).where(eq(users.id, id))
    expect((await browser.get('/admin')).status).toBe(200)
    world.advance(daySeconds + 1)
    expect((await browser.get('/admin')).location).toBe(page)
  })

  it('nobody else is asked', async () => {
    const instructor = await person(world, { role: 'instructor' })
    const token = await openSession(world.services, instructor.id, 'Test browser')
    instructor.browser.cookies.set('__Host-session', token)
    world.advance(daySeconds + 1)
    expect((await instructor.browser.get('/teach')).html).not.toContain('two-factor')
    expect((await instructor.browser.get('/admin')).status).toBe(404)
  })
})

describe.each([
  ['with demo data', { ...https, DEMO_DATA: 'true' }],
  ['without https', { APP_ORIGIN: 'http://learn.localhost' }],
])('%s', (_, environment) => {
  const world = fileWorld({ environment, appOrigin: environment.APP_ORIGIN })

  it('administrators are never asked', async () => {
    const { browser } = await admin(world)
    world.advance(30 * daySeconds - hourSeconds)
    const { status, html } = await browser.get('/admin')
    expect([status, html.includes('two-factor sign-in')]).toEqual([200, false])
  })
})
