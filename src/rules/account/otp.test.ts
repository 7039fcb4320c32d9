import { describe, expect, it } from 'vitest'
import { codeIn, codeMessage, codesMadeAfter, secondsLeft, wrongGuess } from './otp'

const noon = new Date('2026-11-22T12:00:00.000Z')
const past = (seconds: number) => new Date(noon.getTime() + seconds * 1000)

describe('a typed code', () => {
  it('is six digits, however they are spaced', () => {
    for (const typed of ['012345', ' 012345\n', '012 345', '012-345', '0 1 2 3 4 5', '０１２３４５'])
      expect([typed, codeIn(typed)]).toEqual([typed, '012345'])
  })

  it('is nothing else', () => {
    for (const typed of ['', '12345', '1234567', '12345a', '1e5000', '-', '12.345', '١٢٣٤٥٦'])
      expect([typed, codeIn(typed)]).toEqual([typed, null])
  })
})

describe('what is stored of a code', () => {
  const owner = { email: 'a@example.com', purpose: 'password-reset', nonce: 'n1' }
  it('differs by user, purpose, browser and code', () => {
    const messages = [
      codeMessage(owner, '123456'),
      codeMessage(owner, '123457'),
      codeMessage({ ...owner, email: 'b@example.com' }, '123456'),
      codeMessage({ ...owner, purpose: 'other' }, '123456'),
      codeMessage({ ...owner, nonce: 'n2' }, '123456'),
    ]
    expect(new Set(messages).size).toBe(messages.length)
  })

  it('cannot be shifted from one part into the next', () => {
    expect(codeMessage({ ...owner, email: 'a","b', nonce: 'c' }, '1')).not.toBe(
      codeMessage({ ...owner, email: 'a', nonce: 'b","c' }, '1'),
    )
  })
})

describe('the life of a code', () => {
  it('ends a moment after its seconds', () => {
    expect(codesMadeAfter(past(44.9), 45) < noon).toBe(true)
    expect(codesMadeAfter(past(45.001), 45) > noon).toBe(true)
  })

  it('is counted down in whole seconds and never below none', () => {
    expect(secondsLeft(noon, noon, 45)).toBe(45)
    expect(secondsLeft(noon, past(0.5), 45)).toBe(45)
    expect(secondsLeft(noon, past(44.2), 45)).toBe(1)
    expect(secondsLeft(noon, past(45), 45)).toBe(0)
    expect(secondsLeft(noon, past(4000), 45)).toBe(0)
  })
})

describe('a wrong guess', () => {
  it('says how many are left', () => {
    expect(wrongGuess(1, false)).toBe('That code is wrong. You have 4 guesses left.')
    expect(wrongGuess(4, false)).toBe('That code is wrong. You have 1 guess left.')
  })

  it('says when the code is over, and what to do', () => {
    expect(wrongGuess(5, false)).toMatch(/used all 5 guesses\. Send a new code/)
    expect(wrongGuess(9, true)).toMatch(/used all 5 guesses/)
    expect(wrongGuess(2, true)).toMatch(/has expired\. Send a new code/)
  })
})
