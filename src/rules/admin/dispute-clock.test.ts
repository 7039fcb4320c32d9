import { expect, it } from 'vitest'
import { daySeconds, hourSeconds, later } from '../time'
import { timeLeft } from './dispute-clock'

const now = new Date('2026-11-22T10:00:00Z')
it('A dispute says how long is left to answer it', () => {
  const left = (seconds: number) => timeLeft(later(now, seconds), now)
  expect(left(10 * daySeconds)).toBe('10 days left')
  expect(left(daySeconds)).toBe('24 h left')
  expect(left(20 * 60)).toBe('20 min left')
  expect(left(5)).toBe('1 min left')
  expect(left(-3 * hourSeconds)).toBe('Overdue by 3 h')
  expect(timeLeft(null, now)).toBe('')
})
