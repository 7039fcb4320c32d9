import { expect, it } from 'vitest'
import { nextNight } from './time'

const next = (now: string, timeZone: string) => nextNight(new Date(now), timeZone).toISOString()

it('The next night begins at three o’clock of the place, to the hour, and is always ahead', () => {
  expect(next('2026-11-25T10:15:00Z', 'UTC')).toBe('2026-11-26T03:00:00.000Z')
  expect(next('2026-11-25T02:59:59Z', 'UTC')).toBe('2026-11-25T03:00:00.000Z')
  expect(next('2026-11-25T03:00:00Z', 'UTC')).toBe('2026-11-26T03:00:00.000Z')
  expect(next('2026-11-25T10:15:00Z', 'Asia/Kolkata')).toBe('2026-11-25T22:00:00.000Z')
})

it('It is found also in the night in which the clocks change', () => {
  expect(next('2026-03-28T12:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z')
})
