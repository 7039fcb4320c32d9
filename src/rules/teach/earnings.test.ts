import { describe, expect, it } from 'vitest'
import { groupDays, netOf, periodFrom, saleState, sumFigures } from './earnings'

const figures = (soldPaise: number, refundedPaise = 0) => ({
  sales: 1,
  soldPaise,
  refundedPaise,
  freeJoins: 2,
})

describe('periodFrom', () => {
  it('takes the four periods and 30 days for nonsense', () => {
    expect(['7', '30', '90', '365'].map(periodFrom)).toEqual([7, 30, 90, 365])
    for (const text of [undefined, '', '8', '-7', '7.0', '07', '1e2', '__proto__', '٧'])
      expect(periodFrom(text)).toBe(30)
  })
})

describe('groupDays', () => {
  const days = Array.from({ length: 15 }, (_, index) => ({ date: `day ${index}`, ...figures(index) }))

  it('ends with whole spans and loses nothing', () => {
    const weeks = groupDays(days, 7)
    expect(weeks.map(({ date, soldPaise }) => [date, soldPaise])).toEqual([
      ['day 0', 0],
      ['day 1', 28],
      ['day 8', 77],
    ])
    expect(sumFigures(weeks)).toEqual(sumFigures(days))
  })

  it('has no empty span where the days divide evenly', () => {
    expect(groupDays(days.slice(0, 14), 7).map(({ date }) => date)).toEqual(['day 0', 'day 7'])
    expect(groupDays(days, 1)).toEqual(days)
    expect(groupDays([], 7)).toEqual([])
  })
})

describe('netOf', () => {
  it('is what was sold without what went back', () => {
    expect(netOf(sumFigures([figures(50_000), figures(20_000, 20_000), figures(10_000, 2_500)]))).toBe(57_500)
  })
})

describe('saleState', () => {
  it('tells a sale by what went back of it', () => {
    const sold = (pricePaise: number, refundedPaise: number, isKept = true) =>
      saleState({ pricePaise, refundedPaise, isKept })
    expect(sold(50_000, 0)).toBe('Paid')
    expect(sold(50_000, 1)).toBe('Partly refunded')
    expect(sold(50_000, 50_000, false)).toBe('Refunded')
    expect(sold(0, 0)).toBe('Free')
    expect(sold(0, 0, false)).toBe('Free, ended')
  })
})
