import { describe, expect, it } from 'vitest'
import {
  contentRange,
  firstPieceBytes,
  isWorthRetrying,
  nextPieceBytes,
  receivedBytes,
  retryGapMs,
  timeLeft,
} from './video-transfer'

const unit = 256 * 1024

describe('a file in pieces', () => {
  it('names its bytes as the protocol does, the last one included', () => {
    expect(contentRange(100, { first: 0, end: 10 })).toBe('bytes 0-9/100')
    expect(contentRange(100, null)).toBe('bytes */100')
  })

  it('understands how much is there', () => {
    expect(receivedBytes('bytes=0-9')).toBe(10)
    expect(receivedBytes(null)).toBeNull()
    expect(receivedBytes('bytes=5-9')).toBeNull()
    expect(receivedBytes('nonsense')).toBeNull()
  })

  it('grows on a good line and shrinks on a bad one, in multiples of 256 KiB between one and 256 of them', () => {
    let bytes = firstPieceBytes
    for (let piece = 0; piece < 20; piece++) bytes = nextPieceBytes(bytes, { milliseconds: 100 })
    expect(bytes).toBe(256 * unit)
    expect(nextPieceBytes(3 * unit, { milliseconds: 10_000 })).toBe(3 * unit)
    expect(nextPieceBytes(3 * unit, { milliseconds: 31_000 })).toBe(unit)
    for (let piece = 0; piece < 20; piece++) {
      bytes = nextPieceBytes(bytes, 'broken')
      expect(bytes % unit).toBe(0)
    }
    expect(bytes).toBe(unit)
  })

  it('tries again what may go better, with growing gaps up to half a minute', () => {
    expect([0, 408, 429, 500, 503].map(isWorthRetrying)).toEqual([true, true, true, true, true])
    expect([400, 401, 403, 404, 410, 412].map(isWorthRetrying)).not.toContain(true)
    expect([1, 2, 3, 4, 5, 6, 50].map(retryGapMs)).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000])
  })

  it('is shown when the speed is known', () => {
    expect(timeLeft(1000, null)).toBeNull()
    expect(timeLeft(1000, 0)).toBeNull()
    expect(timeLeft(1000, 1000)).toBe('a few seconds left')
    expect(timeLeft(30_000, 1000)).toBe('less than a minute left')
    expect(timeLeft(180_000, 1000)).toBe('about 3 min left')
    expect(timeLeft(5_400_000, 1000)).toBe('about 1.5 h left')
    expect(timeLeft(1e12, 1000)).toBe('days left')
  })
})
