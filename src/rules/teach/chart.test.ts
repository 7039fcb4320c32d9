import { describe, expect, it } from 'vitest'
import { bars, roundTop } from './chart'

describe('roundTop', () => {
  it('is the next round amount that holds everything', () => {
    expect(
      [0, 100, 101, 200, 501, 49_900, 100_000, 149_900].map((value) => roundTop([1, value], 100)),
    ).toEqual([100, 100, 200, 200, 1000, 50_000, 100_000, 200_000])
    expect(roundTop([], 100)).toBe(100)
  })
})

describe('bars', () => {
  const drawing = { width: 100, height: 200, top: 1000 }

  it('stands on the ground, the rest on top, as tall as the amounts', () => {
    const [first, second] = bars(
      [
        { value: 500, rest: 250 },
        { value: 0, rest: 1000 },
      ],
      drawing,
    )
    expect(first).toMatchObject({ x: 5, width: 40, y: 100, height: 100, rest: { y: 50, height: 50 } })
    expect(second).toMatchObject({ x: 55, width: 40, y: 200, height: 0, rest: { y: 0, height: 200 } })
  })

  it('stays inside the drawing however many there are', () => {
    const all = bars(
      Array.from({ length: 90 }, () => ({ value: 1000, rest: 0 })),
      drawing,
    )
    expect(all).toHaveLength(90)
    for (const [index, bar] of all.entries()) {
      expect(bar.width).toBeGreaterThan(0)
      expect(bar.x).toBeGreaterThanOrEqual(all[index - 1] ? (all[index - 1]?.slot.x ?? 0) : 0)
      expect(bar.x + bar.width).toBeLessThanOrEqual(100)
      expect(bar.y).toBe(0)
    }
    expect(bars([], drawing)).toEqual([])
  })
})
