import { describe, expect, it } from 'vitest'
import { readPrice, typedPrice } from './price'

describe('a price as typed', () => {
  it.each([
    ['1499', 149_900],
    ['1,499', 149_900],
    ['₹1499', 149_900],
    ['₹ 1,499.50', 149_950],
    ['Rs. 1499', 149_900],
    ['INR 1499/-', 149_900],
    [' 1 499 ', 149_900],
    ['1499.', 149_900],
    ['1499.5', 149_950],
    ['0', 0],
    ['1,00,000', 10_000_000],
    ['500000', 50_000_000],
    ['5,00,000.00', 50_000_000],
    ['1', 100],
    ['1.01', 101],
    ['19.99', 1_999],
    ['1.1', 110],
    ['007', 700],
    ['１４９９', 149_900],
    ['0.00', 0],
  ])('%s is an amount', (typed, paise) => {
    expect(readPrice(typed)).toEqual({ paise })
  })

  it('is none yet when nothing is typed', () => {
    expect(readPrice('')).toEqual({ paise: null })
    expect(readPrice('  ')).toEqual({ paise: null })
  })

  it.each([
    'abc',
    '-5',
    '1e3',
    '1.2.3',
    '1,49',
    '1,499,',
    ',499',
    '₹',
    '.5',
    '12-',
    'Infinity',
    '0x10',
    '1₹',
  ])('%s is none', (typed) => {
    expect(readPrice(typed)).toEqual({
      problem: 'Enter an amount such as 1499 or 1,499.50, or 0 for a free course.',
    })
  })

  it('has no fractions of a paisa', () => {
    expect(readPrice('1499.999')).toEqual({ problem: 'Use at most two decimals, such as 1499.50.' })
  })

  it.each(['0.5', '0.99', '500000.01', '500001', '9'.repeat(40)])('%s is too little or too much', (typed) => {
    expect(readPrice(typed)).toEqual({
      problem: 'Enter 0 for a free course, or an amount from ₹1 to ₹5,00,000.',
    })
  })

  it('comes back as it can be typed again', () => {
    for (const paise of [null, 0, 100, 101, 110, 149_900, 149_950, 49_999_999, 50_000_000])
      expect(readPrice(typedPrice(paise))).toEqual({ paise })
  })
})
