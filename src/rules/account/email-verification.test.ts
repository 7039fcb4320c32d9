import { describe, expect, it } from 'vitest'
import { type LinkPress, lossesOf, type ProofWay, wayOfLink } from './email-verification'

const ways: ProofWay[] = ['link-signed-in', 'link-with-password', 'link-alone', 'reset', 'google']

describe('proving an address for the first time', () => {
  it('leaves a password only to who is signed in or has typed it', () => {
    expect(ways.map((way) => [way, lossesOf(way, false)?.password])).toEqual([
      ['link-signed-in', false],
      ['link-with-password', false],
      ['link-alone', true],
      ['reset', true],
      ['google', true],
    ])
  })

  it('ends every session but that of the browser that opened the link signed in', () => {
    expect(ways.map((way) => lossesOf(way, false)?.sessions)).toEqual(['other', 'all', 'all', 'all', 'all'])
  })

  it('takes nothing when it had been proved before', () => {
    expect(ways.map((way) => lossesOf(way, true))).toEqual([null, null, null, null, null])
  })
})

describe('the button behind the mailed link', () => {
  const press = (given: Partial<LinkPress>) =>
    wayOfLink({
      wasVerified: false,
      isSignedIn: false,
      choice: undefined,
      hasTypedPassword: false,
      ...given,
    })

  it('keeps what the account has for who is signed in to it', () => {
    expect(press({ isSignedIn: true })).toBe('link-signed-in')
    expect(press({ isSignedIn: true, choice: 'keep' })).toBe('link-signed-in')
  })

  it('believes the link alone in any other browser, and then the password goes', () => {
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

  it('takes no password from who was promised to keep it and is not signed in any more', () => {
    expect(press({ choice: 'keep' })).toBe('ask')
  })

  it('does nothing for an address that is proved already, whatever is pressed', () => {
    for (const choice of ['keep', 'new', undefined] as const)
      for (const isSignedIn of [true, false])
        for (const hasTypedPassword of [true, false])
          expect(press({ wasVerified: true, choice, isSignedIn, hasTypedPassword })).toBe('nothing')
  })
})
