import { describe, expect, it } from 'vitest'
import { dateIn, lastDays } from './earnings-days'

const starts = (now: string, amount: number, timeZone: string) =>
  lastDays(new Date(now), amount, timeZone).map(
    ({ date, startsAt }) => `${date} ${startsAt.toISOString().slice(0, 16)}`,
  )

describe('lastDays', () => {
  it('counts 20:00 UTC to the next day in Kolkata', () => {
    expect(starts('2026-11-21T20:00:00Z', 2, 'Asia/Kolkata')).toEqual([
      '2026-11-21 2026-11-20T18:30',
      '2026-11-22 2026-11-21T18:30',
    ])
    expect(dateIn('Asia/Kolkata')(new Date('2026-11-21T18:29:59.999Z'))).toBe('2026-11-21')
    expect(dateIn('Asia/Kolkata')(new Date('2026-11-21T18:30:00Z'))).toBe('2026-11-22')
  })

  it('has days of 23 and 25 hours where clocks change', () => {
    expect(starts('2026-03-09T12:00:00Z', 3, 'America/New_York')).toEqual([
      '2026-03-07 2026-03-07T05:00',
      '2026-03-08 2026-03-08T05:00',
      '2026-03-09 2026-03-09T04:00',
    ])
    expect(starts('2026-11-02T12:00:00Z', 3, 'America/New_York')).toEqual([
      '2026-10-31 2026-10-31T04:00',
      '2026-11-01 2026-11-01T04:00',
      '2026-11-02 2026-11-02T05:00',
    ])
  })

  it('begins a day at one o’clock where midnight is skipped', () => {
    expect(starts('2018-11-05T12:00:00Z', 3, 'America/Sao_Paulo')).toEqual([
      '2018-11-03 2018-11-03T03:00',
      '2018-11-04 2018-11-04T03:00',
      '2018-11-05 2018-11-05T02:00',
    ])
    expect(dateIn('America/Sao_Paulo')(new Date('2018-11-04T02:59:00Z'))).toBe('2018-11-03')
  })

  it('knows the edges of the world, quarters of an hour and leap days', () => {
    expect(starts('2026-01-01T10:00:00Z', 1, 'Pacific/Kiritimati')).toEqual(['2026-01-02 2026-01-01T10:00'])
    expect(starts('2026-01-01T10:00:00Z', 1, 'Pacific/Pago_Pago')).toEqual(['2025-12-31 2025-12-31T11:00'])
    expect(starts('2028-02-29T18:20:00Z', 2, 'Asia/Kathmandu')).toEqual([
      '2028-02-29 2028-02-28T18:15',
      '2028-03-01 2028-02-29T18:15',
    ])
  })

  it('has every day of a year once, each beginning where its name begins', () => {
    for (const timeZone of ['Asia/Kolkata', 'Europe/Berlin', 'Africa/Cairo', 'Australia/Lord_Howe']) {
      const days = lastDays(new Date('2026-11-22T09:00:00Z'), 365, timeZone)
      const date = dateIn(timeZone)
      expect(new Set(days.map((day) => day.date)).size).toBe(365)
      for (const day of days) {
        expect(date(day.startsAt)).toBe(day.date)
        expect(date(new Date(day.startsAt.getTime() - 1)) < day.date).toBe(true)
      }
    }
  })
})
