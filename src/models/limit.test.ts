import { describe, expect, it } from 'vitest'
import { fileWorld } from '../../test/world'
import { limits } from '../db/schema'
import { newId } from '../ids'
import type { Limit } from '../rules/limits'
import { hourSeconds } from '../rules/time'
import { countUp, forgetCount, refuseOverLimit, tryCount } from './limit'

const world = fileWorld()

const limit = (more: Partial<Limit> = {}): Limit => ({
  kind: `test-${newId()}`,
  most: 50,
  windowSeconds: hourSeconds,
  message: 'That was too often.',
  ...more,
})
const rows = () => world.services.db.select().from(limits)
const newest = async (before: Set<string>) => (await rows()).find(({ key }) => !before.has(key))

describe('a counted limit', () => {
  it('misses nothing that happens in parallel', async () => {
    const before = new Set((await rows()).map(({ key }) => key))
    const fifty = limit()
    await Promise.all(Array.from({ length: 50 }, () => countUp(world.services, fifty, 'one')))
    expect(await newest(before)).toMatchObject({ count: 50 })
    await expect(countUp(world.services, fifty, 'one')).rejects.toMatchObject({ code: 'limited' })
  })

  it('lets exactly its number through when more come in parallel', async () => {
    const seven = limit({ most: 7 })
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, () => countUp(world.services, seven, 'one')),
    )
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(7)
  })

  it('says no instead of failing, to all above its number, until the window is over', async () => {
    const seven = limit({ most: 7 })
    const ask = (times: number) =>
      Promise.all(Array.from({ length: times }, () => tryCount(world.services, seven, 'one')))
    expect((await ask(30)).filter(Boolean)).toHaveLength(7)
    await expect(countUp(world.services, seven, 'one')).rejects.toMatchObject({ code: 'limited' })
    expect(await tryCount(world.services, seven, 'other')).toBe(true)
    world.advance(hourSeconds)
    for (let n = 1; n <= 9; n++) expect(await ask(1)).toEqual([n <= 7])
  })

  it('lets one through after each pause, and makes the next pause longer', async () => {
    const growing = limit({ most: 2, windowSeconds: 900, hasGrowingPauses: true })
    const closedFor = () =>
      refuseOverLimit(world.services, growing, 'one').then(
        () => 0,
        (error: { retryAfterSeconds: number }) => error.retryAfterSeconds,
      )
    await countUp(world.services, growing, 'one')
    expect(await closedFor()).toBe(0)
    for (const pause of [60, 120, 240]) {
      await countUp(world.services, growing, 'one')
      expect(Math.ceil((await closedFor()) / 60) * 60).toBe(pause)
      world.advance(pause)
      expect(await closedFor()).toBe(0)
    }
    await countUp(world.services, growing, 'one')
    await expect(countUp(world.services, growing, 'one')).rejects.toMatchObject({ code: 'limited' })
    world.advance(16 * 60 + 900)
    await countUp(world.services, growing, 'one')
    expect(await closedFor()).toBe(0)
  })

  it('says how long to wait, opens again, and counts from one', async () => {
    const one = limit({ most: 1 })
    await countUp(world.services, one, 'one')
    await expect(refuseOverLimit(world.services, one, 'one')).rejects.toMatchObject({
      code: 'limited',
      message: 'That was too often. Try again in an hour.',
      retryAfterSeconds: hourSeconds,
    })
    world.advance(hourSeconds)
    await expect(refuseOverLimit(world.services, one, 'one')).resolves.toBeUndefined()
    await expect(countUp(world.services, one, 'one')).resolves.toBeUndefined()
    await expect(countUp(world.services, one, 'one')).rejects.toMatchObject({ code: 'limited' })
  })

  it('separates subjects and kinds, and stores neither in clear', async () => {
    const [one, other] = [limit({ most: 1 }), limit({ most: 1 })]
    await countUp(world.services, one, 'asha@example.com')
    await countUp(world.services, one, 'ravi@example.com')
    await countUp(world.services, other, 'asha@example.com')
    for (const { key } of await rows()) expect(key).toMatch(/^[0-9a-f]{64}$/)
  })

  it('can be cleared, also where nothing was counted', async () => {
    const one = limit({ most: 1 })
    await forgetCount(world.services, one, 'one')
    await countUp(world.services, one, 'one')
    await forgetCount(world.services, one, 'one')
    await expect(countUp(world.services, one, 'one')).resolves.toBeUndefined()
  })
})
