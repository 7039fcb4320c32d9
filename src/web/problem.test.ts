import { sql } from 'drizzle-orm'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { BrowserSession } from '../../test/browser-session'
import { appOnALine as lineOf } from '../../test/database-line'
import { openLine } from '../../test/line'
import { newBuyer } from '../../test/payments'
import { person } from '../../test/people'
import { fileWorld } from '../../test/world'
import { createApp } from '../app'
import { readConfig } from '../config'
import { connect } from '../db/connect'
import { nodeApp } from '../node-app'
import { openServices } from '../services'

const world = fileWorld()
afterEach(() => vi.restoreAllMocks())

/** The same application behind a line to the database that can be cut. */
async function appOnALine() {
  const { url, cut } = await openLine(world.services.config.DATABASE_URL)
  const connection = connect({ uri: url })
  const config = readConfig({ ...world.environment, DATABASE_URL: url })
  const app = nodeApp(openServices(config, connection.db), () => {})
  return { app, cut, close: () => connection.close() }
}

describe('without a database', () => {
  it('everybody gets a kind page, signed in or not, and the process is alive', async () => {
    const student = await person(world)
    const { app, cut, close } = await appOnALine()
    const ask = (address: string, init: RequestInit) => app.request(address, init)
    const visitor = new BrowserSession(ask, world.origin)
    const member = new BrowserSession(ask, world.origin)
    member.cookies.set('session', student.browser.cookies.get('session') ?? '')
    expect((await member.get('/learning')).status).toBe(200)
    cut()
    for (const browser of [visitor, member]) {
      for (const path of ['/', '/courses', '/no-such-page', '/learning']) {
        if (browser === visitor && path !== '/' && path !== '/courses') continue
        const answer = await browser.get(path)
        expect([path, answer.status, answer.$('h1').text()]).toEqual([path, 503, 'Not available right now'])
      }
      expect((await browser.get('/health/live')).status).toBe(200)
      expect((await browser.get('/health/ready')).status).toBe(503)
    }
    expect(member.cookies.has('session')).toBe(true)
    const part = await member.part.get('/learning')
    expect([part.status, part.trigger]).toMatchObject([503, { toast: { kind: 'error' } }])
    await close()
  })

  it('logs name the failure once and hold nothing of the person', async () => {
    const student = await person(world)
    const lines: string[] = []
    vi.spyOn(console, 'error').mockImplementation((line) => void lines.push(String(line)))
    const { app, cut, close } = await appOnALine()
    cut()
    const browser = new BrowserSession((address, init) => app.request(address, init), world.origin)
    browser.cookies.set('session', student.browser.cookies.get('session') ?? '')
    await browser.get('/learning')
    await browser.post('/sign-in', { email: student.email, password: 'learn-by-doing' })
    expect(lines.filter((line) => line.includes('Failed query'))).not.toHaveLength(0)
    expect(lines.join('\n')).not.toMatch(/params:/)
    expect(lines.join('\n')).not.toContain(student.email)
    expect(lines.filter((line) => line.includes('"error":[') && line.includes('/learning'))).toHaveLength(1)
    await close()
  })
})

describe('with a database that refuses', () => {
  const signUp = (email: string) => ({ name: 'Asha', email, password: 'correct horse battery' })
  const browse = (app: { request: typeof world.app.request }) =>
    new BrowserSession((address, init) => app.request(address, init), world.origin)

  it('every write, reading goes on and a form is a kind 503', async () => {
    const line = lineOf(world, { isReadOnly: true })
    const browser = browse(line.app)
    expect((await browser.get('/courses')).status).toBe(200)
    const answer = await browser.post('/sign-up', signUp('read-only@example.com'))
    expect([answer.status, answer.$('h1').text()]).toEqual([503, 'Not available right now'])
    await line.close()
  })

  it.each([
    ['a full disk', 1021],
    ['a full table', 1114],
    ['a server that only reads', 1290],
    ['a storage without memory', 1041],
    ['a connection that was killed', 1927],
    ['a statement that took too long', 1969],
  ])('for %s, a form is a kind 503', async (_, number) => {
    const { db } = world.services
    const refuse = `signal sqlstate 'HY000' set mysql_errno = ${number}, message_text = 'refused'`
    await db.execute(sql.raw(`create trigger refusal before insert on users for each row ${refuse}`))
    try {
      const answer = await world.browser().post('/sign-up', signUp(`${number}@example.com`))
      expect(answer.status).toBe(503)
    } finally {
      await db.execute(sql`drop trigger refusal`)
    }
  })

  it.each(['password', 'name of the database'])('a wrong %s, pages are a kind 503', async (what) => {
    const address = new URL(world.services.config.DATABASE_URL)
    if (what === 'password') address.password = 'wrong'
    else address.pathname = '/lms_nowhere'
    const connection = connect({ uri: address.href })
    const app = nodeApp(openServices(world.services.config, connection.db), () => {})
    expect((await browse(app).get('/courses')).status).toBe(503)
    expect((await browse(app).get('/health/ready')).status).toBe(503)
    await connection.close()
  })
})

it('A site that is not configured says so, in words that anybody may read', async () => {
  const app = createApp({
    open: () => {
      readConfig({})
      return world.services
    },
    after: () => {},
    ip: () => 'unknown',
  })
  const answer = await app.request('http://localhost/')
  expect(answer.status).toBe(503)
  expect(await answer.text()).not.toMatch(/DATABASE_URL/)
})

describe('what cannot be anything', () => {
  it('is not found, in whatever letters it is written', async () => {
    const { browser } = await person(world)
    for (const text of ['é', '😀', "a'b", '%00', '%ff', 'x'.repeat(2000)]) {
      const name = text.startsWith('%') ? text : encodeURIComponent(text)
      for (const path of [`/purchases/${name}`, `/courses/${name}`, `/learn/${name}`])
        expect([path, (await browser.get(path)).status]).toEqual([path, 404])
      for (const path of [`/courses/${name}/purchase`, `/purchases/callback?order=${name}`])
        expect([path, (await browser.post(path)).status]).toEqual([path, 404])
    }
    const admin = await person(world, { role: 'admin' })
    expect((await admin.browser.post('/account/sessions/é/delete')).status).toBe(404)
    for (const page of ['/admin/people/é', '/admin/categories/é'])
      expect([page, (await admin.browser.get(page)).status]).toEqual([page, 404])
    const receipt = { razorpay_order_id: 'é', razorpay_payment_id: 'é', razorpay_signature: 'é' }
    expect((await browser.post('/purchases/receipt', receipt)).status).toBe(404)
    expect((await browser.post('/purchases/recovery', { reference: 'é' })).status).toBe(422)
  })

  it('is refused as a form that cannot be read', async () => {
    const { callback } = await newBuyer(world)
    for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x', 'application/json']) {
      const answer = await world.app.request(`${world.origin}${callback}`, {
        method: 'POST',
        headers: { 'Content-Type': type },
        body: 'no form at all',
      })
      expect([type, answer.status]).toEqual([type, 400])
    }
  })
})
