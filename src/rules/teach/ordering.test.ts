import { describe, expect, it } from 'vitest'
import { reordered, stepped } from './ordering'

/** Numbers that look random and are the same in every run. */
function seeded(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

describe('a step in an order', () => {
  it('changes places with the neighbour', () => {
    expect(stepped(['a', 'b', 'c'], 'c', 'up')).toEqual(['a', 'c', 'b'])
    expect(stepped(['a', 'b', 'c'], 'a', 'down')).toEqual(['b', 'a', 'c'])
  })

  it('changes nothing at the ends, and is refused for an unknown id', () => {
    expect(stepped(['a', 'b'], 'a', 'up')).toEqual(['a', 'b'])
    expect(stepped(['a', 'b'], 'b', 'down')).toEqual(['a', 'b'])
    expect(stepped(['a', 'b'], 'z', 'down')).toBeNull()
    expect(stepped([], 'a', 'up')).toBeNull()
  })

  it('goes back the way it came, and leaves the list that it was given', () => {
    const order = ['a', 'b', 'c']
    expect(stepped(stepped(order, 'b', 'up') ?? [], 'b', 'down')).toEqual(order)
    expect(order).toEqual(['a', 'b', 'c'])
  })
})

describe('a wanted order', () => {
  it('is taken when it holds every id once', () => {
    expect(reordered(['a', 'b', 'c'], ['c', 'a', 'b'])).toEqual(['c', 'a', 'b'])
    expect(reordered([], [])).toEqual([])
  })

  it.each([
    ['one is missing', ['a', 'b']],
    ['one is new', ['a', 'b', 'c', 'd']],
    ['one is another', ['a', 'b', 'z']],
    ['one comes twice', ['a', 'b', 'b']],
    ['one comes twice beside all', ['a', 'b', 'c', 'c']],
    ['nothing is left', []],
  ])('is refused when %s', (_why, wanted) => {
    expect(reordered(['a', 'b', 'c'], wanted)).toBeNull()
  })

  const seeds = Array.from({ length: 200 }, (_, index) => index + 1)
  const idsFor = (random: (below: number) => number) =>
    Array.from({ length: 1 + random(12) }, (_, index) => `chapter-${index}`)

  it('stays a permutation through any steps, each of which moves one id by one place', () => {
    for (const seed of seeds) {
      const random = seeded(seed)
      const ids = idsFor(random)
      let order = ids
      for (let move = 0; move < 60; move++) {
        const id = ids[random(ids.length)] ?? ''
        order = expectStep(order, id, random(2) === 0 ? 'up' : 'down')
      }
      expect([...order].sort()).toEqual([...ids].sort())
    }
  })

  it('can be reached by steps, whichever it is', () => {
    for (const seed of seeds) {
      const random = seeded(seed)
      let order = idsFor(random)
      const keyed = order.map((id) => ({ id, key: random(1_000_000) })).sort((a, b) => a.key - b.key)
      const goal = keyed.map(({ id }) => id)
      for (const [place, id] of goal.entries())
        while (order.indexOf(id) > place) order = stepped(order, id, 'up') ?? []
      expect(order).toEqual(goal)
    }
  })
})

function expectStep(before: string[], id: string, step: 'up' | 'down'): string[] {
  const after = stepped(before, id, step) ?? []
  expect(reordered(before, after)).toEqual(after)
  const isAtEnd = before.indexOf(id) === (step === 'up' ? 0 : before.length - 1)
  const distance = step === 'up' ? -1 : 1
  expect(after.indexOf(id) - before.indexOf(id)).toBe(isAtEnd ? 0 : distance)
  expect(after.filter((other) => other !== id)).toEqual(before.filter((other) => other !== id))
  return after
}
