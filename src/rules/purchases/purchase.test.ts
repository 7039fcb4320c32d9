import { describe, expect, it } from 'vitest'
import { hourSeconds } from '../time'
import { firstCheckSeconds, mayBuy, nextCheckSeconds, refusalToBuy } from './purchase'

const course = {
  isPublished: true,
  archivedAt: null,
  suspendedAt: null,
  pricePaise: 49_900,
  ownerId: 'instructor',
}

describe('buying', () => {
  const asha = { id: 'asha', owns: false }
  it('is open for what is published, priced and not owned', () => {
    expect(refusalToBuy(course, asha, true)).toBeNull()
    expect(refusalToBuy({ ...course, pricePaise: 0 }, asha, true)).toBeNull()
  })
  it('is closed for who has the course already, its instructor included', () => {
    expect(refusalToBuy(course, { ...asha, owns: true }, true)).toBe('has access')
    expect(refusalToBuy(course, { id: 'instructor', owns: false }, true)).toBe('has access')
  })
  it('is closed for drafts, archived and suspended courses and courses without a price', () => {
    const at = new Date()
    const changes = [{ isPublished: false }, { archivedAt: at }, { suspendedAt: at }, { pricePaise: null }]
    for (const change of changes)
      expect(refusalToBuy({ ...course, ...change }, asha, true)).toBe('not on sale')
  })
  it('is open for free courses alone while the site takes no payments', () => {
    expect(refusalToBuy(course, asha, false)).toBe('no payments')
    expect(refusalToBuy({ ...course, pricePaise: 0 }, asha, false)).toBeNull()
    const prices = [0, 49_900, null]
    expect(prices.map((pricePaise) => mayBuy({ pricePaise }, true))).toEqual([true, true, false])
    expect(prices.map((pricePaise) => mayBuy({ pricePaise }, false))).toEqual([true, false, false])
  })
})

describe('asking about an open order', () => {
  it('begins after a minute, grows, and is left to the common question after an hour', () => {
    expect(firstCheckSeconds).toBe(60)
    expect(nextCheckSeconds(60)).toBe(120)
    expect(nextCheckSeconds(61)).toBe(119)
    expect(nextCheckSeconds(1_800)).toBe(1_800)
    expect(nextCheckSeconds(hourSeconds)).toBeNull()
  })
})
