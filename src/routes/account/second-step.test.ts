import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { holdRows } from '../../../test/held-row'
import { member, memberPassword } from '../../../test/member'
import { course, type Person } from '../../../test/people'
import {
  afterPassword,
  codeNow,
  isSignedIn,
  nextCode,
  turnOn,
  twoFactorMember,
  wrongCodeFor,
} from '../../../test/two-factor'
import { fileWorld } from '../../../test/world'
import { sessions, users, verificationTokens } from '../../db/schema'
import { minuteSeconds } from '../../rules/time'

const world = fileWorld()
const page = '/sign-in/two-factor'

const someone = (given?: Parameters<typeof twoFactorMember>[1]) => twoFactorMember(world, given)
const withPassword = (person: Pick<Person, 'email'>, next?: string) => afterPassword(world, person, next)

const countSessions = async ({ id }: Pick<Person, 'id'>) =>
  (await world.services.db.select().from(sessions).where(eq(sessions.userId, id))).length

describe('the second step', () => {
  it('stands between the password and the session, and leads where the first was to lead', async () => {
    const asha = await someone()
    const before = await countSessions(asha)
    const browser = await withPassword(asha, '/account/sessions?a=1')
    expect(browser.cookies.has('session')).toBe(false)
    expect(await countSessions(asha)).toBe(before)
    const form = await browser.get(page)
    expect(form.status).toBe(200)
    const field = form.$('#code')
    expect([field.attr('autocomplete'), field.attr('inputmode')]).toEqual(['one-time-code', 'numeric'])
    const { status, location } = await browser.post(page, { code: await nextCode(world, asha.secret) })
    expect([status, location]).toEqual([303, '/account/sessions?a=1'])
    expect(await isSignedIn(browser)).toBe(true)
    expect(browser.cookies.has('second-step')).toBe(false)
  })

  it('begins what was to be bought, and leads nowhere else', async () => {
    const free = await course(world, { pricePaise: 0 })
    const asha = await someone()
    const buying = await withPassword(asha, `/courses/${free.slug}/purchase`)
    const bought = await buying.post(page, { code: await nextCode(world, asha.secret) })
    expect(bought.location).toBe(`/learn/${free.slug}`)
    const away = await withPassword(asha, 'https://evil.example/')
    const stayed = await away.post(page, { code: await nextCode(world, asha.secret) })
    expect(stayed.location).toBe('/learning')
  })

  it('takes the codes of the half minute before and after, and none farther away', async () => {
    const asha = await someone()
    world.advance(5 * minuteSeconds)
    const send = async (steps: number) => {
      const browser = await withPassword(asha)
      return (await browser.post(page, { code: await codeNow(world, asha.secret, steps) })).status
    }
    expect(await send(-2)).toBe(422)
    expect(await send(2)).toBe(422)
    expect(await send(-1)).toBe(303)
    expect(await send(0)).toBe(303)
    expect(await send(1)).toBe(303)
  })

  it('takes each code once, also an earlier one than the last', async () => {
    const asha = await someone()
    const code = await nextCode(world, asha.secret)
    const early = await codeNow(world, asha.secret, -1)
    expect((await (await withPassword(asha)).post(page, { code })).status).toBe(303)
    for (const again of [code, early]) {
      const browser = await withPassword(asha)
      const { status, $ } = await browser.post(page, { code: again })
      expect([status, $('#code-error').text()]).toEqual([422, expect.stringContaining('already been used')])
      expect(await isSignedIn(browser)).toBe(false)
    }
    // The code that switched it on is used, too.
    const meera = await member(world)
    const { secret } = await turnOn(world, meera.browser)
    const browser = await withPassword(meera)
    expect((await browser.post(page, { code: await codeNow(world, secret) })).status).toBe(422)
  })

  it('lets one of two in who send the same code at once', async () => {
    const asha = await someone()
    const before = await countSessions(asha)
    const browsers = [await withPassword(asha), await withPassword(asha)]
    const code = await nextCode(world, asha.secret)
    const held = await holdRows(world, (tx) =>
      tx.select().from(users).where(eq(users.id, asha.id)).for('update'),
    )
    const both = Promise.all(browsers.map((browser) => browser.post(page, { code })))
    await held.waiting(2, 'select `id`, `email`, `role`')
    await held.release()
    expect((await both).map(({ status }) => status).sort()).toEqual([303, 422])
    expect(await countSessions(asha)).toBe(before + 1)
  })

  it('lets one in of two forms of one browser with two right codes', async () => {
    const asha = await someone()
    const before = await countSessions(asha)
    world.advance(2 * minuteSeconds)
    const browser = await withPassword(asha)
    const codes = [await codeNow(world, asha.secret), await codeNow(world, asha.secret, 1)]
    const answers = await Promise.all(codes.map((code) => browser.post(page, { code })))
    expect(answers.filter(({ location }) => location === '/learning')).toHaveLength(1)
    expect(await countSessions(asha)).toBe(before + 1)
  })

  it('says at the field what is wrong, and asks again', async () => {
    const asha = await someone()
    const browser = await withPassword(asha)
    const form = await browser.get(page)
    expect(form.$('[name=code]')).toHaveLength(1)
    for (const [code, words] of [
      ['', 'Enter the six digits'],
      ['12', 'Enter the six digits'],
      [await wrongCodeFor(world, asha.secret), 'This code is wrong'],
    ] as const) {
      const { status, $ } = await browser.post(page, { code })
      expect([status, $('#code-error').text()]).toEqual([422, expect.stringContaining(words)])
    }
    const other = await browser.post(page, { code: '00000-00000', with: 'recovery-code' })
    expect([other.status, other.$('#code-error').text()]).toEqual([
      422,
      expect.stringContaining('This code is wrong'),
    ])
    expect([other.$('label[for=code]').text(), other.$('[name=code]').length]).toEqual(['Recovery code', 1])
    const link = form.$('a[href*="recovery-code"]').attr('href') ?? ''
    expect((await browser.get(link)).$('label[for=code]').text()).toBe('Recovery code')
    expect(await isSignedIn(browser)).toBe(false)
  })
})

