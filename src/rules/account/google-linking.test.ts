import { describe, expect, it } from 'vitest'
import { isSameAddress, isVouchedFor, linkingOf, nameFromGoogle } from './account-linking'

const gmail = { email: 'asha@gmail.com', emailVerified: true, hostedDomain: null }
const workspace = {
  email: 'ravi@university.example',
  emailVerified: true,
  hostedDomain: 'university.example',
}
const elsewhere = { email: 'sam@example.com', emailVerified: true, hostedDomain: null }
const verified = { isVerified: true, hasOtherGoogle: false }

describe('linking a Google account', () => {
  it('believes Google about the addresses that Google hands out', () => {
    expect([gmail, workspace, elsewhere].map(isVouchedFor)).toEqual([true, true, false])
    expect(isVouchedFor({ ...gmail, email: 'Asha@GMAIL.com' })).toBe(true)
    expect(isVouchedFor({ ...gmail, emailVerified: false })).toBe(false)
    expect(isVouchedFor({ ...workspace, emailVerified: false })).toBe(false)
    for (const email of ['asha@gmail.com.example', 'asha@notgmail.com', 'gmail.com@example.com'])
      expect([email, isVouchedFor({ ...elsewhere, email })]).toEqual([email, false])
  })

  it('refuses an address that Google has not verified, whoever has it here', () => {
    for (const google of [gmail, workspace, elsewhere])
      for (const existing of [null, verified, { ...verified, isVerified: false }])
        expect(linkingOf({ ...google, emailVerified: false }, existing)).toBe('refuse')
  })

  it('makes an account where there is none', () => {
    for (const google of [gmail, workspace, elsewhere]) expect(linkingOf(google, null)).toBe('create')
  })

  it('links by address only when both sides have proven it', () => {
    expect(linkingOf(gmail, verified)).toBe('link')
    expect(linkingOf(workspace, verified)).toBe('link')
    expect(linkingOf(elsewhere, verified)).toBe('prove')
  })

  it('takes over what nobody proved, so that nobody lies in wait there', () => {
    for (const google of [gmail, workspace, elsewhere])
      for (const hasOtherGoogle of [true, false])
        expect(linkingOf(google, { isVerified: false, hasOtherGoogle })).toBe('take-over')
  })

  it('asks for the password when the address comes with a second Google account', () => {
    expect(linkingOf(workspace, { ...verified, hasOtherGoogle: true })).toBe('prove')
    expect(linkingOf(gmail, { ...verified, hasOtherGoogle: true })).toBe('prove')
  })
})

describe('an address that Google has verified', () => {
  it('is the same in whatever case Google writes it, and only that one', () => {
    const google = { ...gmail, email: 'Asha@Gmail.com' }
    expect(isSameAddress(google, 'asha@gmail.com')).toBe(true)
    expect(isSameAddress(google, 'asha@gmail.co')).toBe(false)
    expect(isSameAddress({ ...google, emailVerified: false }, 'asha@gmail.com')).toBe(false)
  })
})

describe('the name to begin with', () => {
  it('is what Google says, made fit for one line', () => {
    const name = (given: string) => nameFromGoogle({ name: given, email: 'asha.rao@gmail.com' })
    expect(name('  Asha\n\tRao ')).toBe('Asha Rao')
    expect(name('\u200b')).toBe('asha.rao')
    expect(name('')).toBe('asha.rao')
    expect([...name('🦜'.repeat(300))]).toHaveLength(100)
  })
})
