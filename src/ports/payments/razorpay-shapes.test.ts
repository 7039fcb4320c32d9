import { expect, it } from 'vitest'
import { PaymentsAnswer, RefundsAnswer } from './razorpay-shapes'

it('A payment or refund in an unknown state hides none of the others in a list', () => {
  const payment = { id: 'pay_1', order_id: 'order_1', amount: 100, currency: 'INR', status: 'captured' }
  const payments = { items: [{ ...payment, id: 'pay_0', status: 'pending' }, payment] }
  expect(PaymentsAnswer.parse(payments)).toMatchObject([
    { id: 'pay_0', state: 'unknown', vendorStatus: 'pending' },
    { id: 'pay_1', state: 'captured' },
  ])
  const refund = { id: 'rfnd_1', payment_id: 'pay_1', amount: 100, status: 'processed' }
  const refunds = { items: [refund, { ...refund, id: 'rfnd_2', status: 'slowed' }] }
  expect(RefundsAnswer.parse(refunds)).toMatchObject([{ id: 'rfnd_1', state: 'processed' }])
})
