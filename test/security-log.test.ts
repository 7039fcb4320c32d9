import { eq } from 'drizzle-orm'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { auditEvents } from '../src/db/schema'
import { paths } from '../src/paths'
import { continueWithGoogle, googleUser, userWithPassword } from './google'
import { listenToLog } from './log-lines'
import { askForReset } from './mailbox'
import { member, memberPassword } from './member'
import { type Person, person } from './people'
import { fileWorld } from './world'

const world = fileWorld({ environment: { LIMIT_FAILED_SIGN_INS_PER_ACCOUNT: '3' } })
let admin: Person
let lines: ReturnType<typeof listenToLog>
beforeAll(async () => {
  admin = await person(world, { role: 'admin', name: 'Divya Unmistakable' })
})
beforeEach(() => {
  lines = listenToLog()
})
afterEach(() => lines.stop())

/** The events so far, after a look that nothing private stands in any line. */
function told(...privately: (string | undefined)[]) {
  for (const value of [...privately, 'Unmistakable', memberPassword, admin.browser.cookies.get('session')])
    if (value) expect(lines.text()).not.toContain(value)
  return lines.events().filter(({ security }) => security !== undefined)
}

describe('the log says who did what, and to what', () => {
  it('when somebody signs in, and when they may not', async () => {
    const asha = await member(world, { name: 'Asha Unmistakable' })
    const { email } = asha
    const browser = world.browser()
    const headers = { 'User-Agent': 'Planted/1.0 (an unmistakable device)' }
    await browser.post('/sign-in', { email, password: 'a wrong password' }, headers)
    await browser.post(
      '/sign-in',
      { email: 'nobody@private.example.com', password: 'another wrong' },
      headers,
    )
    await browser.post('/sign-in', { email, password: memberPassword }, headers)
    for (let time = 0; time < 4; time += 1)
      await world.browser().post('/sign-in', { email, password: 'a wrong password' })
    const [session, device] = ['session', 'device'].map((name) => browser.cookies.get(name))
    expect(
      told(email, 'a wrong password', 'private.example.com', 'unmistakable device', session, device),
    ).toMatchObject([
      { security: 'refuse-sign-in', by: null, on: `user ${asha.id}` },
      { security: 'refuse-sign-in', by: null },
      { security: 'open-session', by: asha.id, id: expect.any(String) },
      ...Array(3).fill({ security: 'refuse-sign-in', on: `user ${asha.id}` }),
      { security: 'refuse-over-limit', limit: 'failed-sign-in-of-account' },
    ])
  })

  it('when somebody changes their password, ends sessions, takes their data or leaves', async () => {
    const asha = await member(world)
    const { email, browser } = asha
    const fresh = 'something quite new'
    await browser.post('/account/password', { currentPassword: 'not this one', password: fresh })
    await browser.post('/account/password', { currentPassword: memberPassword, password: fresh })
    await browser.post('/account/sessions/delete')
    await browser.post('/account/export')
    await browser.post('/account/delete', { password: fresh })
    expect(told(email, fresh, 'not this one').map(({ security, by }) => [security, by])).toEqual([
      ['refuse-confirmation', null],
      ['open-session', asha.id],
      ['change-password', asha.id],
      ['end-other-sessions', asha.id],
      ['export-account', asha.id],
      ['delete-account', asha.id],
    ])
  })

  it('when a password is chosen anew', async () => {
    const asha = await member(world)
    const { browser, token } = await askForReset(world, asha.email)
    await browser.post('/password-reset/link', { token })
    await browser.post('/password-reset/new', { password: 'something quite new' })
    const events = told(asha.email, token, 'something quite new')
    expect(events.map(({ security, by }) => [security, by])).toEqual([
      ['open-session', asha.id],
      ['reset-password', asha.id],
    ])
  })

  it('when Google is linked and unlinked', async () => {
    const someone = googleUser({ name: 'Asha Unmistakable' })
    const { id } = await userWithPassword(world, { email: someone.email })
    const browser = world.browser()
    await continueWithGoogle(world, browser, someone)
    await browser.post('/account/google/delete')
    expect(told(someone.email, someone.sub).map(({ security, by }) => [security, by])).toEqual([
      ['link-google', id],
      ['open-session', id],
      ['unlink-google', id],
    ])
  })

  it('when an administrator acts, with the row of the audit', async () => {
    const someone = await person(world, { name: 'Arjun Unmistakable' })
    await admin.browser.post(paths.personRole(someone.id), { role: 'instructor' })
    await admin.browser.post(paths.personSuspension(someone.id), { reason: 'An unmistakable reason' })
    const rows = await world.services.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subjectId, someone.id))
    expect(told(someone.email, 'unmistakable reason')).toMatchObject(
      ['change-role', 'suspend-user'].map((action) => ({
        security: action,
        by: admin.id,
        on: `user ${someone.id}`,
        id: rows.find((row) => row.action === action)?.id,
      })),
    )
  })
})
