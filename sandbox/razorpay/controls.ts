import { type Context, Hono } from 'hono'
import * as z from 'zod'
import { answerSettings } from '../answer'
import { outcomes } from './account'
import { phases } from './disputes'
import { vendorId } from './entities'
import { otherProducts } from './other-products'
import type { Parts } from './parts'
import { Refused } from './refusal'

const longestAhead = 10 * 365 * 86_400
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((word) => word === 'true')])
const Pay = z.strictObject({ orderId: z.string(), outcome: z.enum(outcomes) })
const DisputeMove = z.strictObject({ paymentId: z.string(), phase: z.enum(phases) })
const Event = z.looseObject({ event: z.string().min(1), payload: z.unknown() })
const Sample = z.strictObject({ event: z.enum(Object.keys(otherProducts)) })
const withSample = ({ event }: z.output<typeof Sample>) => ({ event, payload: otherProducts[event] })
const percent = z.coerce.number().min(0).max(100)
const Refund = z.strictObject({ paymentId: z.string(), amount: z.coerce.number().int().min(100).optional() })
const ending = z.enum(['processed', 'failed'])
const Settle = z
  .strictObject({ outcome: ending })
  .or(z.strictObject({ state: ending }).transform(({ state }) => ({ outcome: state })))
const Changes = z
  .strictObject({
    webhooks: z.enum(['on', 'off', 'duplicate', 'reorder']),
    delaySeconds: z.coerce.number().min(0).max(86_400),
    down: flag,
    refunds: z.enum(['processed', 'failed', 'pending']),
    capture: z.enum(['automatic', 'manual']),
    offerPercent: percent,
    customerFeePercent: percent,
    currency: z.string().regex(/^[A-Z]{3}$/),
    balance: z.union([z.null(), z.literal('enough').transform(() => null), z.coerce.number().int().min(0)]),
    bareEvents: flag,
    patienceSeconds: z.coerce.number().int().min(0),
    ...answerSettings,
    registeredUrl: z.url().nullable(),
    registeredEvents: z.array(z.string()).nullable(),
    aheadSeconds: z.coerce.number().int().min(-longestAhead).max(longestAhead),
  })
  .partial()

/**
 * Payments in the hands of a person or a script: JSON is answered with JSON, a form with the way
 * back to the control page.
 */
export function controls({ base, account, store, settings, deliveries, receiptOf }: Parts) {
  const app = new Hono()
  const controlPage = new URL('/', base).href

  app.onError((error, c) => {
    if (error instanceof Refused)
      return c.json(error.body(), error.message.includes('does not exist') ? 404 : error.status)
    if (error instanceof z.ZodError) return c.json({ error: { description: z.prettifyError(error) } }, 400)
    throw error
  })

  const answer = (c: Context, body: object) => (isForm(c) ? c.redirect(controlPage, 303) : c.json(body))

  app.get('/state', (c) => {
    const { orders, payments, refunds, disputes } = store.state
    const lists = { orders, payments, refunds, disputes, deliveries: deliveries.list() }
    return c.json(Object.fromEntries(Object.entries(lists).map(([name, list]) => [name, list.toReversed()])))
  })

  app.post('/pay', async (c) => {
    const { orderId, outcome } = Pay.parse(await inputOf(c))
    const { payment, error } = account.pay(orderId, outcome)
    const metadata = { order_id: payment.order_id, payment_id: payment.id }
    return answer(c, error ? { error: { ...error, metadata } } : receiptOf(payment))
  })

  app.get('/settings', (c) => c.json(settings))

  app.post('/settings', async (c) => {
    Object.assign(settings, Changes.parse(await inputOf(c)))
    return answer(c, settings)
  })

  app.post('/refund', async (c) => {
    const { paymentId, amount } = Refund.parse(await inputOf(c))
    return answer(c, account.refund(paymentId, { amount }))
  })

  app.post('/refunds/:id/settle', async (c) => {
    const { outcome } = Settle.parse(await inputOf(c))
    return answer(c, account.settle(c.req.param('id'), outcome))
  })

  app.post('/refunds/:id/speed', (c) => answer(c, account.slowDown(c.req.param('id'))))

  app.post('/dispute', async (c) => {
    const { paymentId, phase } = DisputeMove.parse(await inputOf(c))
    return answer(c, account.dispute(paymentId, phase))
  })

  app.post('/event', async (c) => {
    const input = await inputOf(c)
    const event = isForm(c) ? withSample(Sample.parse(input)) : Event.parse(input)
    const id = vendorId()
    deliveries.send({ id, type: event.event, body: JSON.stringify(event) })
    return answer(c, { id })
  })

  app.get('/deliveries', (c) => c.json(deliveries.list()))

  app.post('/deliveries/:id/resend', async (c) => {
    const id = c.req.param('id')
    if (!deliveries.list().some((one) => one.id === id))
      throw new Refused('The delivery does not exist', undefined, 404)
    await deliveries.resend(id)
    return answer(c, deliveries.list().find((one) => one.id === id) ?? {})
  })

  return app
}

const isForm = (c: Context) => !!c.req.header('content-type')?.includes('form')

/** Fields left empty in a form count as not given. */
async function inputOf(c: Context): Promise<unknown> {
  if (!isForm(c)) return c.req.json().catch(() => null)
  return Object.fromEntries(Object.entries(await c.req.parseBody()).filter(([, value]) => value !== ''))
}
