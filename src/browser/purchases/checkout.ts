import { showToast } from '../toaster'

/**
 * Without its script the form goes to the hosted checkout:
 * https://razorpay.com/docs/payments/payment-gateway/web-integration/standard
 */

interface CheckoutWindow {
  open(): void
  on(name: 'payment.failed', listener: (failure: { error?: { description?: string } }) => void): void
}
declare global {
  interface Window {
    Razorpay?: new (options: Record<string, unknown>) => CheckoutWindow
  }
}

const form = document.querySelector<HTMLFormElement>('form[data-checkout]')
const receiptForm = document.querySelector<HTMLFormElement>('form[data-receipt]')
const status = document.querySelector('[data-checkout-status]')

const say = (text: string) => {
  if (status) status.textContent = text
}

function sendReceipt(receipt: Record<string, string>): void {
  say('Payment received. Opening your course…')
  if (!receiptForm) return
  for (const [name, value] of Object.entries(receipt)) {
    const input = document.createElement('input')
    Object.assign(input, { type: 'hidden', name, value })
    receiptForm.append(input)
  }
  receiptForm.submit()
}

form?.addEventListener('submit', (event) => {
  if (!window.Razorpay || !receiptForm) return
  const field = (name: string) => String(new FormData(form).get(name) ?? '')
  try {
    const checkout = new window.Razorpay({
      key: field('key_id'),
      order_id: field('order_id'),
      amount: field('amount'),
      currency: field('currency'),
      name: field('name'),
      description: field('description'),
      image: field('image') || undefined,
      prefill: { name: field('prefill[name]'), email: field('prefill[email]') },
      handler: sendReceipt,
      modal: { ondismiss: () => say('Nothing was paid. You can pay whenever you are ready.') },
    })
    checkout.on('payment.failed', (failure) =>
      say(failure.error?.description ?? 'The payment was declined. You can try again.'),
    )
    checkout.open()
    event.preventDefault()
    say('Pay in the window that has just opened.')
  } catch {
    showToast({ kind: 'error', text: 'The payment window did not open. Taking you to the payment page.' })
  }
})
