import { Hono } from 'hono'
import { log } from '../log'
import { applyPaymentEvent } from '../models/purchases/payment-event'
import { receiveVideoEvent } from '../models/teach/video/event'
import { type IncomingEvent, payloadOf } from '../models/webhook-event'
import { paths } from '../paths'
import { required, type Services } from '../services'
import type { AppContext, Env } from '../web/env'
import { on } from '../web/guards'

/** The signature covers the raw body, so it is read as text and checked before anything else. */
const receive =
  <Event extends { id: string; type: string }>(
    source: IncomingEvent['source'],
    port: (services: Services) => { readWebhook(rawBody: string, headers: Headers): Promise<Event> },
    apply: (services: Services, event: Event, payload: unknown) => Promise<string>,
  ) =>
  async (c: AppContext): Promise<Response> => {
    const { services } = c.var
    const body = await c.req.text()
    const event = await port(services).readWebhook(body, c.req.raw.headers)
    const outcome = await apply(services, event, payloadOf(body))
    log('info', { webhook: source, type: event.type.slice(0, 64), event: event.id, outcome })
    return c.json({ outcome })
  }

const payments = (services: Services) => required(services.payments, 'Buying')
const video = (services: Services) => required(services.video, 'Video')

export const webhooks = new Hono<Env>()
  .post(...on(paths.razorpayWebhook), receive('razorpay', payments, applyPaymentEvent))
  .post(...on(paths.muxWebhook), receive('mux', video, receiveVideoEvent))
