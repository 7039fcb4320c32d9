import { describe, expect, it } from 'vitest'
import { long, razorpayHarness } from '../../../test/ports/razorpay'
import { daySeconds } from '../../rules/time'

const harness = razorpayHarness()

async function all<T>(list: AsyncIterable<T>): Promise<T[]> {
  const entries: T[] = []
  for await (const entry of list) entries.push(entry)
  return entries
}

const daysAhead = (days: number) => new Date(Date.now() + days * daySeconds * 1000)

describe('an order', () => {
  it('tells what is paid of it and what is due', long, async () => {
    const id = await harness.openOrder()
    const open = { id, amountPaise: 49_900, currency: 'INR', notes: { course: 'c1' } }
    expect(await harness.payments.findOrder(id)).toEqual({
      ...open,
      state: 'created',
      paidPaise: 0,
      duePaise: 49_900,
    })
    await harness.pay(id, 'declined')
    expect(await harness.payments.findOrder(id)).toMatchObject({ state: 'attempted', duePaise: 49_900 })
    await harness.pay(id)
    expect(await harness.payments.findOrder(id)).toEqual({
      ...open,
      state: 'paid',
      paidPaise: 49_900,
      duePaise: 0,
    })
  })

  it('that nobody knows is none', long, async () => {
    for (const id of ['order_nobody000000', 'nonsense', '../payments'])
      expect(await harness.payments.findOrder(id)).toBeNull()
  })
})

describe('the lists', () => {
  it('give every payment and refund of a span, the newest first', long, async () => {
    await harness.settings({ webhooks: 'off', aheadSeconds: 30 * daySeconds })
    const older = await harness.paidPayment()
    await harness.settings({ aheadSeconds: 40 * daySeconds })
    const paid: string[] = []
    for (let left = 103; left > 0; left--) paid.unshift(await harness.paidPayment())
    const key = `list-${older}`
    const refund = await harness.payments.refund({ paymentId: older, amountPaise: 100, key, notes: {} })

    const within = [daysAhead(39), daysAhead(41)] as const
    const payments = await all(harness.payments.listPaymentsBetween(...within))
    expect(payments.map(({ id }) => id)).toEqual(paid)
    expect(payments[0]).toMatchObject({ state: 'captured', createdAt: expect.any(Date) })
    expect(await all(harness.payments.listRefundsBetween(...within))).toEqual([refund])
    expect(await all(harness.payments.listRefundsBetween(daysAhead(29), daysAhead(31)))).toEqual([])
    const earlier = await all(harness.payments.listPaymentsBetween(daysAhead(29), daysAhead(31)))
    expect(earlier.map(({ id }) => id)).toEqual([older])
  })

  it('refuse what the vendor refuses', long, async () => {
    const key = `${harness.environment.RAZORPAY_KEY_ID}:${harness.environment.RAZORPAY_KEY_SECRET}`
    const ask = async (query: string) => {
      const answer = await fetch(`${harness.base}/v1/payments?${query}`, {
        headers: { authorization: `Basic ${btoa(key)}` },
      })
      const body = (await answer.json()) as { error?: { description: string }; count?: number }
      return [answer.status, body.error?.description ?? body.count]
    }
    await harness.openOrder()
    expect(await ask('count=101')).toEqual([400, 'The count must be between 1 and 100.'])
    expect(await ask('from=now')).toEqual([400, 'The from must be an integer.'])
    expect(await ask('from=1700000001&to=1700000000')).toEqual([400, 'from cannot be greater than to'])
    expect(await ask('status=captured')).toEqual([400, 'status is/are not required and should not be sent'])
    expect(await ask('count=1&skip=1000000')).toEqual([200, 0])
  })
})
