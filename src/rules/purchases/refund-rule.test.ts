import { describe, expect, it } from 'vitest'
import { daySeconds, later } from '../time'
import { refundPromise, whyAPerson } from './refund-rule'

const terms = { REFUND_DAYS: 14, REFUND_WATCHED_PERCENT: 30 }
const paidAt = new Date('2026-11-01T10:00:00Z')
const why = (
  given: { days?: number; watchedPercent?: number; refundsInYear?: number; wasDeclined?: boolean },
  by = terms,
) => {
  const { days = 1, watchedPercent = 0, refundsInYear = 0, wasDeclined = false } = given
  return whyAPerson(
    { paidAt, now: later(paidAt, days * daySeconds), watchedPercent, refundsInYear, wasDeclined },
    by,
  )
}

describe('a refund that a student asks for', () => {
  it('is sent at once within days, below the share of lessons, and three times a year', () => {
    expect(why({ days: 14, watchedPercent: 29, refundsInYear: 2 })).toBeNull()
    expect(why({ days: 14.001 })).toBe('You paid more than 14 days ago.')
    expect(why({ watchedPercent: 30 })).toBe('You have completed 30% of the lessons.')
    expect(why({ wasDeclined: true })).toBe('An earlier request for this purchase was declined.')
    expect(why({ refundsInYear: 3 })).toBe('You have had 3 refunds in the last year.')
  })

  it('always goes to a person where that is switched off', () => {
    const off = { ...terms, REFUND_DAYS: 0 }
    expect(why({ days: 0 }, off)).toContain('Our team decides')
    expect(refundPromise(off)).toContain('Somebody on our team decides')
    expect(refundPromise(off)).not.toContain('days')
  })

  it('is promised in the words of the rule', () => {
    expect(refundPromise(terms)).toMatch(/within 14 days.*less than 30%.*3 times a year/)
  })
})
