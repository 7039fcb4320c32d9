import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { person } from '../../test/people'
import { openWorld, type World } from '../../test/world'
import { users } from '../db/schema'

let world: World
beforeAll(async () => {
  world = await openWorld()
})
afterAll(() => world.close())

const nameOf = async (id: string) => {
  const [user] = await world.services.db.select().from(users).where(eq(users.id, id))
  return user?.name
}

describe('my account', () => {
  it('shows who I am and lets me sign out', async () => {
    const { browser, email } = await person(world, { name: 'Ravi Kumar' })
    const { $, status } = await browser.get('/account')
    expect(status).toBe(200)
    expect($('main [name=name]').val()).toBe('Ravi Kumar')
    expect($('main').text()).toContain(email)
    expect($('main form[action="/sign-out"] button').text()).toBe('Sign out')
  })

  it('sends visitors to sign in and back, before it looks at what they typed', async () => {
    const visitor = world.browser()
    const location = '/sign-in?next=%2Faccount'
    expect(await visitor.get('/account')).toMatchObject({ status: 303, location })
    expect(await visitor.post('/account', { name: '' })).toMatchObject({ status: 303, location })
  })

  it('takes a new name and says so once', async () => {
    const { browser, id } = await person(world)
    const answer = await browser.post('/account', {
      name: '  Asha \t Rao ',
      role: 'admin',
      email: 'x@example.com',
    })
    expect(answer).toMatchObject({ status: 303, location: '/account' })
    const { $ } = await browser.get('/account')
    expect($('[role=status]').first().text()).toContain('Your name is saved.')
    expect($('main [name=name]').val()).toBe('Asha Rao')
    expect((await browser.get('/account')).html).not.toContain('Your name is saved.')
    const [user] = await world.services.db.select().from(users).where(eq(users.id, id))
    expect(user).toMatchObject({ name: 'Asha Rao', role: 'student' })
    expect(user?.email).not.toBe('x@example.com')
  })

  it('keeps what was typed when a name cannot be taken', async () => {
    const { browser, id } = await person(world, { name: 'Asha Verma' })
    const long = 'a'.repeat(101)
    for (const [name, text] of [
      [long, 'Use at most 100 characters.'],
      ['  ', 'Enter your name.'],
    ] as const) {
      const { status, $ } = await browser.post('/account', { name })
      expect(status).toBe(422)
      expect($('#name-error[role=alert]').text()).toBe(text)
      expect($('main [name=name]').val()).toBe(name)
    }
    expect(await nameOf(id)).toBe('Asha Verma')
  })

  it('refuses a cross-site form', async () => {
    const { browser, id } = await person(world, { name: 'Asha Verma' })
    const headers = { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.example' }
    expect((await browser.post('/account', { name: 'Mallory' }, headers)).status).toBe(403)
    expect(await nameOf(id)).toBe('Asha Verma')
  })

  it('shows markup in a name as text', async () => {
    const { browser } = await person(world, { name: '<b onclick=x>Asha</b>' })
    expect((await browser.get('/account')).html).not.toContain('<b onclick')
  })
})
