import { createHmac } from 'node:crypto'
import { join } from 'node:path'
import { Hono } from 'hono'
import { asUsual } from '../answer'
import { openDeliveries } from '../deliveries'
import { addressesOf, derivedKey } from '../places'
import type { Rehearsal, SandboxOptions, SandboxPart } from '../sandbox'
import { openStore } from '../store'
import { openAccount } from './account'
import { restApi } from './api'
import { checkout } from './checkout'
import { controls } from './controls'
import { type Announce, type Records, type Settings, vendorId } from './entities'
import { eventOf } from './event'
import { panel } from './panel'
import type { Parts } from './parts'

const places = {
  api: ['https://api.razorpay.com/v1', '/v1'],
  script: ['https://checkout.razorpay.com/v1', '/v1'],
  cdn: ['https://cdn.razorpay.com', '/v1/cdn'],
  beacon: ['https://lumberjack.razorpay.com', '/v1/cdn'],
} as const

const sandboxKeys = {
  keyId: 'rzp_test_sandbox',
  keySecret: 'razorpay-sandbox-key-secret',
  webhookSecret: 'razorpay-sandbox-webhook-secret',
}

const rehearsalKeys = (rehearsal: Rehearsal) => ({
  keyId: `rzp_live_${derivedKey(rehearsal, 'razorpay key', 14)}`,
  keySecret: derivedKey(rehearsal, 'razorpay key secret'),
  webhookSecret: derivedKey(rehearsal, 'razorpay webhook'),
})

/**
 * Razorpay on this machine: the REST interface, the checkout window, the hosted checkout and the
 * webhooks and the answers it is told to give.
 */
export async function openRazorpaySandbox(options: SandboxOptions): Promise<SandboxPart> {
  const { rehearsal } = options
  const { keyId, keySecret, webhookSecret } = rehearsal ? rehearsalKeys(rehearsal) : sandboxKeys
  const addresses = addressesOf(places, options)
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
      'X-Razorpay-Signature': sign(body, webhookSecret),
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
    razorpay_signature: sign(`${payment.order_id}|${payment.id}`, keySecret),
  })

  const app = new Hono()
  const { base } = options
  const parts: Parts = { base, addresses, keyId, account, store, settings, deliveries, receiptOf }
  app.route('/', checkout(parts))
  app.route('/v1', restApi(account, store, settings, { id: keyId, secret: keySecret, webhookUrl }))
  app.route('/', controls(parts))

  return {
    name: 'razorpay',
    places: Object.values(places),
    app,
    environment: {
      RAZORPAY_KEY_ID: keyId,
      RAZORPAY_KEY_SECRET: keySecret,
      RAZORPAY_WEBHOOK_SECRET: webhookSecret,
      ...(!rehearsal && {
        RAZORPAY_API_BASE: base,
        // By another name, so that what the checkout loads comes from another origin, as it really does.
        RAZORPAY_CHECKOUT_JS: `${base.replace('//127.0.0.1', '//localhost')}/v1/checkout.js`,
      }),
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
