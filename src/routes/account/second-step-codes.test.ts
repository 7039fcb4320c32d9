import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { mailsTo } from '../../../test/mailbox'
import type { Person } from '../../../test/people'
import { afterPassword, codeNow, nextCode, twoFactorMember, wrongCodeFor } from '../../../test/two-factor'
import { fileWorld } from '../../../test/world'
import { auditEvents } from '../../db/schema'
import { minuteSeconds } from '../../rules/time'

const world = fileWorld()
const page = '/sign-in/two-factor'
const someone = (given?: Parameters<typeof twoFactorMember>[1]) => twoFactorMember(world, given)
const withPassword = (person: Pick<Person, 'email'>) => afterPassword(world, person)

describe('a recovery code', () => {
  it('lets in once, as typed or as printed, and is told by email', async () => {
    const asha = await someone()
    const [first = '', second = ''] = asha.recoveryCodes
    const typed = ` ${first.toUpperCase().replace('-', ' ')} `
    const browser = await withPassword(asha)
    expect((await browser.post(page, { code: typed, with: 'recovery-code' })).status).toBe(303)
    expect((await browser.get('/learning')).$('[role=status]').text()).toContain('9 recovery codes left')
    const again = await withPassword(asha)
    expect((await again.post(page, { code: first })).status).toBe(422)
    expect((await again.post(page, { code: second })).status).toBe(303)
    await world.runJobs()
    const used = (await mailsTo(world, asha)).filter(({ subject }) =>
      subject.startsWith('A recovery code was used to sign in'),
    )
    expect(used.map(({ text }) => /\d codes left/.exec(text)?.[0]).sort()).toEqual([
      '8 codes left',
      '9 codes left',
    ])
  })

  it('lets one in of two at once, and nobody with another person’s', async () => {
    const [asha, meera] = [await someone(), await someone()]
    const [code = ''] = asha.recoveryCodes
    const stranger = await withPassword(meera)
    expect((await stranger.post(page, { code })).status).toBe(422)
    const browsers = [await withPassword(asha), await withPassword(asha)]
    const answers = await Promise.all(browsers.map((browser) => browser.post(page, { code })))
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422])
  })

  it('is on record when an administrator used it', async () => {
    const admin = await someone({ role: 'admin' })
    const browser = await withPassword(admin)
    await browser.post(page, { code: admin.recoveryCodes[0] ?? '' })
    const events = await world.services.db
      .select()
      .from(auditEvents)
      .where(eq(auditEvents.subjectId, admin.id))
    expect(events.map(({ action }) => action)).toContain('use-recovery-code')
  })
})

describe('wrong codes', () => {
  it('close the account to the right one for a while, in every browser with the password', async () => {
    const asha = await someone()
    const browser = await withPassword(asha)
    const wrong = await wrongCodeFor(world, asha.secret)
    for (let time = 1; time <= 5; time += 1)
      expect((await browser.post(page, { code: wrong })).status).toBe(422)
    const code = await nextCode(world, asha.secret)
    const other = await withPassword(asha)
    for (const one of [browser, other]) {
      const { status, headers } = await one.post(page, { code })
      expect([status, Number(headers.get('Retry-After')) > 0]).toEqual([429, true])
    }
    const [recovery = ''] = asha.recoveryCodes
    expect((await other.post(page, { code: recovery })).status).toBe(429)
    world.advance(2 * minuteSeconds)
    const fresh = await withPassword(asha)
    expect((await fresh.post(page, { code: await codeNow(world, asha.secret) })).status).toBe(303)
  })

  it('are compared five at most when many are sent at once', async () => {
    const asha = await someone()
    const browser = await withPassword(asha)
    const wrong = await wrongCodeFor(world, asha.secret)
    const answers = await Promise.all(Array.from({ length: 12 }, () => browser.post(page, { code: wrong })))
    expect(answers.filter(({ status }) => status === 422).length).toBeLessThanOrEqual(5)
    expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(7)
  })

  it('cannot be counted by anybody without the password', async () => {
    const asha = await someone()
    const stranger = world.browser()
    for (let time = 1; time <= 8; time += 1) {
      await stranger.post('/sign-in', { email: asha.email, password: 'a guess' })
      expect((await stranger.post(page, { code: '123456' })).location).toBe('/sign-in')
    }
    const browser = await withPassword(asha)
    expect((await browser.post(page, { code: await nextCode(world, asha.secret) })).status).toBe(303)
  })
})
