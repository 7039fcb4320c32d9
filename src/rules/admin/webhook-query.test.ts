import { expect, it } from 'vitest'
import { outcomeDetail, readWebhookQuery } from './webhook-query'

it('A filter of webhooks leaves out what makes no sense', () => {
  const read = (query: string) => readWebhookQuery(new URLSearchParams(query))
  expect(read('source=mux&outcome=unclear&after=x')).toEqual({
    source: 'mux',
    outcome: 'unclear',
    after: 'x',
  })
  expect(read('source=constructor&outcome=1')).toEqual({})
})

it.each([
  ['not understood: payment.entity.amount: invalid_type', 'payment.entity.amount: invalid_type'],
  ['failed: The table is full', 'The table is full'],
  ['unknown order', 'unknown order'],
  ['granted', 'granted'],
])('Of the outcome “%s” only what its name does not say is told', (outcome, detail) => {
  expect(outcomeDetail(outcome)).toBe(detail)
})
