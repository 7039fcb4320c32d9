import { expect, it } from 'vitest'
import { withoutPerson } from './redaction'

it('leaves out whom a message is about, at any depth, and keeps the rest', () => {
  const payload = {
    event: 'payment.captured',
    payload: {
      payment: {
        entity: { id: 'pay_1', amount: 100, email: 'a@b.c', contact: '+91…', vpa: null, notes: [] },
      },
    },
    list: [{ card: { last4: '1111' } }, 'text', 7, null],
  }
  expect(withoutPerson(payload)).toEqual({
    event: 'payment.captured',
    payload: {
      payment: {
        entity: {
          id: 'pay_1',
          amount: 100,
          email: '[left out]',
          contact: '[left out]',
          vpa: null,
          notes: [],
        },
      },
    },
    list: [{ card: '[left out]' }, 'text', 7, null],
  })
})
