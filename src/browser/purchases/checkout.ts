import { showToast } from '../toaster'

/**
 * Without its script the form goes to the hosted checkout:
 * https://razorpay.com/docs/payments/payment-gateway/web-integration/standard
 */

interface CheckoutWindow {
  open(): void
  on(name: 'payment.failed', listener: () => void): void
}
declare global {
  interface Window {
    Razorpay?: new (options: Record<string, unknown>) => CheckoutWindow
  }
}

// The form comes and goes with the state of the order, so what is told is looked up each time.
const say = (text: string) => {
  const status = document.querySelector('[data-checkout-status]')
  if (status) status.textContent = text
}

function sendReceipt(receipt: Record<string, string>): void {
  say('Confirming your payment…')
  const form = document.querySelector<HTMLFormElement>('form[data-receipt]')
  for (const [name, value] of Object.entries(receipt)) {
    const input = document.createElement('input')
    Object.assign(input, { type: 'hidden', name, value })
    form?.append(input)
  }
  form?.submit()
}

/**
 * Only the server knows what was paid: a window may close after the money was taken. An event, not
 * a submission: a form that has just been swapped in would leave the page, and its window with it.
 */
function checkWithServer(): void {
  say('We are checking with Razorpay…')
  const submission = new Event('submit', { bubbles: true, cancelable: true })
  document.querySelector('form[data-check]')?.dispatchEvent(submission)
}

function openWindow(form: HTMLFormElement, Razorpay: NonNullable<Window['Razorpay']>): void {
  const fields = new FormData(form)
  const field = (name: string) => String(fields.get(name) ?? '')
  const checkout = new Razorpay({
    key: field('key_id'),
    order_id: field('order_id'),
    amount: field('amount'),
    currency: field('currency'),
    name: field('name'),
    description: field('description'),
    image: field('image') || undefined,
    prefill: {
      name: field('prefill[name]'),
      email: field('prefill[email]'),
      contact: field('prefill[contact]') || undefined,
    },
    handler: sendReceipt,
    modal: { ondismiss: checkWithServer },
  })
  checkout.on('payment.failed', checkWithServer)
  checkout.open()
}

document.addEventListener('submit', (event) => {
  const form = event.target
  if (!(form instanceof HTMLFormElement) || !form.matches('[data-checkout]') || !window.Razorpay) return
  try {
    openWindow(form, window.Razorpay)
    event.preventDefault()
    say('Pay in the window that has just opened.')
  } catch {
    showToast({ kind: 'error', text: 'The payment window did not open. Taking you to the payment page.' })
  }
})

document.addEventListener('request-failed', (event) => {
  if (event.target instanceof Element && event.target.matches('[data-check]'))
    say('Razorpay could not be asked just now. This page goes on looking.')
})
