import { describe, expect, it } from 'vitest'
import { normalPassword, passwordProblem } from './password'

describe('a new password', () => {
  it('takes 8 to 128 characters of any kind', () => {
    for (const password of ['k7#Qz.2f', 'two by two', 'पासवर्ड यहाँ', 'many words '.repeat(11)]) {
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
    expect(passwordProblem('🔑🚪🪟🧱'.repeat(33))).toBe('Use at most 128 characters.')
    expect(passwordProblem('🔑🚪🪟🧱🏠🌳🐕🐈')).toBeNull()
  })

  it('is the same however the keyboard composed it', () => {
    expect(normalPassword('cafe\u0301')).toBe(normalPassword('caf\u00e9'))
    expect(passwordProblem('e\u0301'.repeat(7))).toBe('Use at least 8 characters.')
  })
})

const common = 'This is one of the first passwords that are guessed. Choose another, such as a few words.'
const own =
  'This is your name, your email address or the name of this site, which are guessed first. Choose something else.'

describe('a new password that is guessed first', () => {
  it.each([
    'password',
    'Password1',
    'P@ssw0rd',
    'passw0rd!',
    'PASSWORD123',
    'iloveyou',
    'Sunshine2024',
    '123welcome!',
    'football',
    'basketba',
    'trustno1',
    'dragon12',
  ])('is refused as common: %s', (password) => {
    expect(passwordProblem(password)).toBe(common)
  })

  it.each([
    'aaaaaaaa',
    '        ',
    'a'.repeat(128),
    '12345678',
    '87654321',
    '1234567890',
    'abcdefgh',
    'qwertyui',
    'Qwerty123',
    '1q2w3e4r',
    'zaq12wsx',
    'asdfghjk',
    'passwordpassword',
    'aaaabbbb',
    'abcd1234',
    'testtest',
    'abcabcab',
    '12121212',
    '01011990',
    '19901231',
  ])('is refused as a row or a repetition: “%s”', (password) => {
    expect(passwordProblem(password)).toBe(common)
  })

  it.each([
    'learn-by-doing',
    'correct horse',
    'correct horse battery',
    'a-new-password',
    'another password',
    'mine-all-mine',
    'wrong-password',
    'dragon rides a bus',
    'xkqvwzpt',
    '84620917',
    'Tr0ub4dor&3',
  ])('is not: %s', (password) => {
    expect(passwordProblem(password, ['Asha Rao', 'asha.rao@example.com', 'CodeCrafters'])).toBeNull()
  })

  it.each([
    'asha.verma@example.com',
    'Asha.Verma',
    'ashaverma',
    'asha verma',
    'ashaverma1!',
    '4shaV3rma',
    'vermaverma',
    'CodeCrafters',
    'codecrafters2026',
  ])('is refused where others know it: %s', (password) => {
    const about = ['Asha Verma', 'asha.verma@example.com', 'CodeCrafters']
    expect(passwordProblem(password, about)).toBe(own)
  })

  it('may hold a name among other words', () => {
    const about = ['Jo', 'jo@example.com', 'CodeCrafters']
    expect(passwordProblem('jo has a red door', about)).toBeNull()
    expect(passwordProblem('crafters of the north', about)).toBeNull()
    expect(passwordProblem('jo-14-29-71', about)).toBeNull()
  })
})
