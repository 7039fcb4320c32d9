import { readFile } from 'node:fs/promises'
import { type Context, Hono } from 'hono'
import * as z from 'zod'
import type { Payment } from './entities'
import { notice, payPage, returnPage } from './pay-page'
import { type PaymentError, Refused } from './refusal'
import type { Parts } from './server'

const url = z.url({ protocol: /^https?$/ }).or(z.literal('').transform(() => undefined))
const Purchase = z.object({
  key_id: z.string(),
  order_id: z.string(),
  amount: z.coerce.number().optional(),
  currency: z.literal('INR').optional(),
  name: z.string().default('The shop'),
  description: z.string().default(''),
  callback_url: url.optional(),
  cancel_url: url.optional(),
  color: z
    .string()
    .regex(/^#[0-9a-f]{3,8}$/i)
    .optional()
    .catch(undefined),
})
export type Purchase = z.output<typeof Purchase>
const Attempt = Purchase.extend({ outcome: z.enum(['paid', 'declined', 'late', 'closed']) })

/**
 * The payer's side: the hosted checkout
 * (https://razorpay.com/docs/payments/payment-gateway/web-integration/hosted), the checkout window
 * and its frame.
 */
export function checkout({ base, keyId, account, receiptOf }: Parts) {
  const app = new Hono()

  app.onError(async (error, c) => {
    if (!(error instanceof Refused)) throw error
    if (wantsJson(c)) return c.json(error.body(), error.status)
    const frame = c.req.path.endsWith('/frame') ? base : null
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
    if (!purchase.callback_url) throw new Refused('The callback url field is required.', 'callback_url')
    return c.html(payPage(base, orderFor(purchase), purchase, 'page'))
  })

  app.get('/v1/checkout/frame', (c) => {
    const purchase = read(Purchase, c.req.query())
    return c.html(payPage(base, orderFor(purchase), purchase, 'frame'))
  })

  app.post('/v1/checkout/attempt', async (c) => {
    const { outcome, ...purchase } = read(Attempt, await c.req.parseBody())
    if (outcome === 'closed') {
      return purchase.cancel_url
        ? c.redirect(purchase.cancel_url, 303)
        : c.html(notice('Payment cancelled', 'You can close this page.'))
    }
    orderFor(purchase)
    const { payment, error } = account.pay(purchase.order_id, outcome, purchase.description || null)
    if (wantsJson(c)) return c.json(error ? { error: errorOf(payment, error) } : receiptOf(payment))
    if (!purchase.callback_url) throw new Refused('The callback url field is required.', 'callback_url')
    const fields = error ? errorFields(payment, error) : receiptOf(payment)
    return c.html(returnPage(base, purchase.callback_url, fields, error?.description ?? null))
  })

  app.get('/v1/checkout.js', (c) => script(c, 'window'))
  app.get('/v1/checkout/frame.js', (c) => script(c, 'frame'))
  app.get('/v1/checkout/return.js', (c) => script(c, 'return'))

  async function script(c: Context, name: string) {
    const text = await readFile(new URL(`./${name}.js`, import.meta.url), 'utf8')
    return c.body(text.replaceAll('https://sandbox.invalid', base), 200, {
      'content-type': 'text/javascript; charset=utf-8',
      'cache-control': 'no-store',
    })
  }

  return app
}

const wantsJson = (c: Context) => c.req.header('accept')?.includes('application/json') ?? false

function read<T>(shape: z.ZodType<T>, input: unknown): T {
  const parsed = shape.safeParse(input)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Refused(
    `The ${issue?.path.join('.')} field is not good: ${issue?.message}`,
    issue?.path.join('.'),
  )
}

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
