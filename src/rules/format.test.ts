import { describe, expect, it } from 'vitest'
import { age, count, courseSize, day, duration, fileSize, moment, price, rupees } from './format'
import { daySeconds, hourSeconds } from './time'

describe('money', () => {
  it('groups rupees as India does and hides empty paise', () => {
    expect(rupees(149_900)).toBe('₹1,499')
    expect(rupees(50_000_000)).toBe('₹5,00,000')
    expect(rupees(149_950)).toBe('₹1,499.50')
    expect(rupees(100)).toBe('₹1')
  })

  it('tells free from unset', () => {
    expect(price(0)).toBe('Free')
    expect(price(null)).toBe('No price yet')
    expect(price(99_900)).toBe('₹999')
  })
})

describe('lengths', () => {
  it.each([
    [0, '0 s'],
    [45, '45 s'],
    [59.6, '1 min'],
    [240, '4 min'],
    [260, '4 min 20 s'],
    [hourSeconds - 1, '59 min 59 s'],
    [hourSeconds - 0.3, '1 h'],
    [4320, '1 h 12 min'],
    [7199, '2 h'],
    [-3, '0 s'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text)
  })

  it('sums up the lessons of a course', () => {
    const lessons = [{ durationSeconds: 260 }, { durationSeconds: null }, { durationSeconds: 40 }]
    expect(courseSize(lessons, ', ')).toBe('3 lessons, 5 min')
    expect(courseSize([{ durationSeconds: null }], ' · ')).toBe('1 lesson')
  })

  it('writes file sizes in the unit that reads best', () => {
    expect(fileSize(1)).toBe('1 byte')
    expect(fileSize(840)).toBe('840 bytes')
    expect(fileSize(12_000)).toBe('12 KB')
    expect(fileSize(999_990)).toBe('1 MB')
    expect(fileSize(3_420_000)).toBe('3.4 MB')
  })
})

describe('days', () => {
  const late = new Date('2026-11-22T20:35:00Z')

  it('belong to the given time zone and name the month', () => {
    expect(day(late, 'Asia/Kolkata')).toBe('23 November 2026')
    expect(day(late, 'America/New_York')).toBe('22 November 2026')
  })

  it('carry the time with ordinary spaces', () => {
    expect(moment(late, 'Asia/Kolkata')).toBe('23 November 2026, 2:05 am')
    expect(moment(new Date('2026-11-22T06:30:00Z'), 'Asia/Kolkata')).toBe('22 November 2026, 12:00 pm')
  })
})

describe('counts', () => {
  it('agree with their noun', () => {
    expect(count(1, 'lesson')).toBe('1 lesson')
    expect(count(0, 'lesson')).toBe('0 lessons')
    expect(count(120_000, 'student')).toBe('1,20,000 students')
    expect(count(2, 'category', 'categories')).toBe('2 categories')
  })
})

describe('ages', () => {
  const now = new Date('2026-11-22T12:00:00Z')
  const ago = (seconds: number) => age(new Date(now.getTime() - seconds * 1000), now)

  it('name one unit, the largest that tells enough', () => {
    expect([ago(40), ago(60), ago(hourSeconds - 1), ago(5 * hourSeconds), ago(47 * hourSeconds)]).toEqual([
      '40 s',
      '1 min',
      '59 min',
      '5 h',
      '47 h',
    ])
    expect(ago(3 * daySeconds)).toBe('3 days')
  })

  it('are never negative', () => {
    expect(ago(-500)).toBe('0 s')
  })
})
