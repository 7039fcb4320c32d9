import { Hono } from 'hono'
import { log } from '../log'
import { receivePaymentEvent } from '../models/purchases/order-sync'
import { receiveVideoEvent } from '../models/teach/video/event'
import { paths } from '../paths'
import { required } from '../services'
import type { Env } from '../web/env'
import { on } from '../web/guards'

/** The signature covers the raw body, so it is read as text and checked before anything else. */
export const webhooks = new Hono<Env>()
  .post(...on(paths.razorpayWebhook), async (c) => {
    const services = c.var.services
    const body = await c.req.text()
    const event = await required(services.payments, 'Buying').readWebhook(body, c.req.raw.headers)
    const outcome = await receivePaymentEvent(services, event, JSON.parse(body))
    log('info', { webhook: 'razorpay', type: event.type, event: event.id, outcome })
    return c.json({ outcome })
  })
  .post(...on(paths.muxWebhook), async (c) => {
    const services = c.var.services
    const body = await c.req.text()
    const event = await required(services.video, 'Video').readWebhook(body, c.req.raw.headers)
    const outcome = await receiveVideoEvent(services, event, JSON.parse(body))
    log('info', { webhook: 'mux', type: event.type, event: event.id, outcome })
    return c.json({ outcome })
  })
