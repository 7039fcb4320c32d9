import { describe, expect, it } from 'vitest'
import { razorpayHarness } from '../../../test/ports/razorpay'

const harness = razorpayHarness()

describe('the checkout', () => {
  const checkout = {
    order: { vendorOrderId: 'order_A', amountPaise: 49_900 },
    course: { title: 'Kites & knots', imageUrl: null },
    buyer: { name: 'Asha', email: 'asha@example.com', phoneNumber: null as string | null },
    siteName: 'A school',
    urls: { callback: 'https://school.example.com/callback', cancel: 'https://school.example.com/order' },
  }

  it('shows the image of a course, and no more of a long title than fits', () => {
    const course = { title: 'x'.repeat(300), imageUrl: 'https://files.example.com/course.png' }
    const { fields } = harness.payments.checkoutForm({ ...checkout, course })
    expect(fields).toMatchObject({ image: course.imageUrl, description: 'x'.repeat(250) })
  })

  it('is told the phone number of a buyer who has given it, and of nobody else', () => {
    const buyer = { ...checkout.buyer, phoneNumber: '+919876543210' }
    const told = harness.payments.checkoutForm({ ...checkout, buyer }).fields
    expect(told['prefill[contact]']).toBe('+919876543210')
    expect(harness.payments.checkoutForm(checkout).fields).not.toHaveProperty('prefill[contact]')
  })

  it('comes back with a receipt or a decline, and nothing else is read', async () => {
    const posted = await harness.pay(await harness.openOrder())
    const receipt = harness.payments.readReceipt(posted)
    expect(receipt).toMatchObject({ outcome: 'paid', paymentId: posted.razorpay_payment_id })
    expect(harness.payments.readReceipt({ 'error[code]': 'BAD_REQUEST_ERROR' })).toEqual({
      outcome: 'declined',
    })
    for (const form of [
      {},
      { ...posted, razorpay_signature: '' },
      { ...posted, razorpay_payment_id: 'x'.repeat(65) },
      { ...posted, razorpay_order_id: [posted.razorpay_order_id] },
    ])
      expect(() => harness.payments.readReceipt(form)).toThrow(expect.objectContaining({ code: 'invalid' }))
  })

  it('is told where the vendor lives, in production and here', () => {
    const { origin } = new URL(harness.base)
    expect(harness.payments.checkoutForm(checkout)).toEqual({
      action: `${harness.base}/v1/checkout/embedded`,
      scriptUrl: `${harness.base.replace('127.0.0.1', 'localhost')}/v1/checkout.js`,
      fields: {
        key_id: 'rzp_test_sandbox',
        order_id: 'order_A',
        amount: '49900',
        currency: 'INR',
        name: 'A school',
        description: 'Kites & knots',
        'prefill[name]': 'Asha',
        'prefill[email]': 'asha@example.com',
        callback_url: 'https://school.example.com/callback',
        cancel_url: 'https://school.example.com/order',
      },
    })
    const all = [origin.replace('127.0.0.1', 'localhost'), origin]
    expect(harness.payments.hosts).toEqual({
      script: all,
      image: all,
      connect: all,
      frame: [origin],
      form: [origin],
    })
    const production = harness.adapterWith({ RAZORPAY_API_BASE: undefined, RAZORPAY_CHECKOUT_JS: undefined })
    expect(production.checkoutForm(checkout)).toMatchObject({
      scriptUrl: 'https://checkout.razorpay.com/v1/checkout.js',
      action: 'https://api.razorpay.com/v1/checkout/embedded',
    })
    expect(production.hosts).toMatchObject({
      script: ['https://*.razorpay.com'],
      image: ['https://*.razorpay.com'],
      connect: ['https://*.razorpay.com'],
      frame: ['https://api.razorpay.com'],
      form: ['https://api.razorpay.com'],
    })
  })
})
