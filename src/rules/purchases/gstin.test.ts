import { describe, expect, it } from 'vitest'
import { gstStates, isGstin, stateCode, stateName } from './gstin'

describe('isGstin', () => {
  it.each(['27AAPFU0939F1ZV', '29AAGCB7383J1Z4', '24AAACC1206D1ZM'])('takes %s', (gstin) => {
    expect(isGstin(gstin)).toBe(true)
  })

  it('refuses every other last character', () => {
    for (const last of '0123456789ABCDEFGHIJKLMNOPQRSTUWXYZ')
      expect(isGstin(`27AAPFU0939F1Z${last}`)).toBe(false)
  })

  it.each([
    '',
    '27AAPFU0939F1Z',
    '27aapfu0939f1zv',
    ' 27AAPFU0939F1ZV',
    '99AAPFU0939F1ZV',
    '72AAPFU0939F1ZV',
  ])('refuses %j', (gstin) => expect(isGstin(gstin)).toBe(false))
})

describe('a state', () => {
  it('is known by its code or its name', () => {
    for (const [code, name] of Object.entries(gstStates)) {
      expect(code).toMatch(/^\d\d$/)
      expect([stateCode(code), stateCode(name), stateCode(` ${name.toUpperCase()} `)]).toEqual([
        code,
        code,
        code,
      ])
    }
    for (const text of ['', '00', '9', 'Atlantis', '__proto__']) expect(stateCode(text)).toBeNull()
  })

  it('is written with its code', () => {
    expect([stateName('29'), stateName(null)]).toEqual(['Karnataka (29)', ''])
  })
})
