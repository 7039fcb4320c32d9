import { eq } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { mailsTo } from '../../../test/mailbox'
import { member, memberPassword } from '../../../test/member'
import { type Person, person } from '../../../test/people'
import { afterPassword, nextCode, twoFactorMember } from '../../../test/two-factor'
import { fileWorld } from '../../../test/world'
import { auditEvents, twoFactors } from '../../db/schema'
import { paths } from '../../paths'
import { minuteSeconds } from '../../rules/time'

const world = fileWorld()
let admin: Person
beforeAll(async () => {
  admin = await member(world, { role: 'admin', name: 'Divya Rao' })
})

const reason = 'Asha showed her passport in a call.'
const hasTwoFactor = async ({ id }: Person) =>
  (await world.services.db.select().from(twoFactors).where(eq(twoFactors.userId, id))).length === 1
const eventsOf = ({ id }: Person) =>
  world.services.db.select().from(auditEvents).where(eq(auditEvents.subjectId, id))

describe('the page of a person', () => {
  it('says whether they sign in with two factors', async () => {
    const [asha, plain] = [await twoFactorMember(world), await member(world)]
    const fact = async ({ id }: Person) => {
      const { $ } = await admin.browser.get(paths.person(id))
      return [$('dt:contains("Two-factor sign-in") + dd').text(), $('#two-factor-card').length]
    }
    expect(await fact(asha)).toEqual([expect.stringMatching(/^On since /), 1])
    expect(await fact(plain)).toEqual(['Off', 0])
  })

  it.each(['student', 'admin'] as const)(
    'resets them for a %s: signed out, told, on record',
    async (role) => {
      const asha = await twoFactorMember(world, { role })
      const pending = await afterPassword(world, asha)
      const { status, location } = await admin.browser.post(paths.personTwoFactorDelete(asha.id), { reason })
      expect([status, location]).toEqual([303, paths.person(asha.id)])
      expect(await hasTwoFactor(asha)).toBe(false)
      expect((await asha.browser.get('/account')).status).toBe(303)
      const late = await pending.post('/sign-in/two-factor', { code: await nextCode(world, asha.secret) })
      expect(late.location).toBe('/sign-in')
      const browser = world.browser()
      await browser.post('/sign-in', { email: asha.email, password: memberPassword })
      expect((await browser.get('/account')).status).toBe(200)
      await world.runJobs()
      expect((await mailsTo(world, asha))[0]?.subject).toContain('Two-factor sign-in was reset')
      const [event] = (await eventsOf(asha)).filter(({ action }) => action === 'reset-two-factor')
      expect(event).toMatchObject({ actorId: admin.id, reason })
    },
  )

  it('wants a reason, and the password when it was typed a while ago', async () => {
    const asha = await twoFactorMember(world)
    const send = (fields: Record<string, string>) =>
      admin.browser.post(paths.personTwoFactorDelete(asha.id), fields)
    const without = await send({ reason: ' ' })
    expect([without.status, without.$('#two-factor-reason-error').text()]).toEqual([422, 'Enter a reason.'])
    world.advance(16 * minuteSeconds)
    const unconfirmed = await send({ reason })
    expect([unconfirmed.status, unconfirmed.$('#two-factor-reason').text()]).toEqual([422, reason])
    expect(unconfirmed.$('#two-factor-password-error').text()).not.toBe('')
    expect(await hasTwoFactor(asha)).toBe(true)
    expect((await send({ reason, password: memberPassword })).status).toBe(303)
    expect(await hasTwoFactor(asha)).toBe(false)
  })

  it('changes nothing where there is none, nor for oneself', async () => {
    const plain = await person(world)
    await admin.browser.post(paths.personTwoFactorDelete(plain.id), { reason, password: memberPassword })
    expect(await eventsOf(plain)).toEqual([])
    expect((await plain.browser.get('/account')).status).toBe(200)
    const boss = await twoFactorMember(world, { role: 'admin' })
    expect((await boss.browser.post(paths.personTwoFactorDelete(boss.id), { reason })).status).toBe(403)
    expect(await hasTwoFactor(boss)).toBe(true)
  })
})
