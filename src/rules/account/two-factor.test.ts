import { describe, expect, it } from 'vitest'
import {
  authenticatorUri,
  recoveryCodeInWords,
  secretInGroups,
  stepAt,
  stepsAround,
  twoFactorDeadline,
  typedCode,
} from './two-factor'

describe('what somebody types as a code', () => {
  it.each([
    ['123456', { kind: 'app', code: '123456' }],
    [' 123 456 ', { kind: 'app', code: '123456' }],
    ['１２３４５６', { kind: 'app', code: '123456' }],
    ['abcde-12345', { kind: 'recovery', code: 'abcde12345' }],
    ['ABCDE – 12345', { kind: 'recovery', code: 'abcde12345' }],
    ['oOiIl-LLLLL', { kind: 'recovery', code: '0011111111' }],
    ['1234567890', { kind: 'recovery', code: '1234567890' }],
    ['', null],
    ['12345', null],
    ['1234567', null],
    ['abcde-1234u', null],
    ['abcde-123456', null],
  ])('%s', (typed, code) => {
    expect(typedCode(typed)).toEqual(code)
  })

  it('is shown as it can be typed', () => {
    expect(recoveryCodeInWords('abcde12345')).toBe('abcde-12345')
    expect(secretInGroups('ABCDEFGHIJ')).toBe('ABCD EFGH IJ')
  })
})

it('A code counts for its half minute, the one before and the one after', () => {
  const now = new Date(59_000)
  expect(stepAt(now)).toBe(1)
  expect(stepsAround(now)).toEqual([0, 1, 2])
})

it('The address for an app escapes both names, and neither can add a part', () => {
  expect(authenticatorUri('Code & Crafters: LMS', 'asha+x@example.com', 'ABC')).toBe(
    'otpauth://totp/Code%20%26%20Crafters%20%20LMS:asha%2Bx%40example.com?secret=ABC&issuer=Code%20%26%20Crafters%20%20LMS&algorithm=SHA1&digits=6&period=30',
  )
})

describe('two factors are asked', () => {
  const site = { APP_ORIGIN: 'https://learn.example.org', DEMO_DATA: false }
  const admin = { hasTwoFactor: false, adminSince: new Date('2026-11-01T00:00:00Z') }

  it('of administrators, a day after they became one', () => {
    expect(twoFactorDeadline(admin, site)).toEqual(new Date('2026-11-02T00:00:00Z'))
  })

  it('of nobody else, of nobody who has them, not without https and not beside demo data', () => {
    expect(twoFactorDeadline({ ...admin, adminSince: null }, site)).toBeNull()
    expect(twoFactorDeadline({ ...admin, hasTwoFactor: true }, site)).toBeNull()
    expect(twoFactorDeadline(admin, { ...site, APP_ORIGIN: 'http://learn.example.org' })).toBeNull()
    expect(twoFactorDeadline(admin, { ...site, DEMO_DATA: true })).toBeNull()
  })
})
