import { expect, it } from 'vitest'
import { readWebhookQuery } from './webhook-query'

it('A filter of webhooks leaves out what makes no sense', () => {
  const read = (query: string) => readWebhookQuery(new URLSearchParams(query))
  expect(read('source=mux&outcome=unclear&after=x')).toEqual({
    source: 'mux',
    outcome: 'unclear',
    after: 'x',
  })
  expect(read('source=constructor&outcome=1')).toEqual({})
})
