import { describe, expect, it } from 'vitest'
import { decideLinking, isIssuedByGoogle, isSameEmail, nameFromGoogle } from './google-linking'

const gmail = { email: 'asha@gmail.com', emailVerified: true, hostedDomain: null }
const workspace = {
  email: 'ravi@university.example',
  emailVerified: true,
  hostedDomain: 'university.example',
}
const elsewhere = { email: 'sam@example.com', emailVerified: true, hostedDomain: null }
const verified = { isVerified: true, hasOtherGoogle: false }

describe('linking a Google account', () => {
  it('trusts Google about the addresses that Google issues', () => {
    expect([gmail, workspace, elsewhere].map(isIssuedByGoogle)).toEqual([true, true, false])
    expect(isIssuedByGoogle({ ...gmail, email: 'Asha@GMAIL.com' })).toBe(true)
    expect(isIssuedByGoogle({ ...gmail, emailVerified: false })).toBe(false)
    expect(isIssuedByGoogle({ ...workspace, emailVerified: false })).toBe(false)
    for (const email of ['asha@gmail.com.example', 'asha@notgmail.com', 'gmail.com@example.com'])
      expect([email, isIssuedByGoogle({ ...elsewhere, email })]).toEqual([email, false])
  })

  it('refuses an address that Google has not verified, whoever has it here', () => {
    for (const google of [gmail, workspace, elsewhere])
      for (const existing of [null, verified, { ...verified, isVerified: false }])
        expect(decideLinking({ ...google, emailVerified: false }, existing)).toBe('refuse')
  })

  it('creates an account where there is none', () => {
    for (const google of [gmail, workspace, elsewhere]) expect(decideLinking(google, null)).toBe('create')
  })

  it('links by address only when both sides have verified it', () => {
    expect(decideLinking(gmail, verified)).toBe('link')
    expect(decideLinking(workspace, verified)).toBe('link')
    expect(decideLinking(elsewhere, verified)).toBe('ask-password')
  })

  it('takes over an account that nobody verified', () => {
    for (const google of [gmail, workspace, elsewhere])
      for (const hasOtherGoogle of [true, false])
        expect(decideLinking(google, { isVerified: false, hasOtherGoogle })).toBe('take-over')
  })

  it('asks for the password when the address comes with a second Google account', () => {
    expect(decideLinking(workspace, { ...verified, hasOtherGoogle: true })).toBe('ask-password')
    expect(decideLinking(gmail, { ...verified, hasOtherGoogle: true })).toBe('ask-password')
  })
})

describe('an address that Google has verified', () => {
  it('is the same in whatever case Google writes it, and only that one', () => {
    const google = { ...gmail, email: 'Asha@Gmail.com' }
    expect(isSameEmail(google, 'asha@gmail.com')).toBe(true)
    expect(isSameEmail(google, 'asha@gmail.co')).toBe(false)
    expect(isSameEmail({ ...google, emailVerified: false }, 'asha@gmail.com')).toBe(false)
  })
})

describe('the name of a new account', () => {
  it('is what Google says, made fit for one line', () => {
    const name = (given: string) => nameFromGoogle({ name: given, email: 'asha.rao@gmail.com' })
    expect(name('  Asha\n\tRao ')).toBe('Asha Rao')
    expect(name('\u200b')).toBe('asha.rao')
    expect(name('')).toBe('asha.rao')
    expect([...name('🦜'.repeat(300))]).toHaveLength(100)
  })
})
