import { type Context, Hono } from 'hono'
import { otherAnswer } from '../answer'
import type { Store } from '../store'
import type { Account } from './account'
import { type Notes, type Records, type Refund, type Settings, secondsAt } from './entities'
import { collection, listOf } from './lists'
import { openRefundKeys } from './refund-keys'
import { Refused } from './refusal'
import { registeredWebhook } from './webhook'

const SMALLEST = 100
const LARGEST = 50_000_000

/** The REST interface (https://razorpay.com/docs/api) as far as shops use it, with its refusals. */
export function restApi(
  account: Account,
  store: Store<Records>,
  settings: Settings,
  merchant: { id: string; secret: string; webhookUrl: () => string },
) {
  const app = new Hono()
  const allowed = `Basic ${btoa(`${merchant.id}:${merchant.secret}`)}`
  const { refundOnce } = openRefundKeys(store)

  app.onError((error, c) => {
    if (error instanceof Refused) return c.json(error.body(), error.status)
    throw error
  })

  app.use(async (c, next) => {
    c.header('Date', new Date(secondsAt(settings) * 1000).toUTCString())
    const other = await otherAnswer(c, settings, (status, words) => {
      const refusal = new Refused(words, undefined, status)
      return c.json(refusal.body(), status)
    })
    if (other) return other
    if (settings.down)
      throw new Refused('We are facing some trouble completing your request at the moment.', undefined, 503)
    if (c.req.header('authorization') !== allowed) throw new Refused('Authentication failed', undefined, 401)
    await next()
  })

  app.post('/orders', async (c) => {
    const body = await readBody(c, [
      'amount',
      'currency',
      'receipt',
      'notes',
      'unique_receipt',
      'partial_payment',
    ])
    const amount = amountIn(body)
    if (body.currency !== 'INR') throw new Refused('Currency is not supported', 'currency')
    const { receipt = null } = body
    if (receipt !== null && typeof receipt !== 'string')
      throw new Refused('The receipt must be a string.', 'receipt')
    if (receipt && receipt.length > 40)
      throw new Refused('The receipt may not be greater than 40 characters.', 'receipt')
    const unique = body.unique_receipt === true
    return c.json(account.openOrder({ amount, currency: 'INR', receipt, notes: notesIn(body), unique }))
  })

  app.get('/orders', (c) => {
    const receipt = c.req.query('receipt')
    const orders = store.state.orders.filter((one) => receipt === undefined || one.receipt === receipt)
    return c.json(listOf(c, orders, ['receipt']))
  })
  app.get('/payments', (c) => c.json(listOf(c, store.state.payments)))
  app.get('/refunds', (c) => c.json(listOf(c, store.state.refunds)))
  app.get('/disputes', (c) => c.json(listOf(c, store.state.disputes)))
  app.get('/webhooks', (c) => c.json(listOf(c, [registeredWebhook(settings, merchant.webhookUrl())])))
  app.get('/disputes/:id', (c) => c.json(account.disputeById(c.req.param('id'))))
  app.get('/orders/:id', (c) => c.json(account.order(c.req.param('id'))))
  app.get('/orders/:id/payments', (c) => c.json(collection(account.paymentsOf(c.req.param('id')))))
  app.get('/payments/:id', (c) => c.json(account.payment(c.req.param('id'))))
  app.get('/payments/:id/refunds', (c) => c.json(listOf(c, account.refundsOf(c.req.param('id')))))
  app.get('/refunds/:id', (c) => c.json(account.refundById(c.req.param('id'))))

  app.post('/payments/:id/capture', async (c) => {
    const body = await readBody(c, ['amount', 'currency'])
    return c.json(account.capture(c.req.param('id'), amountIn(body), String(body.currency ?? 'INR')))
  })

  app.post('/payments/:id/refund', async (c) => {
    const body = await readBody(c, ['amount', 'speed', 'notes', 'receipt'])
    const wanted = {
      amount: body.amount === undefined ? undefined : amountIn(body),
      notes: notesIn(body),
      speed: speedIn(body),
      receipt: typeof body.receipt === 'string' ? body.receipt : null,
    }
    const paymentId = c.req.param('id')
    const refund = () => account.refund(paymentId, wanted)
    const key = c.req.header('x-refund-idempotency')
    if (key === undefined) return c.json(refund())
    return c.json(await refundOnce(key, JSON.stringify([paymentId, body]), refund))
  })

  app.all('*', () => {
    throw new Refused('The requested URL was not found on the server.', undefined, 404)
  })

  return app
}

async function readBody(c: Context, fields: string[]): Promise<Record<string, unknown>> {
  const body: unknown = await c.req.json().catch(() => null)
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Refused('The request body is not JSON.')
  const extra = Object.keys(body).filter((name) => !fields.includes(name))
  if (extra.length > 0) throw new Refused(`${extra.join(', ')} is/are not required and should not be sent`)
  return { ...body }
}

function amountIn({ amount }: Record<string, unknown>): number {
  if (amount === undefined) throw new Refused('The amount field is required.', 'amount')
  if (typeof amount !== 'number' || !Number.isInteger(amount))
    throw new Refused('The amount must be an integer.', 'amount')
  if (amount < SMALLEST) throw new Refused('The amount must be at least INR 1.00', 'amount')
  if (amount > LARGEST) throw new Refused('Amount exceeds maximum amount allowed.', 'amount')
  return amount
}

function speedIn({ speed = 'normal' }: Record<string, unknown>): Refund['speed_requested'] {
  if (speed === 'normal' || speed === 'optimum') return speed
  throw new Refused('The speed must be either normal or optimum', 'speed')
}

/** Fifteen pairs of 256 characters at most; none come back as an empty list. */
function notesIn({ notes = [] }: Record<string, unknown>): Notes {
  const pairs = typeof notes === 'object' && notes !== null ? Object.entries(notes) : null
  if (!pairs) throw new Refused('The notes must be an array or object.', 'notes')
  if (pairs.length > 15)
    throw new Refused('Number of fields in notes should be less than or equal to 15', 'notes')
  if (pairs.some(([name, value]) => name.length > 256 || String(value).length > 256))
    throw new Refused('The notes may not be greater than 256 characters.', 'notes')
  return pairs.length > 0 ? Object.fromEntries(pairs.map(([name, value]) => [name, String(value)])) : []
}
