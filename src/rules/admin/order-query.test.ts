import { expect, it } from 'vitest'
import { readOrderQuery, soughtBy } from './order-query'

const read = (query: string) => readOrderQuery(new URLSearchParams(query))

it('A search of orders leaves out what makes no sense', () => {
  expect(read('q=%20pay_1%0A%20&state=held')).toEqual({ q: 'pay_1', state: 'held' })
  expect(read('state=toString')).toEqual({ q: undefined, state: undefined })
  expect(read('')).toEqual({ q: undefined, state: undefined })
})

it('Typed words may be an id, a number, a phone number or a part of a name', () => {
  expect(soughtBy('pay_Nxyz123')).toMatchObject({ id: 'pay_Nxyz123', phone: null })
  expect(soughtBy('26-27/000123')).toMatchObject({ id: '26-27/000123', phone: null })
  expect(soughtBy('#26-27/000123').id).toBe('26-27/000123')
  expect(soughtBy('98765 43210')).toMatchObject({ id: null, phone: '+919876543210' })
  expect(soughtBy('Asha Verma')).toEqual({ id: null, phone: null, words: ['Asha', 'Verma'] })
  expect(soughtBy('आशा')).toEqual({ id: null, phone: null, words: ['आशा'] })
  expect(soughtBy('a b c d e f g').words).toHaveLength(5)
})
