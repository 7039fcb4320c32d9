import { and, eq, isNull } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { person } from '../../../test/people'
import { openWorld, type World } from '../../../test/world'
import { users } from '../../db/schema'
import { AppError } from '../../errors'
import { paths } from '../../paths'
import { formerEmail } from '../../rules/account/former-account'
import { changeRole, makeAdmin } from './role'
import { liftSuspension, suspendUser } from './suspension'

let world: World
beforeEach(async () => {
  world = await openWorld()
})
afterEach(() => world.close())

const admins = () =>
  world.services.db
    .select({ id: users.id })
    .from(users)
    .where(and(eq(users.role, 'admin'), isNull(users.suspendedAt)))
const toStudent = { role: 'student', handOver: false } as const

describe('administrators among themselves', () => {
  it('leave one when two demote each other at once', async () => {
    for (let round = 0; round < 5; round++) {
      const one = await person(world, { role: 'admin' })
      const two = await person(world, { role: 'admin' })
      const results = await Promise.allSettled([
        changeRole(world.services, one.id, two.id, toStudent),
        changeRole(world.services, two.id, one.id, toStudent),
      ])
      const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))
      expect(refused).toEqual([expect.objectContaining({ code: 'not_found' })])
      expect(refused[0]).toBeInstanceOf(AppError)
      const [left, ...more] = await admins()
      expect([left?.id === one.id || left?.id === two.id, more]).toEqual([true, []])
      await world.services.db.update(users).set({ role: 'student' })
    }
  })

  it('leave one when two suspend each other, or one demotes and one suspends', async () => {
    for (const way of ['both', 'mixed']) {
      const one = await person(world, { role: 'admin' })
      const two = await person(world, { role: 'admin' })
      const results = await Promise.allSettled([
        suspendUser(world.services, one.id, two.id),
        way === 'both'
          ? suspendUser(world.services, two.id, one.id)
          : changeRole(world.services, two.id, one.id, toStudent),
      ])
      expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      expect(await admins()).toHaveLength(1)
      await world.services.db.update(users).set({ role: 'student', suspendedAt: null })
    }
  })

  it('never lose the last one, who cannot let go of the role alone', async () => {
    const only = await person(world, { role: 'admin' })
    const suspended = await person(world, { role: 'admin' })
    await suspendUser(world.services, only.id, suspended.id)
    expect(await changeRole(world.services, only.id, only.id, toStudent)).toEqual({ refusal: 'last admin' })
    expect(await suspendUser(world.services, only.id, only.id)).toEqual({ refusal: 'last admin' })
    const second = await person(world, { role: 'admin' })
    expect(await changeRole(world.services, only.id, only.id, toStudent)).toEqual({ refusal: 'self' })
    expect(await suspendUser(world.services, second.id, second.id)).toEqual({ refusal: 'self' })
    expect(await admins()).toHaveLength(2)
  })

  it('are made from any account, the suspended too, and more than once', async () => {
    const someone = await person(world, { name: 'Kavya Nair' })
    const boss = await person(world, { role: 'admin' })
    await suspendUser(world.services, boss.id, someone.id)
    expect(await makeAdmin(world.services, someone.email)).toEqual({
      name: 'Kavya Nair',
      wasAdmin: false,
      wasSuspended: true,
    })
    expect(await makeAdmin(world.services, someone.email)).toMatchObject({
      wasAdmin: true,
      wasSuspended: false,
    })
    expect(await makeAdmin(world.services, 'nobody@example.com')).toBeNull()
    expect(await admins()).toHaveLength(2)
  })

  it('do not restore a deleted account', async () => {
    const boss = await person(world, { role: 'admin' })
    const gone = await person(world)
    const email = formerEmail(gone.id)
    await world.services.db.update(users).set({ email, suspendedAt: new Date() }).where(eq(users.id, gone.id))
    expect(await makeAdmin(world.services, email)).toBeNull()
    for (const act of [
      () => changeRole(world.services, boss.id, gone.id, { role: 'admin', handOver: false }),
      () => liftSuspension(world.services, boss.id, gone.id),
      () => suspendUser(world.services, boss.id, gone.id),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'not_found' })
    const page = await boss.browser.get(paths.person(gone.id))
    expect([page.status, page.$('main form').length]).toEqual([200, 0])
    expect((await boss.browser.get(paths.people({ q: gone.name }))).$('tbody tr')).toHaveLength(1)
    expect((await boss.browser.get(paths.people())).$(`a[href="${paths.person(gone.id)}"]`)).toHaveLength(0)
  })
})
