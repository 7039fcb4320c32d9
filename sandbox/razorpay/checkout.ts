import { readFile } from 'node:fs/promises'
import { type Context, Hono } from 'hono'
import type { Payment } from './entities'
import type { Parts } from './parts'
import { notice, payPage, returnPage } from './pay-page'
import { Attempt, Purchase, read, url } from './purchase'
import { type PaymentError, Refused } from './refusal'

/**
 * The payer's side: the hosted checkout
 * (https://razorpay.com/docs/payments/payment-gateway/web-integration/hosted), the checkout window
 * and its frame.
 */
export function checkout({ addresses, keyId, account, receiptOf }: Parts) {
  const { api } = addresses
  const app = new Hono()

  app.onError(async (error, c) => {
    if (!(error instanceof Refused)) throw error
    if (wantsJson(c)) return c.json(error.body(), error.status)
    const frame = c.req.path.endsWith('/frame') ? api : null
    const back =
      c.req.method === 'POST' ? url.safeParse((await c.req.parseBody()).cancel_url).data : undefined
    return c.html(notice('Payment not possible', error.message, { frame, back }), error.status)
  })

  const orderFor = (purchase: Purchase) => {
    if (purchase.key_id !== keyId) throw new Refused('The api key provided is invalid', 'key_id')
    const order = account.order(purchase.order_id)
    if (order.status === 'paid') throw new Refused('Payment already done for this order.')
    if (purchase.amount !== undefined && purchase.amount !== order.amount)
      throw new Refused('Your payment amount is different from your order amount.', 'amount')
    return order
  }

  app.post('/v1/checkout/embedded', async (c) => {
    const purchase = read(Purchase, await c.req.parseBody())
    callbackOf(purchase)
    return c.html(payPage(api, orderFor(purchase), purchase, 'page'))
  })

  app.get('/v1/checkout/frame', (c) => {
    const purchase = read(Purchase, c.req.query())
    return c.html(payPage(api, orderFor(purchase), purchase, 'frame'))
  })

  app.post('/v1/checkout/attempt', async (c) => {
    const { outcome, ...purchase } = read(Attempt, await c.req.parseBody())
    if (outcome === 'closed') return cancelled(c, purchase)
    orderFor(purchase)
    const { payment, error } = account.pay(purchase.order_id, outcome, payerOf(purchase))
    if (wantsJson(c)) return c.json(error ? { error: errorOf(payment, error) } : receiptOf(payment))
    const callbackUrl = callbackOf(purchase)
    const fields = error ? errorFields(payment, error) : receiptOf(payment)
    return c.html(returnPage(api, callbackUrl, fields, error?.description ?? null))
  })

  app.get('/v1/cdn/frame.js', (c) => script(c, 'cdn'))
  app.get('/v1/cdn/picture.png', (c) => c.body(pixel, 200, { 'content-type': 'image/png' }))
  app.post('/v1/cdn/beacon', (c) => c.body(null, 204))
  app.get('/v1/checkout.js', (c) => script(c, 'window'))
  app.get('/v1/checkout/frame.js', (c) => script(c, 'frame'))
  app.get('/v1/checkout/return.js', (c) => script(c, 'return'))

  async function script(c: Context, name: string) {
    const text = await readFile(new URL(`./${name}.js`, import.meta.url), 'utf8')
    const ready = Object.entries(addresses).reduce(
      (done, [place, address]) => done.replaceAll(`https://${place}.invalid`, address),
      text,
    )
    return c.body(ready, 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-store',
    })
  }

  return app
}

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

const wantsJson = (c: Context) => c.req.header('accept')?.includes('application/json') ?? false

/** The checkout asks for a phone number that the shop did not give. */
function payerOf({ description, contact, 'prefill[contact]': known }: Purchase) {
  const given = (contact || known || '').replace(/[^+\d]/g, '')
  if (!given) throw new Refused('The contact field is required.', 'contact')
  return { description: description || null, contact: given }
}

/** Where the hosted checkout brings the outcome; refuses a purchase without such an address. */
function callbackOf({ callback_url }: Purchase): string {
  if (!callback_url) throw new Refused('The callback url field is required.', 'callback_url')
  return callback_url
}

const cancelled = (c: Context, { cancel_url }: Purchase) =>
  cancel_url ? c.redirect(cancel_url, 303) : c.html(notice('Payment cancelled', 'You can close this page.'))

/** A failure as the checkout window tells it to scripts. */
function errorOf(payment: Payment, error: PaymentError) {
  return { ...error, metadata: { order_id: payment.order_id, payment_id: payment.id } }
}

/** The same as form fields, where the metadata is text. */
function errorFields(payment: Payment, error: PaymentError): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errorOf(payment, error)).map(([name, value]) => [
      `error[${name}]`,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  )
}
