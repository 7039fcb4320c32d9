import { describe, expect, it } from 'vitest'
import { type LinkConfirmation, methodOfLink, revokedBy, type VerificationMethod } from './email-verification'

const methods: VerificationMethod[] = [
  'link-signed-in',
  'link-with-password',
  'link-alone',
  'reset',
  'google',
]

describe('verifying an address for the first time', () => {
  it('keeps the password only for who is signed in or has typed it', () => {
    expect(methods.map((method) => [method, revokedBy(method, false)?.password])).toEqual([
      ['link-signed-in', false],
      ['link-with-password', false],
      ['link-alone', true],
      ['reset', true],
      ['google', true],
    ])
  })

  it('ends every session but that of the browser that opened the link signed in', () => {
    expect(methods.map((method) => revokedBy(method, false)?.sessions)).toEqual([
      'other',
      'all',
      'all',
      'all',
      'all',
    ])
  })

  it('revokes nothing when it was verified before', () => {
    expect(methods.map((method) => revokedBy(method, true))).toEqual([null, null, null, null, null])
  })
})

describe('the button behind the mailed link', () => {
  const press = (given: Partial<LinkConfirmation>) =>
    methodOfLink({
      wasVerified: false,
      isSignedIn: false,
      choice: undefined,
      hasTypedPassword: false,
      ...given,
    })

  it('keeps the password of who is signed in', () => {
    expect(press({ isSignedIn: true })).toBe('link-signed-in')
    expect(press({ isSignedIn: true, choice: 'keep' })).toBe('link-signed-in')
  })

  it('accepts the link alone in any other browser, and removes the password', () => {
    expect(press({})).toBe('link-alone')
  })

  it('asks for the password to be right where one was typed', () => {
    expect(press({ hasTypedPassword: true })).toBe('link-with-password')
    expect(press({ hasTypedPassword: true, isSignedIn: true })).toBe('link-with-password')
  })

  it('gives a new password to who wants one, signed in or not', () => {
    for (const isSignedIn of [true, false])
      for (const hasTypedPassword of [true, false])
        expect(press({ choice: 'new', isSignedIn, hasTypedPassword })).toBe('link-alone')
  })

  it('removes no password when the session of who wanted to keep it has ended', () => {
    expect(press({ choice: 'keep' })).toBe('session-ended')
  })

  it('does nothing for an address that is verified already, whatever is pressed', () => {
    for (const choice of ['keep', 'new', undefined] as const)
      for (const isSignedIn of [true, false])
        for (const hasTypedPassword of [true, false])
          expect(press({ wasVerified: true, choice, isSignedIn, hasTypedPassword })).toBe('already-verified')
  })
})