describe('what waits for the second step', () => {
  it('is no session, in whatever cookie it is sent', async () => {
    const asha = await someone()
    const browser = await withPassword(asha)
    const [token] = await world.services.db
      .select()
      .from(verificationTokens)
      .where(eq(verificationTokens.identifier, asha.email))
    expect(token?.purpose).toBe('second-step')
    for (const path of ['/account', '/learning', '/account/two-factor', '/purchases']) {
      expect((await browser.get(path)).location, path).toContain('/sign-in?next=')
    }
    browser.cookies.set('session', browser.cookies.get('second-step') ?? '')
    expect(await isSignedIn(browser)).toBe(false)
  })

  it('is over after ten minutes, and keeps what it was for', async () => {
    const asha = await someone()
    const browser = await withPassword(asha)
    world.advance(10 * minuteSeconds + 1)
    expect((await browser.get(page)).location).toBe('/sign-in')
    const late = await browser.post(page, { code: await codeNow(world, asha.secret) })
    expect([late.status, late.location]).toEqual([303, '/sign-in'])
    expect((await browser.get('/sign-in')).$('[role=alert]').text()).toContain('took too long')
    expect(await isSignedIn(browser)).toBe(false)
  })

  it('is used up by signing in', async () => {
    const asha = await someone()
    const browser = await withPassword(asha)
    const kept = browser.cookies.get('second-step') ?? ''
    await browser.post(page, { code: await nextCode(world, asha.secret) })
    const thief = world.browser()
    thief.cookies.set('second-step', kept)
    expect((await thief.post(page, { code: await nextCode(world, asha.secret) })).location).toBe('/sign-in')
    expect(await isSignedIn(thief)).toBe(false)
  })

  it('belongs to one person and one browser', async () => {
    const [asha, meera] = [await someone(), await someone()]
    const browser = await withPassword(asha)
    const stranger = world.browser()
    expect((await stranger.get(page)).location).toBe('/sign-in')
    const code = await nextCode(world, meera.secret)
    expect((await browser.post(page, { code })).status).toBe(422)
    const sealed = browser.cookies.get('second-step') ?? ''
    stranger.cookies.set('second-step', `${sealed.slice(0, -2)}AA`)
    expect((await stranger.get(page)).location).toBe('/sign-in')
  })

  it.each([
    ['the password is changed', (asha: Person) => changePassword(asha)],
    ['two factors are switched off', (asha: Person) => asha.browser.post('/account/two-factor/delete')],
  ])('ends when %s', async (_, change) => {
    const asha = await someone()
    const browser = await withPassword(asha)
    await change(asha)
    const { location } = await browser.post(page, { code: await nextCode(world, asha.secret) })
    expect(location).toBe('/sign-in')
    expect(await isSignedIn(browser)).toBe(false)
  })

  it('lets no suspended person in', async () => {
    const asha = await someone()
    const browser = await withPassword(asha)
    await world.services.db.update(users).set({ suspendedAt: new Date() }).where(eq(users.id, asha.id))
    const { status, html } = await browser.post(page, { code: await nextCode(world, asha.secret) })
    expect([status, html]).toEqual([403, expect.stringContaining('is suspended')])
    expect(await isSignedIn(browser)).toBe(false)
  })
})

const changePassword = ({ browser }: Person) =>
  browser.post('/account/password', { currentPassword: memberPassword, password: 'another password' })
