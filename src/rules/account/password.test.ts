import { describe, expect, it } from 'vitest'
import { normalPassword, passwordProblem } from './password'

describe('a new password', () => {
  it('takes 8 to 128 characters of any kind', () => {
    for (const password of ['12345678', '        ', 'पासवर्ड यहाँ', 'a'.repeat(128)]) {
      expect(passwordProblem(password)).toBeNull()
    }
  })

  it('says what to do when it is missing, too short or too long', () => {
    expect(passwordProblem('')).toBe('Enter a password.')
    expect(passwordProblem('1234567')).toBe('Use at least 8 characters.')
    expect(passwordProblem('a'.repeat(129))).toBe('Use at most 128 characters.')
  })

  it('counts characters, not the units they are stored in', () => {
    expect(passwordProblem('🔑'.repeat(7))).toBe('Use at least 8 characters.')
    expect(passwordProblem('🔑'.repeat(128))).toBeNull()
  })

  it('is the same however the keyboard composed it', () => {
    expect(normalPassword('cafe\u0301')).toBe(normalPassword('caf\u00e9'))
    expect(passwordProblem('e\u0301'.repeat(7))).toBe('Use at least 8 characters.')
  })
})
