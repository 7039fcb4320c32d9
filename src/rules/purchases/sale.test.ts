import { describe, expect, it } from 'vitest'
import { backPaise, soldPaise } from './sale'

const order = { amountPaise: 49_900 }
const inr = (amountPaise: number) => ({ amountPaise, currency: 'INR' })

describe('what a course was sold for', () => {
  it('is what was paid, less by an offer and no more by a fee', () => {
    expect([49_900, 44_910, 51_078].map((paid) => soldPaise(order, inr(paid)))).toEqual([
      49_900, 44_910, 49_900,
    ])
  })

  it('is the price when it was paid in another currency', () => {
    const dollars = { amountPaise: 599, currency: 'USD' }
    expect(soldPaise(order, dollars)).toBe(49_900)
    expect(backPaise(order, dollars, { amountPaise: 599 })).toBe(49_900)
    expect(backPaise(order, inr(49_900), { amountPaise: 599 })).toBe(599)
  })
})
