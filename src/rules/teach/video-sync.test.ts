import { describe, expect, it } from 'vitest'
import { isExpired, nextSyncSeconds } from './video-sync'

const hour = 3600

describe('asking after an upload', () => {
  it('comes every two minutes at first and every hour in the end', () => {
    expect([0, 180, 600, hour, 24 * hour].map(nextSyncSeconds)).toEqual([120, 120, 300, 1800, hour])
  })

  it('gives up what never got an address after minutes, what never got its bytes after a day, what is never prepared after a week', () => {
    const never = { state: 'waiting', isOpen: false } as const
    const open = { state: 'waiting', isOpen: true } as const
    const preparing = { state: 'preparing', isOpen: true } as const
    expect([60, 11 * 60].map((age) => isExpired(never, age))).toEqual([false, true])
    expect([24 * hour, 27 * hour].map((age) => isExpired(open, age))).toEqual([false, true])
    expect([6 * 24 * hour, 8 * 24 * hour].map((age) => isExpired(preparing, age))).toEqual([false, true])
  })
})
