import { describe, expect, it } from 'vitest'
import { netOf } from '../purchases/money'
import { groupDays, isByWeek, periodFrom, periodName, periodQuery, sumFigures } from './earnings'

const figures = (soldPaise: number, refundedPaise = 0) => ({
  sales: 1,
  soldPaise,
  refundedPaise,
  freeJoins: 2,
})

describe('periodFrom', () => {
  it('takes the four periods and 30 days for nonsense', () => {
    const days = (text?: string) => periodFrom({ days: text })
    expect(['7', '30', '90', '365'].map(days)).toEqual([
      { days: 7 },
      { days: 30 },
      { days: 90 },
      { days: 365 },
    ])
    for (const text of [undefined, '', '8', '-7', '7.0', '07', '1e2', '__proto__', '٧'])
      expect(days(text)).toEqual({ days: 30 })
  })

  it('takes a month or a financial year, which begin in India', () => {
    const month = periodFrom({ month: '2026-11', days: '7' })
    expect(month).toMatchObject({ month: '2026-11', span: { from: new Date('2026-10-31T18:30:00Z') } })
    const year = periodFrom({ year: '2026-27' })
    expect([month, year].map(periodName)).toEqual(['2026-11', '2026-27'])
    expect([month, year].map(isByWeek)).toEqual([false, true])
    expect([month, year, periodFrom({ days: '7' })].map(periodQuery)).toEqual([
      { month: '2026-11' },
      { year: '2026-27' },
      { days: 7 },
    ])
    expect(periodFrom({ month: '2026-13', year: '2026-28' })).toEqual({ days: 30 })
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
