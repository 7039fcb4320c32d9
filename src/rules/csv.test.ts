import { describe, expect, it } from 'vitest'
import { csv, plainRupees } from './csv'

const line = (...cells: string[]) => csv([cells]).slice(1)

describe('csv', () => {
  it('begins with the byte order mark and ends lines with CRLF', () => {
    expect(
      csv([
        ['Date', 'Course'],
        ['2026-11-22', 'हिन्दी में कतारें'],
      ]),
    ).toBe('\uFEFFDate,Course\r\n2026-11-22,हिन्दी में कतारें\r\n')
  })

  it('quotes what would break a line into other cells', () => {
    expect(line('a,b', 'say "hi"', 'two\nlines', 'semi;colon', 'plain')).toBe(
      '"a,b","say ""hi""","two\nlines","semi;colon",plain\r\n',
    )
  })

  it('lets no cell act as a formula', () => {
    expect(line('=1+1', '+1', '-1', '@SUM(A1)')).toBe("'=1+1,'+1,'-1,'@SUM(A1)\r\n")
    expect(line('=HYPERLINK("http://x","y")')).toBe('"\'=HYPERLINK(""http://x"",""y"")"\r\n')
    expect(line('  =1', '\t=1', '\r=1', '＝1')).toBe('\'  =1,"\'\t=1","\'\r=1",\'＝1\r\n')
    expect(line('C = D', 'a-b', 'mail@home')).toBe('C = D,a-b,mail@home\r\n')
  })
})

describe('plainRupees', () => {
  it('writes paise as a plain number', () => {
    expect([0, 5, 149_900, 149_950, 50_000_000].map(plainRupees)).toEqual([
      '0.00',
      '0.05',
      '1499.00',
      '1499.50',
      '500000.00',
    ])
  })
})

describe('an amount below zero', () => {
  it('stays a number, and nothing longer passes for one', () => {
    expect(plainRupees(-50)).toBe('-0.50')
    expect(csv([[plainRupees(-149_900), '-1+1', '-1.00+cmd']])).toBe("\uFEFF-1499.00,'-1+1,'-1.00+cmd\r\n")
  })
})
