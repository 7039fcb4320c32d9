import { describe, expect, it } from 'vitest'
import { closedUntil, endsAfter, type Limit, networkOf, pauseSeconds, waitInWords } from './limits'
import { hourSeconds } from './time'

const now = new Date('2026-11-22T10:00:00Z')
const inSeconds = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const hourly: Limit = { kind: 'hourly', most: 3, windowSeconds: hourSeconds, message: 'Enough.' }
const growing: Limit = { ...hourly, most: 10, windowSeconds: 900, hasGrowingPauses: true }

describe('a limit per window', () => {
  it('is open below its number and closed at it until the window ends', () => {
    expect(closedUntil(hourly, { count: 2, endsAt: inSeconds(60) }, now)).toBeNull()
    expect(closedUntil(hourly, { count: 3, endsAt: inSeconds(60) }, now)).toEqual(inSeconds(60))
    expect(closedUntil(hourly, { count: 3, endsAt: now }, now)).toBeNull()
  })

  it('keeps the end of its window, however often it is met', () => {
    expect(endsAfter(hourly, { count: 50, endsAt: inSeconds(60) }, now)).toEqual(inSeconds(60))
  })
})

describe('a limit with growing pauses', () => {
  it('doubles the pause from one minute to an hour', () => {
    const pauses = [9, 10, 11, 12, 13, 14, 15, 16, 17, 5000].map((count) => pauseSeconds(growing, count))
    expect(pauses).toEqual([0, 60, 120, 240, 480, 960, 1920, hourSeconds, hourSeconds, hourSeconds])
  })

  it('opens after its pause, and remembers for another window', () => {
    const count = 11
    const endsAt = endsAfter(growing, { count, endsAt: inSeconds(10) }, now)
    expect(endsAt).toEqual(inSeconds(120 + 900))
    expect(closedUntil(growing, { count, endsAt }, now)).toEqual(inSeconds(120))
    expect(closedUntil(growing, { count, endsAt }, inSeconds(119))).toEqual(inSeconds(120))
    expect(closedUntil(growing, { count, endsAt }, inSeconds(120))).toBeNull()
  })

  it('keeps the first window while nothing is closed', () => {
    expect(endsAfter(growing, { count: 9, endsAt: inSeconds(10) }, now)).toEqual(inSeconds(10))
  })
})

describe('waiting in words', () => {
  it('rounds up and stays readable', () => {
    expect([1, 60, 61, 720, hourSeconds - 1, hourSeconds].map(waitInWords)).toEqual([
      'a minute',
      'a minute',
      '2 minutes',
      '12 minutes',
      'an hour',
      'an hour',
    ])
  })
})

describe('the network of an ip', () => {
  it('takes an IPv4 address as it is, also when it comes mapped', () => {
    expect(networkOf('203.0.113.7')).toBe('203.0.113.7')
    expect(networkOf('::ffff:203.0.113.7')).toBe('203.0.113.7')
    expect(networkOf('unknown')).toBe('unknown')
  })

  it('takes the /64 of an IPv6 address, however it is written', () => {
    const written = ['2001:db8::1', '2001:DB8:0:0:ffff::2', '2001:0db8:0000:0000:1:2:3:4', '2001:db8::%eth0']
    expect(new Set(written.map(networkOf))).toEqual(new Set(['2001:db8:0:0']))
    expect(networkOf('2001:db8:0:1::1')).not.toBe('2001:db8:0:0')
    expect(networkOf('::1')).toBe('0:0:0:0')
  })
})
