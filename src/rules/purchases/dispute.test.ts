import { expect, it } from 'vitest'
import { isLostDispute, isOlderDisputeNews, isOpenDispute } from './dispute'

it('A dispute moves on, and how it ended stays so', () => {
  expect(isOlderDisputeNews('open', 'under_review')).toBe(false)
  expect(isOlderDisputeNews('open', 'open')).toBe(false)
  expect(isOlderDisputeNews('under_review', 'open')).toBe(true)
  expect(isOlderDisputeNews('lost', 'under_review')).toBe(true)
  expect(isOlderDisputeNews('won', 'lost')).toBe(true)
  expect(isOlderDisputeNews('lost', 'lost')).toBe(false)
})

it('A dispute is open until somebody has won or it is closed', () => {
  const statuses = ['open', 'under_review', 'unknown', 'won', 'lost', 'closed']
  expect(statuses.filter(isOpenDispute)).toEqual(['open', 'under_review', 'unknown'])
})

it('A dispute is lost by its verdict, or when it is closed after the money was taken', () => {
  expect(isLostDispute({ status: 'lost', deductedPaise: 0 })).toBe(true)
  expect(isLostDispute({ status: 'closed', deductedPaise: 100 })).toBe(true)
  expect(isLostDispute({ status: 'closed', deductedPaise: 0 })).toBe(false)
  expect(isLostDispute({ status: 'under_review', deductedPaise: 100 })).toBe(false)
})
