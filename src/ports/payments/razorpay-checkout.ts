import * as z from 'zod'
import { AppError } from '../../errors'
import type { Checkout, Receipt } from './payments'

export const CURRENCY = 'INR'

export const isPaymentId = (text: string): boolean => /^pay_\w+$/.test(text)

/** https://razorpay.com/docs/payments/payment-gateway/web-integration/hosted */
export const checkoutFields = (keyId: string, checkout: Checkout): Record<string, string> => ({
  key_id: keyId,
  order_id: checkout.order.vendorOrderId,
  amount: String(checkout.order.amountPaise),
  currency: CURRENCY,
  name: checkout.siteName,
  description: checkout.course.title.slice(0, 250),
  ...(checkout.course.imageUrl ? { image: checkout.course.imageUrl } : {}),
  'prefill[name]': checkout.buyer.name,
  'prefill[email]': checkout.buyer.email,
  ...(checkout.buyer.phoneNumber ? { 'prefill[contact]': checkout.buyer.phoneNumber } : {}),
  callback_url: checkout.urls.callback,
  cancel_url: checkout.urls.cancel,
})

const ReceiptForm = z
  .object({
    razorpay_order_id: z.string().min(1).max(64),
    razorpay_payment_id: z.string().min(1).max(64),
    razorpay_signature: z.string().min(1).max(256),
  })
  .transform(
    (form): Receipt => ({
      outcome: 'paid',
      vendorOrderId: form.razorpay_order_id,
      paymentId: form.razorpay_payment_id,
      signature: form.razorpay_signature,
    }),
  )

export function readReceipt(form: Record<string, unknown>): Receipt {
  const receipt = ReceiptForm.safeParse(form)
  if (receipt.success) return receipt.data
  if ('error[code]' in form) return { outcome: 'declined' }
  throw new AppError('invalid', 'The receipt could not be read. Nothing has changed.')
}
