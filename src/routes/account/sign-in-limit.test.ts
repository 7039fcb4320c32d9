import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { untilWaiting } from '../../../test/locks'
import { elsewhere } from '../../../test/member'
import { cheapHash } from '../../../test/password'
import { person } from '../../../test/people'
import { openWorld, type World } from '../../../test/world'
import { users } from '../../db/schema'
import { newId } from '../../ids'
import { countFailedSignIn } from '../../models/account/failed-sign-ins'
import { hourSeconds } from '../../rules/time'

const password = 'learn-by-doing'
let world: World
beforeAll(async () => {
  const environment = {
    TRUST_PROXY: 'true',
    LIMIT_FAILED_SIGN_INS_PER_ACCOUNT: '3',
    LIMIT_FAILED_SIGN_INS_PER_HOUR: '6',
  }
  world = await openWorld({ environment })
})
afterAll(() => world.close())

const member = async () => {
  const { id, email } = await person(world)
  await world.services.db
    .update(users)
    .set({ passwordHash: cheapHash(password) })
    .where(eq(users.id, id))
  return email
}
const nobody = () => `${newId()}@nobody.example.com`
const attempt = (email: string, typed = 'wrong-password', headers = elsewhere()) =>
  world.browser().post('/sign-in', { email, password: typed }, headers)
const fail = async (times: number, email: string, headers?: ReturnType<typeof elsewhere>) => {
  const statuses: number[] = []
  for (let time = 0; time < times; time += 1) {
    statuses.push((await attempt(email, 'wrong-password', headers)).status)
  }
  return statuses
}

describe('failed sign-ins of one account', () => {
  it('are followed by a pause that holds for every network and the right password, too', async () => {
    const email = await member()
    expect(await fail(4, email)).toEqual([422, 422, 422, 429])
    const refused = await attempt(email, password)
    expect(refused.status).toBe(429)
    const wait = Number(refused.headers.get('Retry-After'))
    expect(wait).toBeGreaterThan(20)
    expect(wait).toBeLessThanOrEqual(60)
    expect(refused.$('main [role=alert]').text()).toBe(
      'Signing in has failed too many times. Try again in a minute.',
    )
    world.advance(wait)
    expect((await attempt(email, password)).status).toBe(303)
  })

  it('lengthen the pause each time, and are forgotten after 15 minutes without any', async () => {
    const email = await member()
    expect(await fail(3, email)).toEqual([422, 422, 422])
    const waits: number[] = []
    for (let round = 0; round < 3; round += 1) {
      const wait = Number((await attempt(email, password)).headers.get('Retry-After'))
      waits.push(Math.ceil(wait / 60))
      world.advance(wait)
      expect(await fail(1, email)).toEqual([422])
    }
    expect(waits).toEqual([1, 2, 4])
    world.advance((8 + 15) * 60)
    expect(await fail(4, email)).toEqual([422, 422, 422, 429])
  })

  it('do not reveal whether the account exists', async () => {
    const [known, unknown] = [await member(), nobody()]
    expect(await fail(5, unknown)).toEqual(await fail(5, known))
    const [one, other] = [await attempt(known), await attempt(unknown)]
    expect(one.$('main').html()).toBe(other.$('main').html())
    expect(other.headers.has('Retry-After')).toBe(true)
  })

  it('count the same however the address is written', async () => {
    const email = await member()
    await fail(2, email)
    expect((await attempt(` ${email.toUpperCase()} `)).status).toBe(422)
    expect((await attempt(email)).status).toBe(429)
  })

  it('start again after a successful sign-in', async () => {
    const email = await member()
    for (let round = 0; round < 3; round += 1) {
      expect(await fail(2, email)).toEqual([422, 422])
      expect((await attempt(email, password)).status).toBe(303)
    }
  })

  it('are all counted when they come at once', async () => {
    const email = await member()
    const answers = await Promise.all(Array.from({ length: 12 }, () => attempt(email)))
    const statuses = answers.map(({ status }) => status)
    expect(statuses.filter((status) => status === 422)).toHaveLength(3)
    expect(statuses.filter((status) => status === 429)).toHaveLength(9)
    const refused = await attempt(email, password)
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(3000)
  })

  it('stop a right guess that began before the wrong ones were known', async () => {
    const email = await member()
    await fail(2, email)
    // The guess has passed the first check when it waits for the user's row.
    const { guess } = await world.services.db.transaction(async (tx) => {
      await tx.execute(sql`lock tables ${users} write`)
      const guess = attempt(email, password)
      await untilWaiting(world, 1)
      await countFailedSignIn(world.services, { email, ip: '198.51.100.1', ownedBy: null })
      await tx.execute(sql`unlock tables`)
      return { guess }
    })
    expect((await guess).status).toBe(429)
  })

  it('do not count forms that could not be read', async () => {
    const email = await member()
    for (let time = 0; time < 5; time += 1) expect((await attempt(email, '')).status).toBe(422)
    expect((await attempt(email, password)).status).toBe(303)
  })
})

describe('failed sign-ins from one network', () => {
  it('lock it for the rest of an hour, whatever account is tried, and no other network', async () => {
    const email = await member()
    const here = elsewhere()
    for (let time = 0; time < 6; time += 1) expect(await fail(1, await member(), here)).toEqual([422])
    const refused = await attempt(email, password, here)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(3000)
    expect((await attempt(email, password)).status).toBe(303)
    world.advance(hourSeconds)
    expect((await attempt(email, password, here)).status).toBe(303)
  })

  it('do not count what succeeds', async () => {
    const email = await member()
    const here = elsewhere()
    for (let time = 0; time < 8; time += 1) expect((await attempt(email, password, here)).status).toBe(303)
    expect(await fail(1, nobody(), here)).toEqual([422])
  })

  it('are counted by the ip that our proxy saw, not by one that the client claims', async () => {
    const statuses: number[] = []
    const real = elsewhere()['X-Forwarded-For']
    for (let time = 0; time < 7; time += 1) {
      const headers = { 'X-Forwarded-For': `198.51.100.${time}, ${real}` }
      statuses.push((await attempt(await member(), 'wrong-password', headers)).status)
    }
    expect(statuses).toEqual([422, 422, 422, 422, 422, 422, 429])
  })
})
