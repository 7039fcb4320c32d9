import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { users } from '../../db/schema'
import { hourSeconds } from '../../rules/time'

const world = fileWorld()

const phoneOf = async (id: string) => {
  const [user] = await world.services.db.select().from(users).where(eq(users.id, id))
  return user?.phoneNumber
}
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

  it('sends visitors to sign in and back, before the form is validated', async () => {
    const visitor = world.browser()
    const location = '/sign-in?next=%2Faccount'
    expect(await visitor.get('/account')).toMatchObject({ status: 303, location })
    expect(await visitor.post('/account', { name: '' })).toMatchObject({ status: 303, location })
  })

  it('saves a new name and confirms it once', async () => {
    const { browser, id } = await person(world)
    const answer = await browser.post('/account', {
      name: '  Asha \t Rao ',
      role: 'admin',
      email: 'x@example.com',
    })
    expect(answer).toMatchObject({ status: 303, location: '/account' })
    const { $ } = await browser.get('/account')
    expect($('[role=status]').first().text()).toContain('Your details are saved.')
    expect($('main [name=name]').val()).toBe('Asha Rao')
    expect((await browser.get('/account')).html).not.toContain('Your details are saved.')
    const [user] = await world.services.db.select().from(users).where(eq(users.id, id))
    expect(user).toMatchObject({ name: 'Asha Rao', role: 'student' })
    expect(user?.email).not.toBe('x@example.com')
  })

  it('shows what was typed again when a name is invalid', async () => {
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

  it('says whether the email address is verified', async () => {
    const [verified, other] = [await person(world), await person(world, { isVerified: false })]
    const page = (await verified.browser.get('/account')).$
    expect(page('main [name=email]').val()).toBe(verified.email)
    expect(page('#email-hint').text()).toBe('Verified')
    expect((await other.browser.get('/account')).$('#email-hint').text()).toBe('Not verified')
  })
})

describe('my phone number', () => {
  it('is stored in one format, however it is typed, and cleared by an empty field', async () => {
    const { browser, id } = await person(world)
    const digits = String(Date.now()).slice(-8)
    expect(
      (await browser.post('/account', { phoneNumber: ` 0 98${digits.slice(0, 4)}-${digits.slice(4)} ` }))
        .status,
    ).toBe(303)
    expect(await phoneOf(id)).toBe(`+9198${digits}`)
    expect((await browser.get('/account')).$('[name=phoneNumber]').val()).toBe(`+9198${digits}`)
    await browser.post('/account', { name: 'Asha Rao' })
    expect(await phoneOf(id)).toBe(`+9198${digits}`)
    await browser.post('/account', { name: 'Asha Rao', phoneNumber: '  ' })
    expect(await phoneOf(id)).toBeNull()
    await browser.post('/account', { phoneNumber: '' })
  })

  it('shows the error at its field and what was typed', async () => {
    const { browser, id } = await person(world, { name: 'Asha Verma' })
    const { status, $ } = await browser.post('/account', { name: 'Asha Rao', phoneNumber: '12-34' })
    expect(status).toBe(422)
    expect($('#phoneNumber-error[role=alert]').text()).toContain('Enter ten digits')
    expect($('[name=phoneNumber]').val()).toBe('12-34')
    expect($('[name=phoneNumber]').attr('autocomplete')).toBe('tel')
    expect($('main [name=name]').val()).toBe('Asha Rao')
    expect(await nameOf(id)).toBe('Asha Verma')
  })

  it("is one person's: of several who want it at once one gets it, and the others are told", async () => {
    const people = [await person(world), await person(world), await person(world)]
    const typed = ['+44 20 7946 0001', '0044 20 7946 0001', '+442079460001']
    const answers = await Promise.all(
      people.map(({ browser }, index) => browser.post('/account', { phoneNumber: typed[index] ?? '' })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422])
    const refused = answers.find(({ status }) => status === 422)
    expect(refused?.$('#phoneNumber-error').text()).toContain('This number cannot be used here')
    expect(refused?.$('[name=phoneNumber]').val()).toBe('+442079460001')
    const kept = await Promise.all(people.map(({ id }) => phoneOf(id)))
    expect(kept.filter(Boolean)).toEqual(['+442079460001'])
  })

  it('can be saved again by its owner', async () => {
    const { browser } = await person(world)
    await browser.post('/account', { phoneNumber: '+44 20 7946 0002' })
    expect((await browser.post('/account', { phoneNumber: '+44 20 7946 0002' })).status).toBe(303)
  })

  it('is tried ten times an hour, so that nobody learns whose numbers are known here', async () => {
    const { browser } = await person(world)
    const save = (last: number) => browser.post('/account', { phoneNumber: `+4420794610${last}` })
    for (let last = 10; last < 20; last++) expect((await save(last)).status).toBe(303)
    expect((await save(19)).status).toBe(303)
    const refused = await save(20)
    expect([refused.status, refused.headers.has('Retry-After')]).toEqual([429, true])
    world.advance(hourSeconds)
    expect((await save(20)).status).toBe(303)
  })
})
