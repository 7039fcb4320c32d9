import { describe, expect, it } from 'vitest'
import { billingFrom } from './billing'

const typed = (given: Partial<Record<'name' | 'gstin' | 'state', string>>) => ({
  name: '',
  gstin: '',
  state: '',
  ...given,
})

describe('billing', () => {
  it('takes the state from the GSTIN, which may be typed with blanks and small letters', () => {
    expect(billingFrom(typed({ gstin: ' 27aapfu0939 f1zv ' }), true)).toEqual({
      billing: { name: null, gstin: '27AAPFU0939F1ZV', state: '27' },
    })
  })

  it('may be empty, except for the state of a tax invoice', () => {
    expect(billingFrom(typed({}), false)).toEqual({ billing: { name: null, gstin: null, state: null } })
    expect(billingFrom(typed({}), true)).toMatchObject({
      errors: { state: expect.stringContaining('Choose') },
    })
    expect(billingFrom(typed({ name: 'Rao & Sons', state: '96' }), true)).toMatchObject({
      billing: { state: '96' },
    })
  })

  it('refuses what does not fit together', () => {
    expect(billingFrom(typed({ gstin: '27AAPFU0939F1ZX' }), false)).toMatchObject({
      errors: { gstin: expect.any(String) },
    })
    expect(billingFrom(typed({ gstin: '27AAPFU0939F1ZV', state: '29' }), false)).toMatchObject({
      errors: { state: 'Your GSTIN belongs to Maharashtra (27). Choose that state.' },
    })
    expect(billingFrom(typed({ state: '00' }), false)).toMatchObject({
      errors: { state: expect.any(String) },
    })
  })
})
