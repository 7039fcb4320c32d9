import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { mailsTo } from '../../../test/mailbox'
import { anotherBrowser, member, memberPassword } from '../../../test/member'
import { person } from '../../../test/people'
import { fileWorld } from '../../../test/world'
import { sessions, users } from '../../db/schema'
import { createResetLink } from '../../models/account/password-reset'
import { hourSeconds } from '../../rules/time'

const world = fileWorld()

const hashOfUser = async (id: string) => {
  const [user] = await world.services.db.select().from(users).where(eq(users.id, id))
  return user?.passwordHash
}
const signIn = (email: string, password: string) => world.browser().post('/sign-in', { email, password })
const fresh = 'a longer way to say it'

describe('changing my password', () => {
  it('keeps this browser signed in under a new token, signs out all others, and emails me', async () => {
    const asha = await member(world)
    const other = await anotherBrowser(world, asha)
    const before = asha.browser.cookies.get('session')
    const link = await createResetLink(world.services, asha.email)
    const answer = await asha.browser.post('/account/password', {
      currentPassword: memberPassword,
      password: fresh,
    })
    expect(answer).toMatchObject({ status: 303, location: '/account' })
    expect(asha.browser.cookies.get('session')).not.toBe(before)
    const { $ } = await asha.browser.get('/account')
    expect($('[role=status]').first().text()).toContain('Your password is changed.')
    expect((await other.get('/account')).status).toBe(303)
    const stolen = world.browser()
    stolen.cookies.set('session', before ?? '')
    expect((await stolen.get('/account')).status).toBe(303)
    expect((await signIn(asha.email, memberPassword)).status).toBe(422)
    expect((await signIn(asha.email, fresh)).status).toBe(303)
    await world.browser().get(`/password-reset/link?token=${link}`)
    const used = await world.browser().post('/password-reset/link', { token: link })
    expect(used.location).not.toBe('/password-reset/new')
    await world.runJobs()
    expect((await mailsTo(world, asha)).map(({ subject }) => subject)).toContainEqual(
      expect.stringMatching(/password .*changed/),
    )
  })

  it('asks for the current one, at its field', async () => {
    const asha = await member(world)
    const before = await hashOfUser(asha.id)
    const wrong: Record<string, string>[] = [{ currentPassword: 'wrong one' }, { currentPassword: '' }, {}]
    for (const typed of wrong) {
      const { status, $ } = await asha.browser.post('/account/password', { ...typed, password: fresh })
      expect(status).toBe(422)
      expect($('#currentPassword-error[role=alert]').text()).toContain('This is not your current password.')
      expect(
        $('input[type=password]')
          .map((_, input) => $(input).attr('value') ?? '')
          .get(),
      ).toEqual(['', ''])
    }
    expect(await hashOfUser(asha.id)).toBe(before)
  })

  it('refuses a short one at its field', async () => {
    const asha = await member(world)
    const { status, $ } = await asha.browser.post('/account/password', {
      currentPassword: memberPassword,
      password: 'short',
    })
    expect(status).toBe(422)
    expect($('#password-error[role=alert]').text()).toBe('Use at least 8 characters.')
    expect($('#currentPassword').attr('autocomplete')).toBe('current-password')
    expect($('#password').attr('autocomplete')).toBe('new-password')
  })

  it('refuses one that is guessed first, and changes nothing', async () => {
    const asha = await member(world, { name: 'Asha Vasudevan' })
    const before = await hashOfUser(asha.id)
    for (const password of ['sunshine1', 'aaaaaaaa', 'AshaVasudevan', asha.email, 'codecrafters']) {
      const typed = { currentPassword: memberPassword, password }
      const { status, $ } = await asha.browser.post('/account/password', typed)
      expect([password, status]).toEqual([password, 422])
      expect($('#password-error[role=alert]').text()).toContain('guessed')
    }
    expect(await hashOfUser(asha.id)).toBe(before)
  })

  it('counts wrong ones as failed sign-ins', async () => {
    const asha = await member(world)
    for (let attempt = 0; attempt < world.services.config.LIMIT_FAILED_SIGN_INS_PER_ACCOUNT; attempt++) {
      await asha.browser.post('/account/password', { currentPassword: `wrong ${attempt}`, password: fresh })
    }
    const right = { currentPassword: memberPassword, password: fresh }
    const answer = await asha.browser.post('/account/password', right)
    expect(answer.status).toBe(429)
    expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
    // Strangers and other browsers have counts of their own.
    expect((await signIn(asha.email, memberPassword)).status).toBe(303)
    world.advance(hourSeconds)
    expect((await asha.browser.post('/account/password', right)).status).toBe(303)
  })

  it('accepts one of two changes at once', async () => {
    const asha = await member(world)
    const other = await anotherBrowser(world, asha)
    const answers = await Promise.all(
      [asha.browser, other].map((browser, index) =>
        browser.post('/account/password', { currentPassword: memberPassword, password: `${fresh} ${index}` }),
      ),
    )
    const changed = answers.filter(({ location }) => location === '/account')
    expect(changed).toHaveLength(1)
    const rows = await world.services.db.select().from(sessions).where(eq(sessions.userId, asha.id))
    expect(rows).toHaveLength(1)
  })

  it('is for signed-in users only', async () => {
    expect(await world.browser().post('/account/password', {})).toMatchObject({
      status: 303,
      location: '/sign-in?next=%2Faccount',
    })
  })
})

describe('somebody without a password', () => {
  it('sets the first one right after signing in, without being asked for another', async () => {
    const ravi = await person(world)
    const { $ } = await ravi.browser.get('/account')
    expect($('#password-card [name=currentPassword]').length).toBe(0)
    expect($('#password-card button').text()).toBe('Set password')
    expect((await ravi.browser.post('/account/password', { password: fresh })).status).toBe(303)
    expect((await ravi.browser.get('/account')).html).toContain('Your password is set.')
    expect((await signIn(ravi.email, fresh)).status).toBe(303)
    await world.runJobs()
    const told = (await mailsTo(world, ravi)).map(({ subject }) => subject)
    expect(told.filter((subject) => subject.startsWith('Your password'))).toHaveLength(1)
  })

  it('signs in again when 15 minutes have passed', async () => {
    const ravi = await person(world)
    world.advance(15 * 60 + 1)
    const { $ } = await ravi.browser.get('/account')
    expect($('#password-card form').length).toBe(0)
    expect($('#password-card').text()).toContain('sign in again')
    expect((await ravi.browser.post('/account/password', { password: fresh })).status).toBe(403)
    expect(await hashOfUser(ravi.id)).toBeNull()
  })
})
