import { describe, expect, it } from 'vitest'
import { hourSeconds } from '../time'
import { isDue, type Probe, stateOf } from './health'

const now = new Date('2026-11-20T10:00:00Z')
const at = (seconds: number) => new Date(now.getTime() + seconds * 1000)
const probe = (given: Partial<Probe> = {}): Probe => ({
  ...{ askedAt: at(-5), answeredAt: null, latencyMs: null, failedAt: null, error: null },
  ...given,
})

describe('the state of a service', () => {
  it.each<[string, Probe | undefined, boolean, string]>([
    ['is off without its settings', probe({ answeredAt: at(-5) }), false, 'off'],
    ['is not known before anybody asked', undefined, true, 'never'],
    ['is what the last answer was', probe({ answeredAt: at(-4), failedAt: at(-100) }), true, 'answers'],
    ['is what the last failure was', probe({ answeredAt: at(-100), failedAt: at(-4) }), true, 'fails'],
    ['waits while it is being asked', probe({ askedAt: at(-1), answeredAt: at(-60) }), true, 'waiting'],
    ['waits no longer than an answer may take', probe({ answeredAt: at(-60) }), true, 'answers'],
    ['is not known when the first question was cut off', probe(), true, 'never'],
  ])('%s', (_, given, isOn, expected) => {
    expect(stateOf(given, isOn, now)).toBe(expected)
  })
})

it('A service is asked once in ten seconds, whatever a clock said before', () => {
  expect(isDue(undefined, now)).toBe(true)
  expect(isDue({ askedAt: at(-9) }, now)).toBe(false)
  expect(isDue({ askedAt: at(-10) }, now)).toBe(true)
  expect(isDue({ askedAt: at(3) }, now)).toBe(false)
  expect(isDue({ askedAt: at(hourSeconds) }, now)).toBe(true)
})
