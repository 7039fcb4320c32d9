import { showToast } from '../toaster'

/** Opens Razorpay's window over the page. Where its script did not come, the form goes to the hosted checkout as it stands. */

interface Receipt {
  razorpay_order_id: string
  razorpay_payment_id: string
  razorpay_signature: string
}
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

function sendReceipt(receipt: Receipt): void {
  say('Paid. We are opening your course.')
  if (!receiptForm) return
  for (const [name, value] of Object.entries(receipt)) {
    const input = receiptForm.elements.namedItem(name)
    if (input instanceof HTMLInputElement) input.value = value
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
      modal: { ondismiss: () => say('Nothing was paid. The order waits for you.') },
    })
    checkout.on('payment.failed', (failure) =>
      say(failure.error?.description ?? 'The bank declined the payment. You can try again.'),
    )
    checkout.open()
    event.preventDefault()
    say('Pay in the window that has opened.')
  } catch {
    showToast({ kind: 'error', text: 'The payment window did not open, so you go to the payment page.' })
  }
})
