import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { Hono } from 'hono'
import { asUsual } from '../answer'
import { openDeliveries } from '../deliveries'
import type { SandboxOptions, SandboxPart } from '../sandbox'
import { openStore } from '../store'
import { openAccount } from './account'
import { restApi } from './api'
import { checkout } from './checkout'
import { controls } from './controls'
import { type Announce, type Records, type Settings, vendorId } from './entities'
import { eventOf } from './event'
import { panel } from './panel'
import type { Parts } from './parts'

const KEY = { id: 'rzp_test_sandbox', secret: 'razorpay-sandbox-key-secret' }
const WEBHOOK_SECRET = 'razorpay-sandbox-webhook-secret'

/**
 * Razorpay on this machine: the REST interface, the checkout window, the hosted checkout and the
 * webhooks and the answers it is told to give.
 */
export async function openRazorpaySandbox(options: SandboxOptions): Promise<SandboxPart> {
  const records: Records = { orders: [], payments: [], refunds: [], disputes: [], late: [], refundKeys: {} }
  const store = openStore(join(options.dataDir, 'books.json'), records)
  const settings: Settings = {
    webhooks: 'on',
    delaySeconds: 5,
    down: false,
    refunds: 'processed',
    capture: 'automatic',
    offerPercent: 0,
    customerFeePercent: 0,
    currency: 'INR',
    balance: null,
    bareEvents: false,
    patienceSeconds: 86_400,
    ...asUsual,
    aheadSeconds: 0,
    registeredUrl: null,
    registeredEvents: null,
  }
  const webhookUrl = () => `${options.appOrigin()}/webhooks/razorpay`
  const deliveries = openDeliveries({
    file: join(options.dataDir, 'deliveries.json'),
    target: webhookUrl,
    headers: async ({ id, body }) => ({
      'x-razorpay-event-id': id,
      'X-Razorpay-Signature': sign(body, WEBHOOK_SECRET),
      'User-Agent': 'Razorpay-Webhook/v1',
    }),
    settings,
    isSwitchedOff: true,
  })
  const announce: Announce = (event, about) => {
    const body = JSON.stringify(eventOf(event, about, settings))
    deliveries.send({ id: vendorId(), type: event, body })
  }
  const account = openAccount(store, settings, announce)
  const receiptOf = (payment: { id: string; order_id: string }) => ({
    razorpay_payment_id: payment.id,
    razorpay_order_id: payment.order_id,
    razorpay_signature: sign(`${payment.order_id}|${payment.id}`, KEY.secret),
  })

  const app = new Hono()
  const parts: Parts = { base: options.base, keyId: KEY.id, account, store, settings, deliveries, receiptOf }
  app.route('/', checkout(parts))
  app.route('/v1', restApi(account, store, settings, { ...KEY, webhookUrl }))
  app.route('/', controls(parts))

  return {
    name: 'razorpay',
    app,
    environment: {
      RAZORPAY_KEY_ID: KEY.id,
      RAZORPAY_KEY_SECRET: KEY.secret,
      RAZORPAY_WEBHOOK_SECRET: WEBHOOK_SECRET,
      RAZORPAY_API_BASE: options.base,
      // By another name, so that what the checkout loads comes from another origin, as it really does.
      RAZORPAY_CHECKOUT_JS: `${options.base.replace('//127.0.0.1', '//localhost')}/v1/checkout.js`,
    },
    panel: () => panel(parts),
    async close() {
      account.close()
      await deliveries.close()
      await store.close()
    },
  }
}

const sign = (text: string, secret: string) => createHmac('sha256', secret).update(text).digest('hex')
