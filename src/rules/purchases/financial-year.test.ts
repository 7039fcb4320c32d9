import { describe, expect, it } from 'vitest'
import {
  financialYear,
  invoiceNumber,
  monthOf,
  monthSpan,
  seriesOf,
  yearOf,
  yearSpan,
} from './financial-year'

const lastMoment = new Date('2027-03-31T18:29:59.999Z')
const firstMoment = new Date('2027-03-31T18:30:00Z')

describe('a financial year', () => {
  it('begins at midnight of the first of April in India', () => {
    expect([financialYear(lastMoment), financialYear(firstMoment)]).toEqual(['26-27', '27-28'])
    expect([yearOf(lastMoment), yearOf(firstMoment)]).toEqual(['2026-27', '2027-28'])
    expect([monthOf(lastMoment), monthOf(firstMoment)]).toEqual(['2027-03', '2027-04'])
    expect(financialYear(new Date('2099-12-31T00:00:00Z'))).toBe('99-00')
  })

  it('is a span that ends where the next begins', () => {
    expect(yearSpan('2026-27')?.until).toEqual(firstMoment)
    expect(yearSpan('2027-28')?.from).toEqual(firstMoment)
    expect(monthSpan('2027-03')?.until).toEqual(firstMoment)
    expect(monthSpan('2026-12')?.until).toEqual(monthSpan('2027-01')?.from)
    for (const text of ['', '2026-28', '2026', '26-27', '2026-13', '2026-00', '2026-1', '0000-01'])
      expect([monthSpan(text), yearSpan(text)]).toEqual([null, null])
  })
})

describe('a number', () => {
  it('names year and kind in at most sixteen characters', () => {
    const [paper, note] = [seriesOf('paper', lastMoment), seriesOf('credit-note', lastMoment)]
    expect([invoiceNumber(paper, 123), invoiceNumber(note, 12)]).toEqual(['26-27/000123', '26-27/C00012'])
    for (const series of [paper, note])
      for (const count of [1, 99_999, 100_000, 999_999, 10_000_000, 999_999_999])
        expect(invoiceNumber(series, count)).toMatch(/^[A-Z0-9/-]{1,16}$/)
  })

  it('is never that of the other kind', () => {
    expect(invoiceNumber(seriesOf('paper', lastMoment), 100_000)).toBe('26-27/100000')
    expect(invoiceNumber(seriesOf('credit-note', lastMoment), 100_000)).toBe('26-27/C100000')
  })
})
